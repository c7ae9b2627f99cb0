package parallax.coordinator.runbook.execute;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.config.runbook.Automatic;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.people.Rounds;
import parallax.coordinator.run.Guard;
import parallax.coordinator.run.Run;
import parallax.coordinator.runbook.Automation;
import parallax.coordinator.runbook.Automation.Candidate;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Snapshot;

/**
 * Looks every second, while this coordinator leads, what is to run without being asked, and gives
 * up runs whose coordinator died.
 */
public final class RunbookWatch implements AutoCloseable {
  private final Ports ports;
  private final Rounds rounds = new Rounds("runbooks", this::look);
  private final Set<Refusal> refused = new HashSet<>();

  /** Said once, while the incident is open. */
  private record Refusal(IncidentId incident, String runbook, String action) {}

  /**
   * What is looked at.
   *
   * @param epoch in which this coordinator leads
   * @param snapshot what is decided
   */
  public record Ports(
      Store store, Epoch epoch, Supplier<Snapshot> snapshot, InstantSource clock, Runner runner) {}

  public RunbookWatch(Ports ports) {
    this.ports = ports;
  }

  public void start() {
    rounds.start();
  }

  @Override
  public void close() {
    rounds.close();
  }

  /** One look. */
  void look() {
    Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    ports.store().runs().giveUp(now);
    Snapshot snapshot = ports.snapshot().get();
    Configuration configuration = snapshot.configuration();
    refused.removeIf(
        each -> snapshot.open().stream().noneMatch(open -> open.id().equals(each.incident())));
    if (snapshot.open().isEmpty() || !Automation.isWanted(configuration)) {
      return;
    }
    Duration memory = Automation.memory(configuration);
    List<Run> runs = ports.store().runs().runsSince(now.minus(memory));
    Automation.Known known = new Automation.Known(configuration, snapshot.silences(), runs, now);
    Set<String> taken = new HashSet<>();
    for (Candidate candidate : Automation.candidates(known, snapshot.open())) {
      String action = Run.step(candidate.runbook().name(), candidate.action().name());
      if (!taken.contains(action)
          && !refused.contains(refusal(candidate))
          && isDue(candidate, now)) {
        if (ran(candidate, now)) {
          taken.add(action);
        }
      }
    }
  }

  private boolean isDue(Candidate candidate, Instant now) {
    return Automation.isDue(candidate, ports.store().notebook(candidate.incident().id()), now);
  }

  private boolean ran(Candidate candidate, Instant now) {
    Incident incident = candidate.incident();
    Automatic rules = candidate.rules();
    Guard guard =
        new Guard(ports.epoch().number(), rules.cooldown(), rules.most().runs(), rules.most().in());
    Order order =
        new Order(
            incident,
            candidate.runbook(),
            candidate.action(),
            Run.by(candidate.runbook().name()),
            now);
    return switch (ports.runner().byItself(order, guard)) {
      case Asked.Started _ -> true;
      case Asked.Would _ -> false;
      case Asked.Refused(Asked.Cause cause, _) -> {
        if (cause == Asked.Cause.FORBIDDEN) {
          refused.add(refusal(candidate));
        }
        yield false;
      }
    };
  }

  private static Refusal refusal(Candidate candidate) {
    return new Refusal(
        candidate.incident().id(), candidate.runbook().name(), candidate.action().name());
  }
}
