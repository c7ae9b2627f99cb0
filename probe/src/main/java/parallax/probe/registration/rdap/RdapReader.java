package parallax.probe.registration.rdap;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.HostNames;
import parallax.probe.registration.Limits;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.NotParsed;
import parallax.probe.registration.Registration.NotRegistered;
import parallax.probe.registration.Registration.RateLimited;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.Registration.Unavailable;
import parallax.probe.registration.RegistrationDates;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.date.DateContext;
import parallax.probe.registration.date.DateOrder;
import parallax.probe.registration.date.DateRead;
import parallax.probe.registration.date.LenientDates;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.date.RegistryDate.Moment;
import parallax.probe.registration.date.RegistryDate.WallTime;
import parallax.probe.registration.status.StateWords;

/**
 * Reads the answer to an RDAP domain query (RFC 9083 section 5.3), leniently: members of the wrong
 * type count as absent, one value where a list belongs as a list of one.
 */
public final class RdapReader {
  private static final DateContext RFC_3339 = new DateContext(DateOrder.UNKNOWN, ZoneOffset.UTC);
  private static final Pattern QUOTA =
      Pattern.compile("quota|rate.?limit|too many|throttl|limit (?:exceeded|reached)");
  private static final Pattern SPACES = Pattern.compile("[\\s_-]+");

  /** Entities within entities are looked at this far down. */
  private static final int MAX_ENTITY_DEPTH = 4;

  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERRORS = 500;
  private static final int PROPERTY_NAME = 0;
  private static final int PROPERTY_VALUE = 3;

  /** What {@code answer}, the body of a response, says. */
  public Registration read(byte[] answer) {
    if (answer.length == 0) {
      return new Unavailable("an empty answer");
    }
    if (answer.length > Limits.MAX_ANSWER_BYTES) {
      return new NotParsed("longer than " + Limits.MAX_ANSWER_BYTES + " bytes");
    }
    Optional<Json> document = JsonReader.read(answer);
    if (document.isEmpty()) {
      return new NotParsed("no JSON document within bounds");
    }
    Json root = document.get();
    Optional<Integer> error = root.get("errorCode").text().flatMap(RdapReader::number);
    if (error.isPresent()) {
      return error(error.get(), root);
    }
    boolean domain = is(root.get("objectClassName"), "domain");
    boolean named = root.get("ldhName").text().or(() -> root.get("unicodeName").text()).isPresent();
    if (domain || (named && !root.get("events").each().isEmpty())) {
      return new Registered(facts(root));
    }
    String notices = words(root.get("notices"));
    return QUOTA.matcher(notices).find()
        ? new RateLimited(Limits.kept(notices))
        : new NotParsed("neither a domain nor an error");
  }

  private static Registration error(int code, Json root) {
    String words =
        Limits.kept(
            code
                + " "
                + root.get("title").text().orElse("")
                + " "
                + root.get("description").each().stream()
                    .flatMap(line -> line.text().stream())
                    .findFirst()
                    .orElse(""));
    String all = words(root.get("title")) + words(root.get("description"));
    boolean refused = code == FORBIDDEN || code == UNAUTHORIZED || code == TOO_MANY;
    if (refused || (code != NOT_FOUND && QUOTA.matcher(all).find())) {
      return new RateLimited(words);
    }
    if (code == NOT_FOUND) {
      return new NotRegistered(words);
    }
    return code >= SERVER_ERRORS ? new Unavailable(words) : new NotParsed(words);
  }

  private static RegistrationFacts facts(Json root) {
    RegistrationDates dates =
        new RegistrationDates(
            expiry(root, "expiration"),
            expiry(root, "registrar expiration"),
            event(root, "registration").flatMap(RdapReader::told),
            event(root, "last changed").flatMap(RdapReader::told));
    List<String> statuses =
        root.get("status").each().stream()
            .flatMap(status -> status.text().stream())
            .map(Limits::kept)
            .filter(status -> !status.isEmpty())
            .distinct()
            .limit(Limits.MAX_STATUSES)
            .toList();
    List<String> locks =
        statuses.stream()
            .filter(status -> StateWords.shipped().stateOf(status).isLock())
            .limit(Limits.MAX_LOCKS)
            .toList();
    return new RegistrationFacts(
        name(root),
        dates,
        statuses,
        registrar(root, 0),
        nameServers(root),
        locks,
        Optional.empty());
  }

