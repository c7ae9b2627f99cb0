package parallax.probe.blackbox.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import parallax.probe.http.Answer;

/** How long a body is said to be. */
final class Lengths {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private Lengths() {}

  /** As Go's client has it: -1 when nothing says so. */
  static long of(HttpHeaders headers, String method, Answer answer) {
    int status = answer.head().status();
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    boolean chunked = headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    if (length != null && !chunked && length.strip().matches("[0-9]{1,18}")) {
      return Long.parseLong(length.strip());
    }
    boolean none = status < 200 || status == NO_CONTENT || status == NOT_MODIFIED;
    return none && !method.equals("HEAD") ? 0 : -1;
  }
}
