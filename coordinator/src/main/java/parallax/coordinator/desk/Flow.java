package parallax.coordinator.desk;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import parallax.config.policy.Receiver;

/**
 * The letters to one receiver in the time that its cap counts.
 *
 * @param sent when, oldest first
 * @param held letters there was no room for since the last one
 */
record Flow(List<Instant> sent, int held) {
  static final Flow NONE = new Flow(List.of(), 0);

  Flow {
    sent = List.copyOf(sent);
  }

  /** A flow as it goes on during one step. */
  static final class Going {
    private final Deque<Instant> sent;
    private final Optional<Receiver.Cap> cap;
    private int held;

    Going(Flow flow, Optional<Receiver.Cap> cap, Instant now) {
      this.sent = new ArrayDeque<>(flow.sent());
      this.cap = cap;
      this.held = flow.held();
      cap.ifPresent(
          most -> {
            Instant from = now.minus(most.in());
            while (!sent.isEmpty() && !sent.getFirst().isAfter(from)) {
              sent.removeFirst();
            }
          });
      if (cap.isEmpty()) {
        sent.clear();
      }
    }

    /** When there is room again; empty while there is. */
    Optional<Instant> full() {
      return cap.filter(most -> sent.size() >= most.letters())
          .map(
              most -> {
                int surplus = sent.size() - most.letters();
                return sent.stream().skip(surplus).findFirst().orElseThrow().plus(most.in());
              });
    }

    void hold() {
      held++;
    }

    void release() {
      held = Math.max(0, held - 1);
    }

    /**
     * One more letter.
     *
     * @return how many were held since the last one
     */
    int send(Instant now) {
      if (cap.isPresent()) {
        sent.addLast(now);
      }
      int told = held;
      held = 0;
      return told;
    }

    Flow flow() {
      return new Flow(new ArrayList<>(sent), held);
    }
  }
}
