package parallax.coordinator.status.edition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.publicpage.StatusPage;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.status.model.Ledger;
import parallax.coordinator.status.model.PublicIncident.Update;
import parallax.coordinator.status.model.StatusBoards;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.view.Snapshot;

/**
 * What the record holds of incidents that the public may know of. Blocks; used by one thread at a
 * time. While the record cannot be read it tells what it knows.
 */
final class Ledgers {
  /** With this, whatever the case, a note begins that is for the public. */
  static final String PUBLIC = "public:";

  /** The longest of what is told to the public, in UTF-16 code units. */
  static final int MAX_UPDATE = 2_000;

  /** More of one incident are not told: the oldest. */
  static final int MAX_UPDATES = 50;

  /** Incidents that are over are read again after this. */
  static final Duration REREAD = Duration.ofMinutes(1);

  /** What was said to incidents that are over is read again after this. */
  static final Duration REREAD_NOTES = Duration.ofMinutes(5);

  /** An incident that began before this is not looked for. */
  private static final Duration OLDEST = StatusBoards.PAST.multipliedBy(2);

  private static final int PAGE = 200;
  private static final int MAX_READ = 2_000;
  private static final Logger LOG = LoggerFactory.getLogger(Ledgers.class);

  private final Store store;
  private final Map<IncidentId, Said> said = new LinkedHashMap<>();
  private List<Incident> past = List.of();
  private List<IncidentId> open = List.of();
  private Instant read = Instant.MIN;

  private record Said(Instant read, List<Update> updates) {}

  Ledgers(Store store) {
    this.store = store;
  }

  /** What is known of what the public may know of. */
  Ledger of(Snapshot snapshot, Instant now) {
    Set<TargetName> names = names(snapshot);
    if (names.isEmpty()) {
      return Ledger.EMPTY;
    }
    try {
      readPast(snapshot, names, now);
      readNotes(snapshot, names, now);
    } catch (StoreException e) {
      LOG.warn("status=unread error=\"{}\"", e.getMessage());
    }
    Map<IncidentId, List<Update>> updates = new LinkedHashMap<>();
    said.forEach((id, known) -> updates.put(id, known.updates()));
    return new Ledger(past, updates);
  }

  private static Set<TargetName> names(Snapshot snapshot) {
    StatusPage page = snapshot.configuration().statusPage();
    TreeSet<TargetName> names = new TreeSet<>();
    snapshot.targets().stream()
        .filter(view -> page.services().anyMatch(service -> service.includes(view.target())))
        .forEach(view -> names.add(view.target().name()));
    return names;
  }

  private void readPast(Snapshot snapshot, Set<TargetName> names, Instant now) {
    List<IncidentId> lasting = snapshot.open().stream().map(Incident::id).toList();
    boolean fresh = !now.isBefore(read) && now.minus(REREAD).isBefore(read);
    if (fresh && lasting.equals(open)) {
      return;
    }
    List<Incident> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    int seen = 0;
    boolean more = true;
    while (more) {
      Store.Page<Incident> page = store.incidents(Optional.of(false), cursor, PAGE);
      seen += page.items().size();
      page.items().stream().filter(incident -> isPublic(incident, names)).forEach(found::add);
      boolean old =
          page.items().stream().anyMatch(each -> each.opened().isBefore(now.minus(OLDEST)));
      cursor = page.next();
      more = cursor.isPresent() && !old && seen < MAX_READ;
    }
    past = found.stream().limit(StatusBoards.MAX_SHOWN).toList();
    open = lasting;
    read = now;
  }

  private void readNotes(Snapshot snapshot, Set<TargetName> names, Instant now) {
    List<Incident> lasting =
        snapshot.open().stream()
            .filter(incident -> isPublic(incident, names))
            .limit(StatusBoards.MAX_SHOWN)
            .toList();
    List<IncidentId> all =
        Stream.concat(lasting.stream(), past.stream()).map(Incident::id).toList();
    said.keySet().retainAll(all);
    for (Incident incident : lasting) {
      said.put(incident.id(), new Said(now, updates(incident.id())));
    }
    for (Incident incident : past) {
      Instant at = said.containsKey(incident.id()) ? said.get(incident.id()).read() : Instant.MIN;
      if (at.isBefore(now.minus(REREAD_NOTES)) || at.isAfter(now)) {
        said.put(incident.id(), new Said(now, updates(incident.id())));
      }
    }
  }

  private static boolean isPublic(Incident incident, Set<TargetName> names) {
    return incident.targets().stream().anyMatch(names::contains);
  }

  private List<Update> updates(IncidentId incident) {
    List<Update> all =
        store.notebook(incident).stream().flatMap(entry -> update(entry).stream()).toList();
    return all.subList(Math.max(0, all.size() - MAX_UPDATES), all.size());
  }

  private static Optional<Update> update(Entry entry) {
    return entry.what() instanceof Happening.Note(String text)
            && text.toLowerCase(Locale.ROOT).startsWith(PUBLIC)
        ? Optional.of(text.substring(PUBLIC.length()).strip())
            .filter(words -> !words.isEmpty())
            .map(words -> new Update(entry.happened(), bounded(words)))
        : Optional.empty();
  }

  private static String bounded(String text) {
    String clean = PlainText.text(text);
    if (clean.length() <= MAX_UPDATE) {
      return clean;
    }
    boolean halved = Character.isHighSurrogate(clean.charAt(MAX_UPDATE - 1));
    return clean.substring(0, MAX_UPDATE - (halved ? 1 : 0)) + "…";
  }
}