  private static Optional<String> name(Json object) {
    return object
        .get("ldhName")
        .text()
        .flatMap(HostNames::of)
        .or(() -> object.get("unicodeName").text().flatMap(HostNames::of));
  }

  private static List<String> nameServers(Json root) {
    List<String> names = new ArrayList<>();
    for (Json server : root.get("nameservers").each()) {
      name(server).or(() -> server.text().flatMap(HostNames::of)).ifPresent(names::add);
    }
    return HostNames.sorted(names);
  }

  /** RFC 9083 section 10.2.3: actions are words with spaces; some servers leave those out. */
  private static Optional<String> event(Json root, String action) {
    return root.get("events").each().stream()
        .filter(event -> is(event.get("eventAction"), action))
        .flatMap(event -> event.get("eventDate").text().stream())
        .findFirst();
  }

  private static Expiry expiry(Json root, String action) {
    return event(root, action)
        .<Expiry>map(raw -> Expiry.of(raw, exact(LenientDates.read(raw, RFC_3339))))
        .orElse(new Expiry.NotPublished());
  }

  private static Optional<RegistryDate> told(String raw) {
    return exact(LenientDates.read(raw, RFC_3339)) instanceof DateRead.Told(RegistryDate date)
        ? Optional.of(date)
        : Optional.empty();
  }

  /** RFC 3339: a time with its offset is a moment. */
  private static DateRead exact(DateRead read) {
    return read instanceof DateRead.Told(WallTime time)
        ? new DateRead.Told(new Moment(time.earliest()))
        : read;
  }

  private static Optional<String> registrar(Json object, int depth) {
    if (depth > MAX_ENTITY_DEPTH) {
      return Optional.empty();
    }
    for (Json entity : object.get("entities").each()) {
      boolean registrar =
          entity.get("roles").each().stream().anyMatch(role -> is(role, "registrar"));
      Optional<String> name = registrar ? called(entity) : registrar(entity, depth + 1);
      if (name.isPresent()) {
        return name;
      }
    }
    return Optional.empty();
  }

  /** The name in its jCard (RFC 7095), else its handle. */
  private static Optional<String> called(Json entity) {
    return cardValue(entity, "fn")
        .or(() -> cardValue(entity, "org"))
        .or(() -> entity.get("handle").text())
        .map(Limits::kept)
        .filter(name -> !name.isEmpty());
  }

  private static Optional<String> cardValue(Json entity, String property) {
    return entity.get("vcardArray").each().stream()
        .skip(1)
        .flatMap(properties -> properties.each().stream())
        .map(Json::each)
        .filter(parts -> parts.size() > PROPERTY_VALUE && is(parts.get(PROPERTY_NAME), property))
        .flatMap(parts -> parts.get(PROPERTY_VALUE).each().stream())
        .flatMap(value -> value.text().stream())
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static boolean is(Json value, String word) {
    return value.text().filter(text -> letters(text).equals(letters(word))).isPresent();
  }

  private static String letters(String text) {
    return SPACES.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** Titles and descriptions of notices, or plain texts, in lower case. */
  private static String words(Json notices) {
    StringBuilder words = new StringBuilder();
    for (Json notice : notices.each()) {
      notice.text().ifPresent(text -> words.append(text).append(' '));
      notice.get("title").text().ifPresent(text -> words.append(text).append(' '));
      notice
          .get("description")
          .each()
          .forEach(line -> line.text().ifPresent(text -> words.append(text).append(' ')));
    }
    return words.toString().toLowerCase(Locale.ROOT);
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
