package parallax.probe.registration.whois;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.HostNames;
import parallax.probe.registration.Limits;
import parallax.probe.registration.RegistrationDates;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.date.DateContext;
import parallax.probe.registration.date.DateOrder;
import parallax.probe.registration.date.DateRead;
import parallax.probe.registration.date.LenientDates;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.status.DomainState;
import parallax.probe.registration.status.StateWords;
import parallax.probe.registration.whois.table.Registry;
import parallax.probe.registration.whois.table.Role;
import parallax.probe.registration.whois.table.Section;

/** What the entries of an answer amount to: the first word on each date counts. */
final class FactsReader {
  private static final Pattern NAME_AND_STATE = Pattern.compile("^(\\S+)\\s+(?:is\\s+)?(.+)$");
  private static final Pattern SPLIT = Pattern.compile("\\s*[,;|]\\s*| / |\\t+");
  private static final Pattern BETWEEN_HOSTS = Pattern.compile("[\\s,;|()<>\\[\\]]+");
  private static final Pattern URL = Pattern.compile("\\s*\\(?\\s*https?://\\S*\\s*\\)?");
  private static final List<Role> DATES =
      List.of(Role.CREATED, Role.UPDATED, Role.EXPIRES, Role.REGISTRAR_EXPIRES);

  private final List<Entry> entries;
  private final DateContext dates;

  FactsReader(List<Entry> entries, Registry registry) {
    this.entries = entries;
    this.dates = context(entries, registry);
  }

  private static DateContext context(List<Entry> entries, Registry registry) {
    List<String> values =
        entries.stream().filter(entry -> DATES.contains(entry.role())).map(Entry::value).toList();
    DateOrder shown = LenientDates.orderShownBy(values);
    return shown == DateOrder.UNKNOWN
        ? registry.dates()
        : new DateContext(shown, registry.dates().zone());
  }

  RegistrationFacts facts() {
    RegistrationDates told =
        new RegistrationDates(
            expiry(Role.EXPIRES),
            expiry(Role.REGISTRAR_EXPIRES),
            date(Role.CREATED),
            date(Role.UPDATED));
    List<String> statuses = statuses();
    return new RegistrationFacts(
        name(), told, statuses, registrar(), nameServers(), locks(statuses), Optional.empty());
  }

  private Optional<String> name() {
    return values(Role.DOMAIN).stream()
        .flatMap(value -> HostNames.of(firstWord(value)).stream())
        .findFirst();
  }

  private static String firstWord(String value) {
    return value.strip().split("\\s", 2)[0];
  }

  /** The first that tells anything counts, be it unreadable: another may mean something else. */
  private Expiry expiry(Role role) {
    for (String value : expiries(role)) {
      Expiry expiry = Expiry.of(value, LenientDates.read(value, dates));
      if (!(expiry instanceof Expiry.NotPublished)) {
        return expiry;
      }
    }
    return new Expiry.NotPublished();
  }

  /** Nothing but domains expires: those in its own section count first, then any. */
  private List<String> expiries(Role role) {
    List<String> all = new ArrayList<>(values(role));
    entries.stream()
        .filter(entry -> entry.role() == role)
        .filter(entry -> entry.section() == Section.CONTACT || role == Role.REGISTRAR_EXPIRES)
        .forEach(entry -> all.add(entry.value()));
    return all;
  }

  private Optional<RegistryDate> date(Role role) {
    for (String value : values(role)) {
      if (LenientDates.read(value, dates) instanceof DateRead.Told(RegistryDate date)) {
        return Optional.of(date);
      }
    }
    return Optional.empty();
  }

  /** Of the domain's own section. */
  private List<String> values(Role role) {
    return entries.stream()
        .filter(entry -> entry.role() == role && entry.isAboutDomain())
        .map(Entry::value)
        .toList();
  }

  private List<String> statuses() {
    List<String> raw = new ArrayList<>();
    for (Entry entry : entries) {
      if (!entry.section().isAboutDomain()) {
        continue;
      }
      if (entry.role() == Role.STATUS) {
        raw.addAll(parts(entry.value()));
      } else if (entry.role() == Role.DOMAIN) {
        Matcher stated = NAME_AND_STATE.matcher(entry.value());
        if (stated.matches() && StateWords.shipped().known(stated.group(2)).isPresent()) {
          raw.add(stated.group(2));
        }
      }
    }
    return distinct(raw, Limits.MAX_STATUSES);
  }

  /** Several states in one value are taken apart; a sentence stays what it is. */
  private static List<String> parts(String value) {
    String plain = URL.matcher(value).replaceAll("").strip();
    List<String> parts = SPLIT.splitAsStream(plain).filter(part -> !part.isBlank()).toList();
    if (parts.size() == 1 && StateWords.shipped().known(plain).isEmpty()) {
      List<String> words = List.of(plain.split("\\s+"));
      if (words.stream().allMatch(word -> StateWords.shipped().known(word).isPresent())) {
        return words;
      }
    }
    return parts.stream().map(FactsReader::briefly).toList();
  }

  /** Without an explanation, where the rest is a state that is known. */
  private static String briefly(String part) {
    String bare = StateWords.withoutExplanation(part);
    return StateWords.shipped().known(bare).isPresent() ? bare : part;
  }

  /** Each once, whatever its case. */
  private static List<String> distinct(List<String> texts, int limit) {
    List<String> kept = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    for (String text : texts) {
      String one = Limits.kept(text);
      if (!one.isEmpty() && kept.size() < limit && seen.add(one.toLowerCase(Locale.ROOT))) {
        kept.add(one);
      }
    }
    return kept;
  }

  /** Where it belongs, else wherever it stands that is not a contact's. */
  private Optional<String> registrar() {
    return registrar(entry -> entry.isAboutDomain() || entry.section() == Section.REGISTRAR)
        .or(() -> registrar(entry -> entry.section() != Section.CONTACT));
  }

  private Optional<String> registrar(Predicate<Entry> where) {
    return entries.stream()
        .filter(entry -> entry.role() == Role.REGISTRAR)
        .filter(where)
        .map(entry -> Limits.kept(entry.value()))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private List<String> nameServers() {
    List<String> hosts = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.role() == Role.NAME_SERVER && entry.section() != Section.OTHER) {
        hosts.addAll(hosts(entry.value()));
      }
    }
    return HostNames.sorted(hosts);
  }

  /** All hosts of a list; only the first word of a line that goes on in other words. */
  private static List<String> hosts(String value) {
    List<String> found = new ArrayList<>();
    for (String word : BETWEEN_HOSTS.split(value.strip())) {
      if (HostNames.qualified(word).isPresent()) {
        found.add(word);
      }
    }
    return found;
  }

  private List<String> locks(List<String> statuses) {
    List<String> locks = new ArrayList<>();
    statuses.stream()
        .filter(status -> StateWords.shipped().stateOf(status).isLock())
        .forEach(locks::add);
    values(Role.LOCK).stream()
        .filter(value -> StateWords.shipped().stateOf(value) == DomainState.LOCKED)
        .forEach(locks::add);
    return distinct(locks, Limits.MAX_LOCKS);
  }
}
