package parallax.coordinator.cluster.lead;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;

/**
 * Changes who leads: answers the term that holds afterwards for the one who asks, or {@link
 * #NOT_YOURS}. Backups are told what the owner found.
 */
final class LeadChange implements EntryProcessor<Integer, LeadChange.Record, Long> {
  static final long NOT_YOURS = -1;

  static final Wire<LeadChange> WIRE =
      new Wire<>(LeadChange.class, "parallax.LeadChange", LeadChange::pack, LeadChange::unpack);

  private static final long serialVersionUID = 1;
  private static final int RAISE = 0;
  private static final int RENEW = 1;
  private static final int SET = 2;

  private final transient int kind;
  private final transient Record wanted;
  private transient Record found = new Record(0, 0);

  private LeadChange(int kind, Record wanted) {
    this.kind = kind;
    this.wanted = wanted;
  }

  /**
   * Who leads.
   *
   * @param term counted from 1
   * @param member its random number
   */
  record Record(long term, long member) {
    static final Wire<Record> WIRE =
        new Wire<>(Record.class, "parallax.Lead", Record::pack, Record::unpack);

    private byte[] pack() {
      return new Packer().number(term).number(member).done();
    }

    private static Record unpack(byte[] bytes) {
      Unpacker in = new Unpacker(bytes);
      Record lead = new Record(in.number(), in.number());
      in.end();
      return lead;
    }
  }

  /** A new term, of this member. */
  static LeadChange raise(long member) {
    return new LeadChange(RAISE, new Record(0, member));
  }

  /** Asks whether a term still holds, and has a majority write that it does. */
  static LeadChange renew(long term, long member) {
    return new LeadChange(RENEW, new Record(term, member));
  }

  @Override
  public Long process(Map.Entry<Integer, @Nullable Record> entry) {
    Record now = entry.getValue();
    Record before = now == null ? new Record(0, 0) : now;
    found =
        switch (kind) {
          case RAISE -> new Record(before.term() + 1, wanted.member());
          case SET -> wanted;
          default -> before;
        };
    entry.setValue(found);
    return kind == RENEW && !found.equals(wanted) ? NOT_YOURS : found.term();
  }

  @Override
  public LeadChange getBackupProcessor() {
    return new LeadChange(SET, found);
  }

  private byte[] pack() {
    return new Packer().number(kind).number(wanted.term()).number(wanted.member()).done();
  }

  private static LeadChange unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    LeadChange change =
        new LeadChange(in.count(SET), new Record(in.number(), in.number()));
    in.end();
    return change;
  }
}
