package parallax.probe.quic;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3HeadersValidationException;
import io.netty.handler.codec.quic.QuicClosedChannelException;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicStreamResetException;
import io.netty.handler.codec.quic.QuicTransportError;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.tls.TlsFailure;

/** What errors of QUIC (RFC 9000 section 20) and HTTP/3 (RFC 9114 section 8.1) mean. */
final class QuicFailure {
  private static final int PROTOCOL_VERSION = 70;
  private static final int NO_APPLICATION_PROTOCOL = 120;

  /** Alerts of TLS 1.3 (RFC 8446 section 6), in the words that BoringSSL has for them. */
  private static final Map<Integer, String> ALERTS =
      Map.ofEntries(
          Map.entry(10, "unexpected message"),
          Map.entry(40, "handshake failure"),
          Map.entry(42, "bad certificate"),
          Map.entry(43, "unsupported certificate"),
          Map.entry(44, "certificate revoked"),
          Map.entry(45, "certificate expired"),
          Map.entry(46, "certificate unknown"),
          Map.entry(47, "illegal parameter"),
          Map.entry(48, "unknown ca"),
          Map.entry(49, "access denied"),
          Map.entry(50, "decode error"),
          Map.entry(51, "decrypt error"),
          Map.entry(PROTOCOL_VERSION, "protocol version"),
          Map.entry(71, "insufficient security"),
          Map.entry(80, "internal error"),
          Map.entry(109, "missing extension"),
          Map.entry(110, "unsupported extension"),
          Map.entry(112, "unrecognised name"),
          Map.entry(116, "certificate required"));

  private QuicFailure() {}

  /** Whether the kernel was told that nobody listens on the port (RFC 1122 section 4.1.3.3). */
  static boolean isPortClosed(Throwable failure) {
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return failure instanceof PortUnreachableException || words.contains("connection refused");
  }

  /** Why a handshake did not end well. */
  static Finding ofHandshake(Throwable failure, Optional<QuicConnectionCloseEvent> close) {
    if (close.isPresent()) {
      return ofHandshake(close.get());
    }
    return switch (failure) {
      case QuicClosedChannelException closed when closed.event() != null ->
          ofHandshake(closed.event());
      case SSLException tls -> TlsFailure.of(tls);
      case QuicException quic ->
          new Finding(Reason.TLS_HANDSHAKE, "QUIC: " + quicWords(quic).orElse("failed"));
      default -> new Finding(Reason.TLS_HANDSHAKE, "connection closed during the handshake");
    };
  }

  private static Finding ofHandshake(QuicConnectionCloseEvent close) {
    if (close.isTlsError()) {
      return ofAlert(QuicConnectionCloseEvent.extractTlsError(close.error()));
    }
    boolean refused =
        !close.isApplicationClose()
            && close.error() == QuicTransportError.CONNECTION_REFUSED.code();
    return refused
        ? new Finding(Reason.CONNECTION_REFUSED, "by the server: QUIC " + words(close))
        : new Finding(
            Reason.TLS_HANDSHAKE, "connection closed during the handshake: QUIC " + words(close));
  }

  /** What the server's alert means. */
  static Finding ofAlert(int alert) {
    if (alert == NO_APPLICATION_PROTOCOL) {
      return new Finding(Reason.TLS_HANDSHAKE, "the server does not agree to HTTP/3 (ALPN)");
    }
    return new Finding(
        alert == PROTOCOL_VERSION ? Reason.TLS_PROTOCOL_TOO_OLD : Reason.TLS_HANDSHAKE,
        "alert " + ALERTS.getOrDefault(alert, String.valueOf(alert)));
  }

  /**
   * Why an answer ended before its end.
   *
   * @param begun whether some of it has come
   * @param where up to where it came
   */
  static Finding ofAnswer(Throwable failure, boolean begun, String where) {
    return switch (failure) {
      case QuicStreamResetException reset ->
          new Finding(
              Reason.HTTP_RESET,
              "HTTP/3 stream reset, " + name(reset.applicationProtocolCode()) + ", " + where);
      case SocketTimeoutException _ ->
          new Finding(
              begun ? Reason.HTTP_BODY_TIMEOUT : Reason.HTTP_TIMEOUT, "connection idle too long");
      case Http3Exception malformed ->
          malformed.errorCode() == Http3ErrorCode.H3_EXCESSIVE_LOAD
              ? new Finding(
                  Reason.HTTP_HEADERS_TOO_LARGE,
                  "more than " + QuicLimits.FIELD_SECTION_BYTES + " bytes")
              : new Finding(
                  Reason.HTTP_MALFORMED,
                  malformed.errorCode() + ": " + String.valueOf(malformed.getMessage()));
      case Http3HeadersValidationException malformed -> malformed(malformed);
      case DecoderException malformed -> malformed(malformed);
      case QuicException quic ->
          new Finding(Reason.HTTP_CLOSED, where + ": QUIC " + quicWords(quic).orElse("failed"));
      default ->
          new Finding(
              Reason.HTTP_CLOSED, isPortClosed(failure) ? where + ": port unreachable" : where);
    };
  }

  /** Whether {@code failure} of an answer is the server's or the network's, not a bug. */
  static boolean isForeseen(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof QuicException
        || failure instanceof Http3Exception
        || failure instanceof Http3HeadersValidationException
        || failure instanceof DecoderException;
  }

  /**
   * Why a connection was closed by the server before the end of the answer. A server that refuses a
   * client's certificate says so when the handshake is long over.
   */
  static Finding ofAnswer(QuicConnectionCloseEvent close, boolean begun, String where) {
    return close.isTlsError() && !begun
        ? ofAlert(QuicConnectionCloseEvent.extractTlsError(close.error()))
        : new Finding(Reason.HTTP_CLOSED, where + ": " + words(close));
  }

  private static Finding malformed(Throwable failure) {
    return new Finding(Reason.HTTP_MALFORMED, String.valueOf(failure.getMessage()));
  }

  private static String words(QuicConnectionCloseEvent close) {
    return close.isApplicationClose()
        ? name(close.error())
        : QuicTransportError.valueOf(close.error()).name();
  }

  /** The name of an error of HTTP/3 or QPACK, or its number. */
  static String name(long code) {
    return Arrays.stream(Http3ErrorCode.values())
        .filter(known -> known.code() == code)
        .map(Http3ErrorCode::name)
        .findFirst()
        .orElseGet(() -> "error 0x" + Long.toHexString(code));
  }

  private static Optional<String> quicWords(QuicException failure) {
    return Optional.ofNullable(failure.error())
        .map(QuicTransportError::name)
        .or(() -> Optional.ofNullable(failure.getMessage()));
  }
}
