package parallax.probe.bgp.rislive;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where RIS Live is and how it is treated.
 *
 * @param address {@code wss:} or {@code ws:} for the WebSocket, {@code https:} or {@code http:} for
 *     the stream
 * @param pingEvery how often the service is asked whether it is there; never on the stream
 * @param silence without any frame for this long a connection is dead
 * @param acknowledgeWithin how long a subscription may take to be in force
 * @param pace how fast subscriptions are asked for
 * @param pause before another connection is tried
 */
public record RisLiveSettings(
    URI address,
    Duration pingEvery,
    Duration silence,
    Duration acknowledgeWithin,
    Pace pace,
    Pause pause) {
  /** The service of RIPE NCC. */
  public static final URI RIPE = URI.create("wss://ris-live.ripe.net/v1/ws/?client=parallax");

  private static final Duration PING_EVERY = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(30);

  /**
   * @throws IllegalArgumentException when the address is none of these kinds
   */
  public RisLiveSettings {
    address = complete(address);
  }

  /** With what is usual. */
  public static RisLiveSettings of(URI address) {
    return new RisLiveSettings(
        address, PING_EVERY, SILENCE, ACKNOWLEDGE_WITHIN, Pace.DEFAULT, Pause.DEFAULT);
  }

  /**
   * Of requests: {@code burst} at once, then one {@code every} so long.
   *
   * @param burst at least 1
   */
  public record Pace(Duration every, int burst) {
    public static final Pace DEFAULT = new Pace(Duration.ofMillis(200), 50);
  }

  /** Between two connections: drawn from nothing up to what doubles from the first to the most. */
  public record Pause(Duration first, Duration most) {
    public static final Pause DEFAULT = new Pause(Duration.ofSeconds(1), Duration.ofMinutes(2));
  }

  /** Whether the connection takes requests: the WebSocket does, the stream does not. */
  boolean takesRequests() {
    return webSocket(address);
  }

  private static boolean webSocket(URI address) {
    return scheme(address).startsWith("ws");
  }

  private static String scheme(URI address) {
    return Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
  }

  /** With the path and the query that the service expects, where they are left out. */
  private static URI complete(URI address) {
    switch (scheme(address)) {
      case "ws", "wss", "http", "https" -> {}
      default -> throw new IllegalArgumentException("not an address of RIS Live: " + address);
    }
    if (address.getHost() == null) {
      throw new IllegalArgumentException("an address without a host: " + address);
    }
    boolean webSocket = webSocket(address);
    boolean pathless = address.getPath().isEmpty() || address.getPath().equals("/");
    String path = webSocket ? "/v1/ws/" : "/v1/stream/";
    String query = Optional.ofNullable(address.getRawQuery()).orElse("");
    query = webSocket ? query : with(query, "format", "json");
    return URI.create(
        scheme(address)
            + "://"
            + address.getRawAuthority()
            + (pathless ? path : address.getRawPath())
            + "?"
            + with(query, "client", "parallax"));
  }

  private static String with(String query, String name, String value) {
    boolean there = ("&" + query).contains("&" + name + "=");
    return there ? query : (query.isEmpty() ? "" : query + "&") + name + "=" + value;
  }
}
