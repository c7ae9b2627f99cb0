package parallax.config.observation;

import java.util.Locale;

/** The phases of one check, in the order in which they pass. */
public enum Phase {
  /** Name to address, through the resolver. */
  RESOLVE,
  /** First SYN to established connection; with QUIC, to the server's first datagram. */
  CONNECT,
  /** ClientHello to the finished handshake; with QUIC, from the server's first datagram on. */
  TLS,
  /** Request sent to the first byte of the answer (for DNS: query sent to answer read). */
  FIRST_BYTE,
  /** First byte to the end of what was read. */
  TRANSFER;

  /** The word used in JSON and metrics: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
