package parallax.probe.dns.vantage;

import java.net.InetSocketAddress;
import parallax.probe.dns.vantage.line.Identity;

/**
 * A resolver to look through.
 *
 * @param name how people know it: "isp", "quad9 over TLS"
 * @param server resolved
 */
public record Vantage(String name, Kind kind, InetSocketAddress server, Way way) {
  /** Of DNS over UDP and TCP (RFC 1035 section 4.2). */
  public static final int DNS_PORT = 53;

  /** Of DNS over TLS (RFC 7858 section 3.1). */
  public static final int TLS_PORT = 853;

  /** Of DNS over HTTPS. */
  public static final int HTTPS_PORT = 443;

  public Vantage {
    if (server.isUnresolved()) {
      throw new IllegalArgumentException("not resolved: " + server);
    }
  }

  /** Whose it is. */
  public enum Kind {
    /** The machine's own, wherever that may be. */
    SYSTEM,
    /** That of the network the probe is in. */
    ISP,
    /** Open to everybody. */
    PUBLIC
  }

  /** How it is spoken to. */
  public sealed interface Way {}

  /** UDP, and TCP when the answer is truncated. */
  public record Udp() implements Way {}

  /** TCP from the start (RFC 7766). */
  public record Tcp() implements Way {}

  /** DNS over TLS (RFC 7858). */
  public record Tls(Identity identity) implements Way {}

  /**
   * DNS over HTTPS (RFC 8484).
   *
   * @param path "/dns-query" with most
   */
  public record Https(Identity identity, String path) implements Way {}
}
