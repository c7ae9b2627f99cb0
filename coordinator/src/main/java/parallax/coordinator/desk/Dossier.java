package parallax.coordinator.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;

/**
 * An incident, and who knows what of it.
 *
 * @param published whether people may be told
 * @param began when it was published, or reopened last
 * @param acknowledged who takes care of it, since it began
 * @param lines by receiver
 * @param held receivers for whom there was no room, and whose letter was counted
 * @param due when it is to be looked after
 */
record Dossier(
    Incident incident,
    boolean published,
    Instant began,
    Optional<String> acknowledged,
    SortedMap<String, Line> lines,
    SortedSet<String> held,
    Instant due) {
  /** A member that takes in what people do may have a clock that is so far behind. */
  private static final Duration CLOCKS_DISAGREE = Duration.ofSeconds(5);

  /** One of which nobody has heard. */
  static Dossier of(Incident incident, Instant now) {
    return new Dossier(
        incident,
        incident.published().isPresent(),
        incident.published().orElse(now),
        Optional.empty(),
        new TreeMap<>(),
        new TreeSet<>(),
        now);
  }

  /** As it follows from the letters that are on record, oldest first. */
  static Dossier of(Incident incident, List<Letter> letters, Instant now) {
    Dossier fresh = of(incident, now);
    SortedMap<String, Line> lines = new TreeMap<>();
    for (Letter letter : letters) {
      Optional<Line> before = Optional.ofNullable(lines.get(letter.receiver()));
      lines.put(letter.receiver(), Line.after(before, letter));
    }
    return new Dossier(
        incident,
        fresh.published || !letters.isEmpty(),
        reopened(incident, letters).orElse(fresh.began),
        Optional.empty(),
        lines,
        new TreeSet<>(),
        now);
  }

  /** When somebody was first told that it was reopened; else when that it was over before. */
  private static Optional<Instant> reopened(Incident incident, List<Letter> letters) {
    int era = incident.reopened();
    Optional<Instant> told =
        letters.stream()
            .filter(letter -> letter.kind() == Notice.Kind.REOPENED)
            .filter(letter -> letter.incident().reopened() == era)
            .map(Letter::planned)
            .min(Instant::compareTo);
    return told.or(
        () ->
            letters.stream()
                .filter(letter -> letter.kind() == Notice.Kind.RESOLVED)
                .filter(letter -> letter.incident().reopened() == era - 1)
                .map(Letter::planned)
                .max(Instant::compareTo));
  }

  IncidentId id() {
    return incident.id();
  }

  Optional<Line> line(String receiver) {
    return Optional.ofNullable(lines.get(receiver));
  }

  /** Who holds it to be open. */
  List<String> knowing() {
    return lines.entrySet().stream()
        .filter(line -> line.getValue().knows())
        .map(Map.Entry::getKey)
        .toList();
  }

  Dossier with(Incident other) {
    return new Dossier(other, published, began, acknowledged, lines, held, due);
  }

  Dossier withDue(Instant other) {
    return new Dossier(incident, published, began, acknowledged, lines, held, other);
  }

  Dossier dueBy(Instant latest) {
    return due.isAfter(latest) ? withDue(latest) : this;
  }

  Dossier with(String receiver, Line line) {
    TreeMap<String, Line> other = new TreeMap<>(lines);
    other.put(receiver, line);
    return new Dossier(incident, published, began, acknowledged, other, held, due);
  }

  Dossier withHeld(String receiver, boolean is) {
    if (held.contains(receiver) == is) {
      return this;
    }
    TreeSet<String> other = new TreeSet<>(held);
    if (is) {
      other.add(receiver);
    } else {
      other.remove(receiver);
    }
    return new Dossier(incident, published, began, acknowledged, lines, other, due);
  }

  /** It is told from now on. */
  Dossier publishedAt(Instant now) {
    return new Dossier(incident, true, now, acknowledged, lines, held, now);
  }

  /** It is told again; nobody takes care of it any more. */
  Dossier reopenedAt(Instant now) {
    return new Dossier(incident, true, now, Optional.empty(), lines, held, now);
  }

  /** Whether a deed of then is about what is so now, and not about what was over since. */
  boolean isMeant(Instant deed) {
    boolean since = !deed.isBefore(began.minus(CLOCKS_DISAGREE));
    return incident.isOpen() && (incident.reopened() == 0 || since);
  }

  Dossier acknowledgedBy(String who) {
    return new Dossier(incident, published, began, Optional.of(who), lines, held, due);
  }
}
