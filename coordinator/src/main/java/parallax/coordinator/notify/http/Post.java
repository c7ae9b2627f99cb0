package parallax.coordinator.notify.http;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.secret.Secret;

/**
 * A JSON document to hand over. Never shows itself: the URL, a header or the body may hold a
 * secret.
 *
 * @param url http or https
 * @param headers beside Content-Type, User-Agent and Idempotency-Key, which the sender writes
 * @param body JSON
 * @param key the same for every attempt, sent as {@code Idempotency-Key}
 */
public record Post(
    Method method, Secret url, SortedMap<String, String> headers, String body, String key) {

  /** How it is handed over. */
  public enum Method {
    POST,
    /** RFC 5789: changes what an earlier one made. */
    PATCH
  }

  public Post {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  /** Something new, without further headers. */
  public static Post json(Secret url, String body, String key) {
    return new Post(Method.POST, url, Collections.emptySortedMap(), body, key);
  }

  /** As this one, with these headers instead. */
  public Post with(Map<String, String> others) {
    return new Post(method, url, new TreeMap<>(others), body, key);
  }

  @Override
  public String toString() {
    return "Post[method=" + method + ", key=" + key + "]";
  }
}
