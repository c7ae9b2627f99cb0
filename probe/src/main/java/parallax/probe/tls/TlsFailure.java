package parallax.probe.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.net.ConnectFailure;

/**
 * Why a handshake failed, by what the engine says: the peer's alert (RFC 8446 section 6), no TLS at
 * all, or the end of the connection.
 */
public final class TlsFailure {
  private static final int MAX_CAUSES = 8;

  private TlsFailure() {}

  /** What {@code failure} of a handshake means. */
  public static Finding of(Throwable failure) {
    Throwable cause = deepestTls(failure);
    if (cause instanceof NotSslRecordException) {
      return new Finding(Reason.TLS_HANDSHAKE, "not TLS");
    }
    String words = words(cause);
    // Every version this side knows was offered: what the peer speaks is older.
    boolean tooOld =
        words.contains("protocol version")
            || words.contains("unsupported protocol")
            || words.contains("unsupported version");
    return new Finding(tooOld ? Reason.TLS_PROTOCOL_TOO_OLD : Reason.TLS_HANDSHAKE, words);
  }

  /** Whether {@code failure} comes from the TLS layer. */
  public static boolean isTls(Throwable failure) {
    return deepestTls(failure) instanceof SSLException;
  }

  private static Throwable deepestTls(Throwable failure) {
    Throwable found = failure;
    Throwable at = failure;
    for (int depth = 0; depth < MAX_CAUSES; depth++) {
      if (at instanceof SSLException) {
        found = at;
      }
      Throwable next = at.getCause();
      if (next == null) {
        break;
      }
      at = next;
    }
    return found;
  }

  /** "error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE" has it last. */
  private static String words(Throwable cause) {
    if (ConnectFailure.isReset(cause)) {
      return "connection reset during the handshake";
    }
    String message = String.valueOf(cause.getMessage());
    boolean closed =
        message.contains("closed") || cause instanceof java.nio.channels.ClosedChannelException;
    if (closed) {
      return "connection closed during the handshake";
    }
    if (!(cause instanceof SSLException) && cause instanceof IOException) {
      return message;
    }
    return message
        .substring(message.lastIndexOf(':') + 1)
        .strip()
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ')
        .replace("sslv3 alert", "alert")
        .replace("tlsv1 alert", "alert");
  }
}
