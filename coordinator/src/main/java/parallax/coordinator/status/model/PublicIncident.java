package parallax.coordinator.status.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Trouble as the public is told.
 *
 * @param id tells two of them apart; says nothing else
 * @param services that are hit, as the public knows them
 * @param ended empty while it lasts
 * @param updates what people say to it, the oldest first
 */
public record PublicIncident(
    String id,
    List<String> services,
    Effect effect,
    Instant began,
    Optional<Instant> ended,
    List<Update> updates) {

  /** What users notice. */
  public enum Effect {
    /** Nobody can use it. */
    DOWN,
    /** Some cannot. */
    FOR_SOME,
    /** It works, but not as it should. */
    IMPAIRED
  }

  /** Something that people say to the public. */
  public record Update(Instant at, String text) {}

  public PublicIncident {
    services = List.copyOf(services);
    updates = List.copyOf(updates);
  }

  public boolean isOpen() {
    return ended.isEmpty();
  }

  /** When something was said of it last. */
  public Instant updated() {
    Instant said = updates.isEmpty() ? began : updates.getLast().at();
    return ended.filter(end -> end.isAfter(said)).orElse(said);
  }
}
