package parallax.probe.bgp.message.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.message.Fault;

/** What is wrong with one message: the first faults, and the gravest one. */
final class Report {
  /** The code of faults of updates (RFC 4271 section 6.3), and the subcodes that are left of it. */
  static final int UPDATE_ERROR = 3;

  static final int MALFORMED_LIST = 1;
  static final int OPTIONAL_ATTRIBUTE = 9;
  static final int INVALID_NETWORK = 10;

  private static final int MAX_FAULTS = 16;

  private List<Fault> faults = List.of();
  private Optional<Fault.SessionReset> reset = Optional.empty();
  private Optional<Fault.TreatedAsWithdrawn> withdrawal = Optional.empty();

  void discard(String reason, int offset) {
    add(new Fault.AttributeDiscarded(reason, offset));
  }

  void withdraw(String reason, int offset) {
    Fault.TreatedAsWithdrawn fault = new Fault.TreatedAsWithdrawn(reason, offset);
    withdrawal = withdrawal.or(() -> Optional.of(fault));
    add(fault);
  }

  void reset(int subcode, String reason, int offset) {
    Fault.SessionReset fault = new Fault.SessionReset(UPDATE_ERROR, subcode, reason, offset);
    reset = reset.or(() -> Optional.of(fault));
  }

  private void add(Fault fault) {
    if (faults.isEmpty()) {
      faults = new ArrayList<>();
    }
    if (faults.size() < MAX_FAULTS) {
      faults.add(fault);
    }
  }

  List<Fault> faults() {
    return faults;
  }

  Optional<Fault.SessionReset> reset() {
    return reset;
  }

  Optional<Fault.TreatedAsWithdrawn> withdrawal() {
    return withdrawal;
  }
}
