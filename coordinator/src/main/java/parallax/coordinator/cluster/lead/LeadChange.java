package parallax.coordinator.cluster.lead;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;

/**
 * Changes who leads: answers the term that holds afterwards for the one who asks, or {@link
 * #NOT_YOURS}. Backups are told what the owner found.
 */
final class LeadChange implements EntryProcessor<Integer, LeadChange.Lead, Long> {
  static final long NOT_YOURS = -1;

  static final Wire<LeadChange> WIRE =
      new Wire<>(LeadChange.class, "parallax.LeadChange", LeadChange::pack, LeadChange::unpack);

  private static final long serialVersionUID = 1;
  private static final int RAISE = 0;
  private static final int RENEW = 1;
  private static final int SET = 2;

  private final transient int kind;
  private final transient Lead wanted;
  private transient Lead found = new Lead(0, 0);

  private LeadChange(int kind, Lead wanted) {
    this.kind = kind;
    this.wanted = wanted;
  }

  /**
   * Who leads.
   *
   * @param term counted from 1
   * @param member its random number
   */
  record Lead(long term, long member) {
    static final Wire<Lead> WIRE =
        new Wire<>(Lead.class, "parallax.Lead", Lead::pack, Lead::unpack);

    private byte[] pack() {
      return new Packer().number(term).number(member).done();
    }

    private static Lead unpack(byte[] bytes) {
      Unpacker in = new Unpacker(bytes);
      Lead lead = new Lead(in.number(), in.number());
      in.end();
      return lead;
    }
  }

  /** A new term, of this member. */
  static LeadChange raise(long member) {
    return new LeadChange(RAISE, new Lead(0, member));
  }

  /** Asks whether a term still holds, and has a majority write that it does. */
  static LeadChange renew(long term, long member) {
    return new LeadChange(RENEW, new Lead(term, member));
  }

  @Override
  public Long process(Map.Entry<Integer, Lead> entry) {
    Lead before = Optional.ofNullable(entry.getValue()).orElseGet(() -> new Lead(0, 0));
    found =
        switch (kind) {
          case RAISE -> new Lead(before.term() + 1, wanted.member());
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
    LeadChange change = new LeadChange(in.count(SET), new Lead(in.number(), in.number()));
    in.end();
    return change;
  }
}
