package parallax.coordinator.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.run.Claim;
import parallax.coordinator.run.Guard;
import parallax.coordinator.run.Run;
import parallax.coordinator.run.RunWish;

/**
 * The part of the record that tells which actions run, so that none runs twice at a time, whichever
 * coordinator runs it. Every step is written down in the notebook and audited in the transaction
 * that records it.
 */
public interface Runs {
  /** The most runs that are read at once. */
  int MAX_READ = 1000;

  /**
   * Takes on a run. Only one of an action for an incident runs at a time, and only while the
   * incident is open.
   *
   * @param guard of a run that nobody asked for
   */
  Claim claim(RunWish wish, Optional<Guard> guard);

  /** Records what came of a run; what is known already stays as it is. */
  void ended(String id, Run.End end);

  /**
   * Gives up runs whose coordinator must have died: nobody knows what came of them.
   *
   * @return those that were given up
   */
  List<Run> giveUp(Instant now);

  /** The runs for an incident, oldest first, the newest {@link #MAX_READ}. */
  List<Run> runs(IncidentId incident);

  /** Runs that began at {@code since} or later, oldest first, the newest {@link #MAX_READ}. */
  List<Run> runsSince(Instant since);
}
