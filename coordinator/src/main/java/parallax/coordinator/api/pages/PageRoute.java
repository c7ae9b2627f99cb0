package parallax.coordinator.api.pages;

import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;

/**
 * A page and where it is.
 *
 * @param path as the API description writes it
 */
public record PageRoute(String path, Making making) {
  /** Makes an answer; may read the record. */
  @FunctionalInterface
  public interface Making {
    Reply to(Request request) throws Request.Unusable;
  }
}
