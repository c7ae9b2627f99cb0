package parallax.probe.dns;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import parallax.config.observation.Reason;

/** What a server said to a question, as far as it concerns whoever asked. */
public sealed interface Answer {
  /**
   * There are such records.
   *
   * @param records of the type asked for, at the end of the chain of aliases; never empty
   * @param aliases the chain of aliases: what each alias stands for, in order
   */
  record Found(List<Record> records, List<Name> aliases) implements Answer {
    public Found {
      records = List.copyOf(records);
      aliases = List.copyOf(aliases);
    }
  }

  /** There are none, or nobody could say. */
  record Missing(Reason reason, String detail) implements Answer {}
}
