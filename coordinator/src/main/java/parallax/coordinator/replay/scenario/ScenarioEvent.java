package parallax.coordinator.replay.scenario;

import java.util.Optional;

/**
 * Something that happens in a window of time, half open.
 *
 * @param index in the file, from 0; part of the keys of draws
 * @param from the probes it concerns
 * @param targets the targets it concerns; empty: all, and what concerns no target, too
 */
public record ScenarioEvent(
    int index,
    String note,
    long startMs,
    long endMs,
    Selector<ScenarioProbe> from,
    Optional<Selector<ScenarioTarget>> targets,
    Change change) {

  public boolean covers(long atMs) {
    return startMs <= atMs && atMs < endMs;
  }

  /** Which part of the window has passed, from 0 to 1. */
  public double passed(long atMs) {
    return (double) (atMs - startMs) / (endMs - startMs);
  }
}
