package parallax.probe.blackbox.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a file of {@code --web.config.file} says (exporter-toolkit, docs/web-configuration.md).
 *
 * @param tls empty: pages are served without TLS
 * @param http2 whether HTTP/2 is offered over TLS
 * @param headers added to every answer
 * @param users who may come in; nobody is asked who they are when there are none
 */
public record WebConfig(
    Optional<ServerTls> tls,
    boolean http2,
    Map<String, String> headers,
    Map<String, PasswordHash> users,
    Optional<Rate> rate) {
  /** Without a file: everybody may see everything, as often as they like. */
  public static final WebConfig OPEN =
      new WebConfig(Optional.empty(), true, Map.of(), Map.of(), Optional.empty());

  public WebConfig {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
  }

  /**
   * How many requests are answered.
   *
   * @param interval from one to the next, on average; positive
   * @param burst how many may come at once; at least 1
   */
  public record Rate(Duration interval, int burst) {}
}
