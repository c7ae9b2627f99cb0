package parallax.coordinator.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.run.Claim;
import parallax.coordinator.run.Guard;
import parallax.coordinator.run.Run;
import parallax.coordinator.run.RunWish;
import parallax.coordinator.store.people.RunTable;

/** Runs in memory. */
final class InMemoryRuns implements Runs {
  private final List<Run> runs = new ArrayList<>();
  private final Function<IncidentId, Optional<Incident>> incidents;
  private final LongSupplier epoch;
  private final InMemoryPeople people;
  private final Object lock;

  /**
   * None yet.
   *
   * @param lock guards what {@code people} holds
   */
  InMemoryRuns(
      Function<IncidentId, Optional<Incident>> incidents,
      LongSupplier epoch,
      InMemoryPeople people,
      Object lock) {
    this.lock = lock;
    this.incidents = incidents;
    this.epoch = epoch;
    this.people = people;
  }

  @Override
  public Claim claim(RunWish wish, Optional<Guard> guard) {
    synchronized (lock) {
      return claimed(wish, guard);
    }
  }

  private Claim claimed(RunWish wish, Optional<Guard> guard) {
    if (guard.isPresent() && guard.get().epoch() < epoch.getAsLong()) {
      return new Claim.Outdated();
    }
    if (incidents.apply(wish.incident()).filter(Incident::isOpen).isEmpty()) {
      return new Claim.Over();
    }
    List<Run> ofAction =
        runs.stream()
            .filter(run -> run.runbook().equals(wish.runbook()))
            .filter(run -> run.action().equals(wish.action()))
            .toList();
    Optional<Run> last =
        ofAction.stream()
            .filter(run -> run.incident().equals(wish.incident()))
            .reduce((_, newer) -> newer);
    if (last.filter(run -> run.isRunning(wish.at())).isPresent()) {
      return new Claim.Running(last.get());
    }
    if (guard.isPresent() && last.filter(run -> run.isLost(wish.at())).isPresent()) {
      return new Claim.Unsure(last.get());
    }
    Optional<Instant> cool =
        guard.flatMap(limits -> cool(ofAction, limits, wish.at())).filter(wish.at()::isBefore);
    if (cool.isPresent()) {
      return new Claim.TooOften(cool.get());
    }
    if (people.notebook(wish.incident()).size() >= Entry.MAX_WITH_PEOPLES) {
      return new Claim.Full();
    }
    Run run =
        new Run(
            "run-" + runs.size(),
            wish.incident(),
            wish.runbook(),
            wish.action(),
            wish.who(),
            guard.isPresent(),
            wish.at(),
            wish.at().plus(wish.within()),
            Optional.empty());
    runs.add(run);
    Happening.Action started = new Happening.Action(run.step(), "started: " + wish.what());
    people.always(run.incident(), run.began(), run.who(), started);
    return new Claim.Granted(run);
  }

  private static Optional<Instant> cool(List<Run> ofAction, Guard guard, Instant now) {
    Optional<Instant> cooled =
        ofAction.stream()
            .map(run -> run.began().plus(guard.cooldown()))
            .max(Comparator.naturalOrder())
            .filter(now::isBefore);
    List<Instant> own =
        ofAction.stream()
            .filter(Run::automatic)
            .map(Run::began)
            .filter(began -> began.isAfter(now.minus(guard.in())))
            .sorted(Comparator.reverseOrder())
            .toList();
    return own.size() < guard.most()
        ? cooled
        : cooled.or(() -> Optional.of(own.get(guard.most() - 1).plus(guard.in())));
  }

  @Override
  public void ended(String id, Run.End end) {
    synchronized (lock) {
      end(id, end);
    }
  }

  private void end(String id, Run.End end) {
    for (int at = 0; at < runs.size(); at++) {
      Run run = runs.get(at);
      boolean open = run.end().map(known -> known.outcome() == Run.Outcome.UNKNOWN).orElse(true);
      if (run.id().equals(id) && open) {
        runs.set(
            at,
            new Run(
                run.id(),
                run.incident(),
                run.runbook(),
                run.action(),
                run.who(),
                run.automatic(),
                run.began(),
                run.until(),
                Optional.of(end)));
        Happening.Action over = new Happening.Action(run.step(), end.said());
        people.always(run.incident(), end.at(), Run.by(run.runbook()), over);
      }
    }
  }

  @Override
  public List<Run> giveUp(Instant now) {
    synchronized (lock) {
      List<Run> lost =
          runs.stream().filter(run -> run.end().isEmpty() && !run.isRunning(now)).toList();
      lost.forEach(run -> ended(run.id(), new Run.End(now, Run.Outcome.UNKNOWN, RunTable.LOST)));
      return lost;
    }
  }

  @Override
  public List<Run> runs(IncidentId incident) {
    synchronized (lock) {
      return runs.stream().filter(run -> run.incident().equals(incident)).toList();
    }
  }

  @Override
  public List<Run> runsSince(Instant since) {
    synchronized (lock) {
      return runs.stream().filter(run -> !run.began().isBefore(since)).toList();
    }
  }
}
