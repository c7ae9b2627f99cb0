package parallax.coordinator.api.events;

import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.Standing;

/**
 * Compares each snapshot with the one before and tells those who listen. One thread calls {@link
 * #tick} and {@link #beat}; any may join.
 */
final class Hub {
  /** More than these are turned away. */
  static final int MAX_LISTENERS = 500;

  /** How often the record is asked for how an incident ended before that is told without it. */
  static final int MAX_ASKED = 40;

  private static final Buffer BEAT = Buffer.buffer(": alive\n\n");
  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  private final Overview overview;
  private final Store store;
  private final InstantSource clock;
  private final Supplier<Standing> standing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Listener> listeners = new LinkedHashSet<>();

  /** Incidents that are over, and how often the record was asked for them. Of the one thread. */
  private final Map<IncidentId, Integer> ended = new LinkedHashMap<>();

  private Optional<Snapshot> before = Optional.empty();
  private Ring ring;

  Hub(Overview overview, Store store, InstantSource clock, Supplier<Standing> standing) {
    this.overview = overview;
    this.store = store;
    this.clock = clock;
    this.standing = standing;
    ring = new Ring(run());
  }

  private String run() {
    return Long.toHexString(clock.millis());
  }

  /** Tells what has changed since the last time. */
  void tick() {
    if (!(standing.get() instanceof Standing.Leads)) {
      forget();
      return;
    }
    Snapshot now = overview.snapshot();
    Optional<Snapshot> known = before;
    before = Optional.of(now);
    if (known.isEmpty()) {
      return;
    }
    Changes changes = Changes.between(known.get(), now);
    changes.ended().forEach(id -> ended.put(id, 0));
    List<Event> events = new ArrayList<>();
    changes.verdicts().forEach(change -> events.add(Event.verdict(change)));
    changes.incidents().forEach(incident -> events.add(Event.incident(incident)));
    changes.incidents().forEach(incident -> ended.remove(incident.id()));
    int verdicts = events.size() - changes.incidents().size();
    ends().forEach(events::add);
    if (!events.isEmpty() || !changes.isEmpty()) {
      int incidents = events.size() - verdicts;
      publish(events, Event.change(verdicts, Math.max(incidents, changes.ended().size())));
    }
  }

  /** How incidents ended, of which the record knows it by now. */
  private List<Event> ends() {
    List<Event> events = new ArrayList<>();
    Iterator<Map.Entry<IncidentId, Integer>> all = ended.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<IncidentId, Integer> each = all.next();
      Optional<Incident> over = recorded(each.getKey()).filter(incident -> !incident.isOpen());
      if (over.isPresent()) {
        events.add(Event.incident(over.get()));
        all.remove();
      } else if (each.getValue() >= MAX_ASKED) {
        events.add(Event.over(each.getKey()));
        all.remove();
      } else {
        each.setValue(each.getValue() + 1);
      }
    }
    return events;
  }

  private Optional<Incident> recorded(IncidentId id) {
    try {
      return store.incident(id);
    } catch (StoreException e) {
      LOG.debug("events=asks_again incident={} error=\"{}\"", id, e.getMessage());
      return Optional.empty();
    }
  }

  private void publish(List<Event> events, Event brief) {
    Buffer whole = Buffer.buffer();
    List<Listener> told;
    Buffer inShort;
    lock.lock();
    try {
      events.forEach(event -> whole.appendString(ring.add(event)));
      inShort = Buffer.buffer(brief.text(ring.position()));
      told = List.copyOf(listeners);
    } finally {
      lock.unlock();
    }
    for (Listener listener : told) {
      if (listener.brief()) {
        listener.offer(inShort);
      } else if (whole.length() > 0) {
        listener.offer(whole);
      }
    }
  }

  /** Somebody else tells from now on; what was numbered here is not gone on with. */
  private void forget() {
    if (before.isEmpty() && joined() == 0) {
      return;
    }
    before = Optional.empty();
    ended.clear();
    String next = run();
    lock.lock();
    try {
      ring = new Ring(next);
    } finally {
      lock.unlock();
    }
    close();
  }

  /** Keeps what is between here and the listeners from closing the connections. */
  void beat() {
    all().forEach(listener -> listener.offer(BEAT));
  }

  /**
   * Takes on one who listens, and tells what was missed. To be called on the listener's event loop.
   *
   * @param last the id of the last event that was seen; empty: none was
   * @return false: there are too many
   */
  boolean join(Listener listener, Optional<String> last) {
    Buffer first = Buffer.buffer("retry: 3000\n");
    lock.lock();
    try {
      if (listeners.size() >= MAX_LISTENERS) {
        return false;
      }
      listeners.add(listener);
      Optional<Buffer> missed = last.flatMap(ring::after);
      String from = missed.isPresent() ? last.orElseThrow() : ring.position();
      first.appendString(Event.hello(overview.version()).text(from));
      boolean lost = last.isPresent() && missed.isEmpty();
      boolean more = missed.filter(all -> all.length() > 0).isPresent();
      if (lost || (more && listener.brief())) {
        first.appendString(Event.reset().text(ring.position()));
      } else if (more) {
        first.appendBuffer(missed.orElseThrow());
      }
    } finally {
      lock.unlock();
    }
    listener.write(first);
    return true;
  }

  void leave(Listener listener) {
    lock.lock();
    try {
      listeners.remove(listener);
    } finally {
      lock.unlock();
    }
  }

  /** How many listen. */
  int joined() {
    return all().size();
  }

  private List<Listener> all() {
    lock.lock();
    try {
      return List.copyOf(listeners);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all streams; whoever wants to may come again. */
  void close() {
    all().forEach(listener -> listener.loop().runOnContext(_ -> listener.finish()));
  }
}
