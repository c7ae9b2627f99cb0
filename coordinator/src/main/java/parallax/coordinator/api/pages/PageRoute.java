package parallax.coordinator.api.pages;

import java.util.Optional;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;

/**
 * A page and where it is.
 *
 * @param path as the API description writes it
 * @param need what whoever asks needs
 */
public record PageRoute(String path, Need need, Making making) {
  /** One of which nobody has said who may read it: for admins alone. */
  public PageRoute(String path, Making making) {
    this(path, Need.ADMIN, making);
  }

  /** One for all who may read. */
  static PageRoute read(String path, Making making) {
    return new PageRoute(path, Need.VIEWER, making);
  }

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
