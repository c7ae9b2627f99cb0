package parallax.probe.registration.whois;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.HostNames;
import parallax.probe.registration.Limits;
import parallax.probe.registration.RegistrationDates;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.RegistrationFacts.Provisional;
import parallax.probe.registration.date.DateContext;
import parallax.probe.registration.date.DateRead;
import parallax.probe.registration.date.LenientDates;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.status.DomainState;
import parallax.probe.registration.status.StateWords;

/**
 * Reads what JPRS prints. General-use names (example.jp) have {@code [Status]} and {@code [Expires
 * on]}. Organisational ones (example.or.jp) have neither: their {@code [State]} is followed by a
 * date in parentheses, which is the end of the registration while it stands, and the day of
 * deletion afterwards.
 */
final class JprsReader {
  private static final Pattern FIELD =
      Pattern.compile("^\\s*(?:[a-z]\\.\\s*)?\\[([^]]{1,40})]\\s*(.*)$");
  private static final Pattern STATE = Pattern.compile("^(.*?)\\s*\\(([^)]*)\\)\\s*$");
  private static final Pattern PROVISIONAL = Pattern.compile("(?i)\u4eee\u767b\u9332|provisional");

  /** Kinds of names that a body still being founded may hold provisionally. */
  private static final Pattern MAY_BE_PROVISIONAL = Pattern.compile(".*\\.(?:co|or)\\.jp");

  private enum Field {
    NAME,
    SERVER,
    STATUS,
    STATE,
    LOCK,
    CREATED,
    UPDATED,
    EXPIRES
  }

  private static final Map<String, Field> FIELDS = fields();

  private final DateContext dates;
  private final Map<Field, List<String>> values = new HashMap<>();
  private boolean provisional;

  private JprsReader(DateContext dates) {
    this.dates = dates;
  }

  /** Without a name and a state in the answer there are no facts. */
  static Optional<RegistrationFacts> read(List<String> lines, DateContext dates) {
    JprsReader reader = new JprsReader(dates);
    lines.forEach(reader::line);
    boolean tells =
        reader.values.containsKey(Field.STATUS) || reader.values.containsKey(Field.STATE);
    return tells && reader.values.containsKey(Field.NAME)
        ? Optional.of(reader.facts())
        : Optional.empty();
  }

  private static Map<String, Field> fields() {
    Map<String, Field> fields = new HashMap<>();
    fields.put("Domain Name", Field.NAME);
    fields.put("\u30c9\u30e1\u30a4\u30f3\u540d", Field.NAME);
    fields.put("Name Server", Field.SERVER);
    fields.put("\u30cd\u30fc\u30e0\u30b5\u30fc\u30d0", Field.SERVER);
    fields.put("Status", Field.STATUS);
    fields.put("State", Field.STATE);
    fields.put("\u72b6\u614b", Field.STATE);
    fields.put("Lock Status", Field.LOCK);
    fields.put("\u30ed\u30c3\u30af\u72b6\u614b", Field.LOCK);
    fields.put("Created on", Field.CREATED);
    fields.put("Registered Date", Field.CREATED);
    fields.put("\u767b\u9332\u5e74\u6708\u65e5", Field.CREATED);
    fields.put("Last Updated", Field.UPDATED);
    fields.put("Last Update", Field.UPDATED);
    fields.put("\u6700\u7d42\u66f4\u65b0", Field.UPDATED);
    fields.put("Expires on", Field.EXPIRES);
    fields.put("\u6709\u52b9\u671f\u9650", Field.EXPIRES);
    return fields;
  }

  private void line(String line) {
    provisional |= PROVISIONAL.matcher(line).find();
    Matcher matcher = FIELD.matcher(line);
    if (matcher.matches()) {
      Field field = FIELDS.get(matcher.group(1).strip());
      String value = matcher.group(2).strip();
      List<String> known =
          field == null ? List.of() : values.computeIfAbsent(field, _ -> new ArrayList<>());
      if (!value.isEmpty() && field != null && known.size() < Limits.MAX_NAME_SERVERS) {
        known.add(value);
      }
    }
  }

  private RegistrationFacts facts() {
    Matcher inParentheses = STATE.matcher(first(Field.STATE).orElse(""));
    boolean dated = inParentheses.matches();
    List<String> statuses = new ArrayList<>();
    first(Field.STATUS).ifPresent(statuses::add);
    if (dated) {
      statuses.add(inParentheses.group(1));
    } else {
      first(Field.STATE).ifPresent(statuses::add);
    }
    List<String> kept = statuses.stream().map(Limits::kept).toList();
    Optional<String> inState = dated ? Optional.of(inParentheses.group(2)) : Optional.empty();
    Expiry expiry =
        first(Field.EXPIRES)
            .or(() -> inState.filter(_ -> kept.stream().allMatch(JprsReader::stands)))
            .<Expiry>map(raw -> Expiry.of(raw, LenientDates.read(raw, dates)))
            .orElse(new Expiry.NotPublished());
    RegistrationDates told =
        new RegistrationDates(
            expiry, new Expiry.NotPublished(), date(Field.CREATED), date(Field.UPDATED));
    List<String> locks =
        values.getOrDefault(Field.LOCK, List.of()).stream().map(Limits::kept).toList();
    List<String> servers = HostNames.sorted(values.getOrDefault(Field.SERVER, List.of()));
    return new RegistrationFacts(
        name(), told, kept, Optional.empty(), servers, locks, provisional(told.created()));
  }

  /** While a registration stands the date beside its state is its end. */
  private static boolean stands(String status) {
    DomainState state = StateWords.shipped().stateOf(status);
    return state == DomainState.OK
        || state == DomainState.REGISTERED
        || state == DomainState.TO_BE_SUSPENDED;
  }

  private Optional<Provisional> provisional(Optional<RegistryDate> registered) {
    boolean possible =
        provisional || name().filter(of -> MAY_BE_PROVISIONAL.matcher(of).matches()).isPresent();
    return possible ? registered.map(day -> new Provisional(day, provisional)) : Optional.empty();
  }

  private Optional<String> name() {
    return first(Field.NAME).flatMap(HostNames::of);
  }

  private Optional<String> first(Field field) {
    return values.getOrDefault(field, List.of()).stream().findFirst();
  }

  private Optional<RegistryDate> date(Field field) {
    return first(field)
        .map(raw -> LenientDates.read(raw, dates))
        .flatMap(
            read ->
                read instanceof DateRead.Told(RegistryDate date)
                    ? Optional.of(date)
                    : Optional.empty());
  }
}
