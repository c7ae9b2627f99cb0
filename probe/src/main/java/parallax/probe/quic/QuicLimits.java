package parallax.probe.quic;

import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3Settings;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How much a server may do on one connection; told to it in the handshake and in SETTINGS. */
final class QuicLimits {
  /** UDP payload of the largest datagram that is taken: an Ethernet frame is full with less. */
  static final int DATAGRAM_BYTES = 1500;

  /** All that a server may send before its handshake is over. */
  static final int HANDSHAKE_BYTES = 256 * 1024;

  /** Header sections, those of trailers too (SETTINGS_MAX_FIELD_SECTION_SIZE), with 32 a line. */
  static final int FIELD_SECTION_BYTES = 64 * 1024;

  /** What may be under way at a time, of all streams; it grows with a connection that is quick. */
  private static final long CONNECTION_WINDOW_BYTES = 1024 * 1024;

  private static final long STREAM_WINDOW_BYTES = 512 * 1024;

  /** Of control streams, on which there is little to say. */
  private static final long CONTROL_WINDOW_BYTES = 16 * 1024;

  /** Control and QPACK, and what servers open to see that unknown kinds are let be. */
  private static final long CONTROL_STREAMS = 8;

  /** The attempt's own deadline comes first, and knows why. */
  private static final Duration BEYOND = Duration.ofSeconds(1);

  private QuicLimits() {}

  /**
   * The terms of one connection.
   *
   * @param left of its attempt; a connection on which nothing comes for somewhat longer is given up
   *     by itself (RFC 9000 section 10.1)
   */
  static QuicClientCodecBuilder codec(Duration left) {
    return Http3.newQuicClientCodecBuilder()
        .maxIdleTimeout(left.plus(BEYOND).toMillis(), TimeUnit.MILLISECONDS)
        .maxRecvUdpPayloadSize(DATAGRAM_BYTES)
        .initialMaxData(CONNECTION_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalRemote(0)
        .initialMaxStreamDataUnidirectional(CONTROL_WINDOW_BYTES)
        .initialMaxStreamsBidirectional(0)
        .initialMaxStreamsUnidirectional(CONTROL_STREAMS)
        .activeMigration(false);
  }

  /** No dynamic table: there is one request, and nothing to gain. */
  static Http3Settings settings() {
    return new Http3Settings()
        .maxFieldSectionSize(FIELD_SECTION_BYTES)
        .qpackMaxTableCapacity(0)
        .qpackBlockedStreams(0);
  }
}
