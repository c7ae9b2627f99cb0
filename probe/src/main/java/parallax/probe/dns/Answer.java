package parallax.probe.dns;

import java.util.List;
import org.xbill.DNS.Record;
import parallax.config.observation.Reason;

/** What a server said to a question, as far as it concerns whoever asked. */
sealed interface Answer {
  /**
   * There are such records.
   *
   * @param records of the type asked for, at the end of the chain of aliases; never empty
   */
  record Found(List<Record> records) implements Answer {
    public Found {
      records = List.copyOf(records);
    }
  }

  /** There are none, or nobody could say. */
  record Missing(Reason reason, String detail) implements Answer {}
}
