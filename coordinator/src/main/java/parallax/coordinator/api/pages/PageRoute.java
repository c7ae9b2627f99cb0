package parallax.coordinator.api.pages;

import java.util.Optional;
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

  /** What was made before; never blocks. */
  @FunctionalInterface
  public interface Kept {
    /**
     * For whoever asks the same.
     *
     * @param old whether it may be older than what is usually given, as nobody can make it anew
     */
    Optional<Reply> of(Request request, boolean old);
  }
}
