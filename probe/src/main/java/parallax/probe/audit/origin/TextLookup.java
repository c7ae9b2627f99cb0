package parallax.probe.audit.origin;

import io.vertx.core.Future;
import java.util.List;
import parallax.probe.check.Deadline;

/** Asks a resolver for the TXT records of a name. */
public interface TextLookup {
  /**
   * Asks.
   *
   * @return never fails; completes soon after the deadline at the latest
   */
  Future<Texts> of(String name, Deadline deadline);

  /** What came of it. */
  sealed interface Texts {
    /** The strings of each record, joined. */
    record Found(List<String> texts) implements Texts {
      public Found {
        texts = List.copyOf(texts);
      }
    }

    /** There is no such record. */
    record None() implements Texts {}

    /** Nobody could say. */
    record Failed(String why) implements Texts {}
  }
}
