package parallax.coordinator.postmortem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.store.Store;

/**
 * What people begin with when they write about an incident.
 *
 * @param duration until it was over, or until {@code at} when it is not
 * @param acknowledged who takes care of it
 * @param evidence the looks that failed
 * @param against the looks that found all well
 */
public record Draft(
    Incident incident,
    Instant at,
    Duration duration,
    Optional<Entry> acknowledged,
    List<Vote> evidence,
    List<Vote> against,
    List<Told> told,
    List<Line> timeline) {
  public Draft {
    evidence = List.copyOf(evidence);
    against = List.copyOf(against);
    told = List.copyOf(told);
    timeline = List.copyOf(timeline);
  }

  /**
   * A receiver that was told, or was to be.
   *
   * @param delay from the first sign of the incident, or of its end, until it arrived
   */
  public record Told(Store.Delivery delivery, Optional<Duration> delay) {
    static Told of(Store.Delivery delivery) {
      Incident then = delivery.incident();
      Instant began = then.resolved().orElse(then.onset());
      Optional<Duration> delay =
          delivery
              .delivered()
              .map(arrived -> Duration.between(began, arrived))
              .map(time -> time.isNegative() ? Duration.ZERO : time);
      return new Told(delivery, delay);
    }
  }

  /** The draft of what the record holds. */
  public static Draft of(Timeline.Sources sources, Instant at) {
    Incident incident = sources.incident();
    Duration lasted = Duration.between(incident.onset(), incident.resolved().orElse(at));
    return new Draft(
        incident,
        at,
        lasted.isNegative() ? Duration.ZERO : lasted,
        Timeline.acknowledgement(sources.entries()),
        incident.votes().stream().filter(Draft::speaksForIt).toList(),
        incident.votes().stream().filter(Draft::speaksAgainstIt).toList(),
        sources.deliveries().stream().map(Told::of).toList(),
        Timeline.of(sources));
  }

  private static boolean speaksForIt(Vote vote) {
    return switch (vote.ballot()) {
      case FAILED -> true;
      case FINE, NOTABLE, COULD_NOT_TELL, ABSTAINS -> false;
    };
  }

  private static boolean speaksAgainstIt(Vote vote) {
    return switch (vote.ballot()) {
      case FINE, NOTABLE -> true;
      case FAILED, COULD_NOT_TELL, ABSTAINS -> false;
    };
  }
}
