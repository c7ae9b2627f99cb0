package parallax.probe.registration.whois;

import java.util.List;
import java.util.Optional;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.HostNames;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.NotParsed;
import parallax.probe.registration.Registration.NotRegistered;
import parallax.probe.registration.Registration.RateLimited;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.Registration.Unavailable;
import parallax.probe.registration.RegistrationDates;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.status.DomainState;
import parallax.probe.registration.whois.table.Phrases.Saying;
import parallax.probe.registration.whois.table.Registry;
import parallax.probe.registration.whois.table.Registry.Layout;
import parallax.probe.registration.whois.table.WhoisTables;

/**
 * Reads an answer of a WHOIS server. Facts count more than phrases, since a disclaimer may contain
 * any words; being refused counts more than "no entries found", which some servers print then too.
 */
public final class WhoisReader {
  private final WhoisTables tables;

  public WhoisReader(WhoisTables tables) {
    this.tables = tables;
  }

  /**
   * What {@code answer} says.
   *
   * @param tld the suffix that was asked of, such as {@code jp} or {@code co.uk}
   */
  public Registration read(byte[] answer, String tld) {
    Registry registry = tables.registry(tld);
    List<String> lines = AnswerText.lines(answer, registry.charset());
    if (lines.stream().allMatch(String::isBlank)) {
      return new Unavailable("an empty answer");
    }
    if (registry.layout() == Layout.JPRS) {
      Optional<RegistrationFacts> facts = JprsReader.read(lines, registry.dates());
      if (facts.isPresent()) {
        return new Registered(facts.get());
      }
    }
    RegistrationFacts facts =
        new FactsReader(EntryReader.read(lines, tables, registry), registry).facts();
    Optional<String> free =
        facts.rawStatuses().stream().filter(tables.phrases()::isFreeStatus).findFirst();
    if (free.isPresent() && !hasDatesOrServers(facts)) {
      return new NotRegistered(free.get());
    }
    return isTelling(facts) ? new Registered(facts) : said(lines, facts);
  }

  /** These are printed of registrations only. */
  private static boolean hasDatesOrServers(RegistrationFacts facts) {
    RegistrationDates dates = facts.dates();
    return !facts.nameServers().isEmpty()
        || dates.created().isPresent()
        || dates.expiry() instanceof Expiry.Told;
  }

  private static boolean isTelling(RegistrationFacts facts) {
    boolean changed = facts.dates().updated().isPresent();
    return hasDatesOrServers(facts)
        || (changed && facts.name().flatMap(HostNames::qualified).isPresent())
        || facts.states().stream().anyMatch(state -> state != DomainState.UNKNOWN);
  }

  /** What an answer without dates and name servers says in words. */
  private Registration said(List<String> lines, RegistrationFacts facts) {
    List<String> messages = Messages.of(lines);
    Optional<String> throttled = refused(messages);
    if (throttled.isPresent()) {
      return new RateLimited(throttled.get());
    }
    Optional<String> absent = found(messages, Saying.NOT_REGISTERED);
    boolean reserved = found(messages, Saying.RESERVED).isPresent();
    if (reserved && facts.rawStatuses().isEmpty()) {
      return new Registered(reserved(facts));
    }
    if (absent.isPresent()) {
      return new NotRegistered(absent.get());
    }
    Optional<String> unavailable = found(messages, Saying.UNAVAILABLE);
    if (unavailable.isPresent()) {
      return new Unavailable(unavailable.get());
    }
    boolean described = !facts.rawStatuses().isEmpty() || facts.registrar().isPresent();
    if (facts.name().isPresent() && (described || reduced(messages))) {
      return new Registered(facts);
    }
    return new NotParsed("no known words in " + lines.size() + " lines");
  }

  private Optional<String> refused(List<String> messages) {
    return found(
        messages.stream()
            .filter(message -> tables.phrases().in(message, Saying.STILL_ANSWERED).isEmpty())
            .toList(),
        Saying.THROTTLED);
  }

  private boolean reduced(List<String> messages) {
    return found(messages, Saying.STILL_ANSWERED).isPresent();
  }

  private Optional<String> found(List<String> messages, Saying saying) {
    return messages.stream()
        .flatMap(message -> tables.phrases().in(message, saying).stream())
        .findFirst();
  }

  private static RegistrationFacts reserved(RegistrationFacts facts) {
    return new RegistrationFacts(
        facts.name(),
        facts.dates(),
        List.of("reserved"),
        facts.registrar(),
        facts.nameServers(),
        facts.locks(),
        facts.provisional());
  }
}
