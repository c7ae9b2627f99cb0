package parallax.coordinator.api;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import parallax.coordinator.json.Json;

/**
 * What is answered.
 *
 * @param headers beside those that every answer has
 */
record Reply(int status, String contentType, Map<String, String> headers, Buffer body) {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  Reply {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  static Reply json(byte[] body) {
    return json(200, body);
  }

  static Reply json(int status, byte[] body) {
    return new Reply(status, JSON, Map.of(), Buffer.buffer(body));
  }

  static Reply text(String contentType, String body) {
    return new Reply(
        200, contentType, Map.of(), Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * An error as RFC 9457 describes it.
   *
   * @param detail what was wrong with this request, in words
   */
  static Reply problem(int status, String detail) {
    byte[] body =
        Json.object(
            json ->
                json.text("type", "about:blank")
                    .text("title", title(status))
                    .number("status", status)
                    .text("detail", detail));
    return new Reply(status, PROBLEM, Map.of(), Buffer.buffer(body));
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> status < 500 ? "Bad Request" : "Internal Server Error";
    };
  }
}
