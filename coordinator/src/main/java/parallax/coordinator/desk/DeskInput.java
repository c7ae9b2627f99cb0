package parallax.coordinator.desk;

import java.time.Instant;
import java.util.List;
import parallax.config.Configuration;
import parallax.config.target.Target;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.IncidentId;

/** What happens to the desk. */
public sealed interface DeskInput {
  /** The core decided; where it has something to tell, the desk says to whom. */
  record Decided(List<Effect> effects) implements DeskInput {
    public Decided {
      effects = List.copyOf(effects);
    }
  }

  /** Time passed. Comes about once a second. */
  record Tick() implements DeskInput {}

  /** Users changed who hears of what. */
  record Configured(Configuration configuration) implements DeskInput {}

  /** Somebody takes care of an incident; of several, and of repetitions, the first one counts. */
  record Acknowledged(IncidentId incident, String who, Instant at) implements DeskInput {}

  /** Somebody wants to hear nothing of some targets for a while. Equal ones cover the same. */
  interface Silence {
    boolean covers(Target target, Instant now);
  }

  /**
   * People want silence.
   *
   * @param inForce all that is in force now, or will be
   */
  record Silenced(List<Silence> inForce) implements DeskInput {
    public Silenced {
      inForce = List.copyOf(inForce);
    }
  }

  /**
   * Nothing arrives at a receiver.
   *
   * @param since the oldest letter that has not arrived was planned then
   */
  record ReceiverFails(String name, Instant since) implements DeskInput {}

  /** Something arrived at a receiver. */
  record ReceiverWorks(String name) implements DeskInput {}
}
