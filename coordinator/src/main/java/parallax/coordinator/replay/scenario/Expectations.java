package parallax.coordinator.replay.scenario;

import java.util.List;
import java.util.OptionalInt;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;

/**
 * What must be concluded, and what must not.
 *
 * @param incidents must be raised
 * @param allow may be raised
 * @param pages at most so many incidents of targets in the whole run
 * @param notices at most so many incidents of our own side in the whole run
 */
public record Expectations(
    List<ExpectedIncident> incidents,
    List<Allowed> allow,
    List<Forbidden> forbid,
    List<ExpectedState> states,
    OptionalInt pages,
    OptionalInt notices) {

  public Expectations {
    incidents = List.copyOf(incidents);
    allow = List.copyOf(allow);
    forbid = List.copyOf(forbid);
    states = List.copyOf(states);
  }

  /**
   * An incident that may be raised without penalty.
   *
   * @param targets of a service incident; empty: any
   * @param scopes of a service incident; empty: any
   * @param culprits of a vantage incident; empty: any
   */
  public record Allowed(
      Subject subject, List<String> targets, List<Scope> scopes, List<String> culprits) {
    public Allowed {
      targets = List.copyOf(targets);
      scopes = List.copyOf(scopes);
      culprits = List.copyOf(culprits);
    }
  }

  /**
   * No incident that touches these targets may carry such a label in the window, half open.
   *
   * @param targets empty: all
   */
  public record Forbidden(List<Scope> scopes, List<String> targets, long startMs, long endMs) {
    public Forbidden {
      scopes = List.copyOf(scopes);
      targets = List.copyOf(targets);
    }
  }

  /** The targets must be in one of the states throughout the window, half open. */
  public record ExpectedState(
      List<String> targets, List<TargetState> states, long startMs, long endMs) {
    public ExpectedState {
      targets = List.copyOf(targets);
      states = List.copyOf(states);
    }
  }
}
