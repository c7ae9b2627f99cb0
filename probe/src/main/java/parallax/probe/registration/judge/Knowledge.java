package parallax.probe.registration.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Registration;
import parallax.probe.registration.RegistrationFacts;

/**
 * All that is known of one registration. An immutable value; only answers that are knowledge change
 * what was known before.
 *
 * @param good the last record there was
 * @param absent that the registry has said since that there is none
 * @param trouble why the last lookup brought nothing
 * @param changes newest last
 */
public record Knowledge(
    Optional<GoodRecord> good,
    Optional<Absence> absent,
    Optional<Finding> trouble,
    List<Change> changes) {
  public static final Knowledge NONE =
      new Knowledge(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** Two answers nearer than this to one another are one look. */
  static final Duration SECOND_LOOK = Duration.ofMinutes(4);

  /**
   * That a name is not registered, as its registry says.
   *
   * @param times how often it has been said, each a while after the one before
   */
  public record Absence(String words, String registry, Instant last, int times) {}

  public Knowledge {
    changes = List.copyOf(changes);
  }

  /** What is known after {@code registry} has answered. */
  public Knowledge after(
      Registration answer, String registry, Optional<Contact> contact, Instant now) {
    return switch (answer) {
      case Registration.Registered(RegistrationFacts facts) ->
          told(new GoodRecord(facts, registry, contact, now));
      case Registration.NotRegistered(String words) -> notRegistered(words, registry, now);
      case Registration.RateLimited(String words) ->
          without(Reason.REGISTRATION_RATE_LIMITED, registry + ": " + words);
      case Registration.NotParsed(String reason) ->
          without(Reason.REGISTRATION_NOT_PARSED, registry + ": " + reason);
      case Registration.Unavailable(String reason) ->
          without(Reason.REGISTRATION_NO_ANSWER, reason);
    };
  }

  /** The same, after a lookup that brought nothing. */
  public Knowledge without(Reason reason, String words) {
    return new Knowledge(good, absent, Optional.of(new Finding(reason, words)), changes);
  }

  private Knowledge told(GoodRecord fresh) {
    GoodRecord record = good.map(fresh::after).orElse(fresh);
    Stream<Change> found =
        good.stream()
            .flatMap(before -> Change.between(before.facts(), record.facts(), fresh.at()).stream());
    List<Change> shown =
        Stream.concat(changes.stream(), found)
            .filter(change -> change.isShown(fresh.at()))
            .limit(Change.MAX_CHANGES)
            .toList();
    return new Knowledge(Optional.of(record), Optional.empty(), Optional.empty(), shown);
  }

  private Knowledge notRegistered(String words, String registry, Instant now) {
    boolean second =
        absent.filter(known -> !known.last().plus(SECOND_LOOK).isAfter(now)).isPresent();
    int times = absent.map(known -> second ? known.times() + 1 : known.times()).orElse(1);
    Instant last = absent.filter(_ -> !second).map(Absence::last).orElse(now);
    return new Knowledge(
        good, Optional.of(new Absence(words, registry, last, times)), Optional.empty(), changes);
  }

  /** Whether anything is known, be it that there is no registration. */
  public boolean isAnything() {
    return good.isPresent() || absent.isPresent();
  }

  /** When a registry told something last. */
  public Optional<Instant> toldAt() {
    return absent.map(Absence::last).or(() -> good.map(GoodRecord::at));
  }
}
