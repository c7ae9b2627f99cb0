package parallax.coordinator.api.exchange;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.json.Json;

/**
 * What is answered.
 *
 * @param headers beside those that every answer has
 * @param body empty where there are parts
 * @param parts of a body that is made while it is sent
 */
public record Reply(
    int status,
    String contentType,
    Map<String, String> headers,
    Buffer body,
    Optional<Parts> parts) {
  public static final String JSON = "application/json";
  public static final String PROBLEM = "application/problem+json";

  public Reply {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** One whose body is there. */
  public Reply(int status, String contentType, Map<String, String> headers, Buffer body) {
    this(status, contentType, headers, body, Optional.empty());
  }

  /** A body that is made while it is sent, one part after another and by one thread at a time. */
  public interface Parts extends AutoCloseable {
    /**
     * The next part, which may take a moment; none when that was all. Good until the next one is
     * asked for.
     */
    Optional<Buffer> next();

    /** Nobody asks for more; may be called several times, by any thread. */
    @Override
    void close();
  }

  public static Reply json(byte[] body) {
    return json(200, body);
  }

  public static Reply json(int status, byte[] body) {
    return new Reply(status, JSON, Map.of(), Buffer.buffer(body));
  }

  public static Reply text(String contentType, String body) {
    return new Reply(
        200, contentType, Map.of(), Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * An error as RFC 9457 describes it.
   *
   * @param detail what was wrong with this request, in words
   */
  public static Reply problem(int status, String detail) {
    byte[] body =
        Json.object(
            json ->
                json.text("type", "about:blank")
                    .text("title", title(status))
                    .number("status", status)
                    .text("detail", detail));
    return new Reply(status, PROBLEM, Map.of(), Buffer.buffer(body));
  }

  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body, parts);
  }

  private static String title(int status) {
    return switch (status) {
      case 303 -> "See Other";
      case 307 -> "Temporary Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> status < 500 ? "Bad Request" : "Internal Server Error";
    };
  }
}
