package parallax.coordinator.notify.letter;

import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.incident.Incident;

/**
 * What there is to tell one receiver.
 *
 * @param key the same for every attempt to deliver it
 * @param incident as it is when the letter is decided on
 * @param number of the letter in the conversation with this receiver, from 1
 * @param drill whether it is made for practice
 * @param by who acknowledged it, in words of anybody's; empty where nobody did
 * @param held letters there was no room for since the last one to this receiver
 * @param others incidents that the letter tells of as well
 */
public record Occurrence(
    String key,
    Incident incident,
    Letter.Occasion occasion,
    int number,
    Letter.Language language,
    boolean drill,
    Optional<String> by,
    int held,
    List<Incident> others) {

  public Occurrence {
    others = List.copyOf(others);
  }

  /** One that stands alone. */
  public Occurrence(
      String key,
      Incident incident,
      Letter.Occasion occasion,
      int number,
      Letter.Language language,
      boolean drill,
      Optional<String> by) {
    this(key, incident, occasion, number, language, drill, by, 0, List.of());
  }
}
