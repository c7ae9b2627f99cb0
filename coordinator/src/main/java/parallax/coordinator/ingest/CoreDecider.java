package parallax.coordinator.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.state.Memory;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.desk.Letter;
import parallax.coordinator.store.Store;

/** The core's rules with their state. */
public final class CoreDecider implements Decider {
  private State state;

  private CoreDecider(State state) {
    this.state = state;
  }

  /** Goes on from what the store remembers. */
  public static Decider restored(Store.Remembered remembered) {
    return new CoreDecider(Core.restore(memory(remembered)));
  }

  /** The desk goes on from there, too. */
  public static Desk desk(Store.Remembered remembered) {
    return Desk.restored(
        remembered.open(),
        remembered.told().stream()
            .map(
                told ->
                    new Letter(
                        told.kind(),
                        told.incident(),
                        Notice.numberIn(told.key(), told.receiver()),
                        told.receiver(),
                        told.planned()))
            .toList());
  }

  /** What the store remembers, in the core's words. */
  public static Memory memory(Store.Remembered remembered) {
    List<Memory.Remembered> verdicts =
        remembered.held().stream()
            .map(
                held ->
                    new Memory.Remembered(
                        held.newest().target(), held.newest().state(), held.since()))
            .toList();
    return new Memory(verdicts, remembered.open(), remembered.latest());
  }

  @Override
  public List<Effect> decide(Input input, Instant now) {
    Step step = Core.step(state, input, now);
    state = step.state();
    return step.effects();
  }

  @Override
  public Optional<Instant> due() {
    return state.due();
  }

  @Override
  public Optional<Verdict> verdict(TargetName target) {
    return state.verdict(target);
  }

  @Override
  public List<Incident> openIncidents() {
    return state.openIncidents();
  }
}
