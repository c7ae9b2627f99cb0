package parallax.coordinator.drill.stage;

import java.time.Instant;
import java.util.List;
import parallax.config.Configuration;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;

/**
 * A world that answers checks. All times are milliseconds since its beginning. Used by one thread
 * at a time.
 */
public interface Stage {
  /** What is played, in words. */
  String title();

  /** By what it is decided who is told: the one in force, with the targets of this world. */
  Configuration configuration();

  /** The core's inputs at the very beginning: what is watched, and what is known of it. */
  List<Input> setting();

  /** What happens first. */
  List<Planned> opening();

  /** What comes of the core's asking for a check; nothing where nobody can make it. */
  List<Planned> asked(Effect.AskAgain ask, long atMs);

  /** When it begins. */
  Instant start();

  /** So long all is as usual, to find out how that is. */
  long leadInMs();

  /** When it is over; the lead-in is part of it. */
  long lengthMs();

  /** What is other than in reality, in words. */
  List<String> remarks();
}
