package parallax.coordinator.notify;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.LetterSettings;
import parallax.coordinator.notify.letter.Letters;
import parallax.coordinator.notify.letter.Occurrence;
import parallax.coordinator.store.Store;

/** Writes the letters of one receiver, in its language, as the configuration has it. Pure. */
record LetterWriter(Receiver receiver, Configuration configuration) {

  /**
   * Where a letter stands.
   *
   * @param number of the letter among those of the incident to this receiver, from 1
   * @param others incidents that the letter tells of as well
   */
  record Place(int number, List<Incident> others) {
    Place {
      others = List.copyOf(others);
    }
  }

  Letter letter(Store.Delivery delivery, Place place, Instant now) {
    Occurrence occurrence =
        new Occurrence(
            delivery.key(),
            delivery.incident(),
            occasion(delivery.kind()),
            place.number(),
            language(),
            false,
            delivery.along().by(),
            delivery.along().held(),
            place.others());
    return Letters.write(occurrence, settings(delivery.incident()), now);
  }

  /** One that says that it is a test. */
  Letter test(Letter.Language language, Instant now) {
    String key = "test:" + receiver.name() + ":" + now;
    return Letters.test(key, language, settings(new TreeMap<>()), now);
  }

  Letter.Language language() {
    return switch (receiver.handling().language()) {
      case ENGLISH -> Letter.Language.ENGLISH;
      case JAPANESE -> Letter.Language.JAPANESE;
    };
  }

  private LetterSettings settings(Incident incident) {
    Set<TargetName> hit = new HashSet<>(incident.targets());
    SortedMap<TargetName, SortedMap<String, String>> labels = new TreeMap<>();
    for (Target target : configuration.targets()) {
      if (hit.contains(target.name())) {
        labels.put(target.name(), target.labels());
      }
    }
    return settings(labels);
  }

  private LetterSettings settings(SortedMap<TargetName, SortedMap<String, String>> labels) {
    return new LetterSettings(configuration.page(), List.of(), labels, receiver.handling().zone());
  }

  private static Letter.Occasion occasion(Notice.Kind kind) {
    return switch (kind) {
      case OPENED -> Letter.Occasion.OPENED;
      case REOPENED -> Letter.Occasion.REOPENED;
      case CHANGED -> Letter.Occasion.CHANGED;
      case REMINDER -> Letter.Occasion.REMINDER;
      case ESCALATED -> Letter.Occasion.ESCALATED;
      case ACKNOWLEDGED -> Letter.Occasion.ACKNOWLEDGED;
      case RESOLVED -> Letter.Occasion.RESOLVED;
    };
  }
}
