package parallax.coordinator.status.edition;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.status.model.StatusBoards;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;

/**
 * The newest edition: for at most {@link #LONGEST}, and for {@link #LOOK} at least, what was made
 * for one reader is given to all. Thread-safe.
 */
public final class Editions {
  /** An edition is not given out for longer than this. */
  public static final Duration LONGEST = Duration.ofSeconds(10);

  /** How often somebody looks whether another one is due. */
  public static final Duration LOOK = Duration.ofSeconds(1);

  /** So old an edition may be that is given out while another one is made. */
  static final Duration RECENT = Duration.ofMinutes(1);

  /** How long one waits for that otherwise. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Overview overview;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Ledgers ledgers;
  private final ReentrantLock making = new ReentrantLock();
  private volatile Optional<Held> held = Optional.empty();

  /**
   * An edition.
   *
   * @param shows what it was made of, as far as it makes a difference
   */
  private record Held(Edition edition, List<String> shows, long made, long looked) {}

  public Editions(Overview overview, Store store, InstantSource clock, LongSupplier nanos) {
    this.overview = overview;
    this.clock = clock;
    this.nanos = nanos;
    ledgers = new Ledgers(store);
  }

  /** A leaf that can be given out at once; never blocks. */
  public Optional<Rendered> ready(Leaf leaf) {
    return held.filter(this::isLookedAt).flatMap(fresh -> fresh.edition().made(leaf));
  }

  private boolean isLookedAt(Held known) {
    return nanos.getAsLong() - known.looked() < LOOK.toNanos();
  }

  /**
   * The newest edition; may read the record. While somebody else makes another one, the one before
   * is given out if it is not old.
   *
   * @throws StoreException when there is none, and none can be made in time
   */
  public Edition newest() {
    Optional<Held> known = held;
    if (known.filter(this::isLookedAt).isPresent()) {
      return known.get().edition();
    }
    boolean recent =
        known.filter(last -> nanos.getAsLong() - last.made() < RECENT.toNanos()).isPresent();
    if (isMine(recent ? Duration.ZERO : PATIENCE)) {
      try {
        return renewed();
      } finally {
        making.unlock();
      }
    }
    return known
        .map(Held::edition)
        .orElseThrow(() -> new StoreException("what the public sees takes too long to make"));
  }

  private boolean isMine(Duration patience) {
    try {
      return making.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Edition renewed() {
    Optional<Held> known = held;
    if (known.filter(this::isLookedAt).isPresent()) {
      return known.get().edition();
    }
    Snapshot snapshot = snapshot();
    List<String> shows = shows(snapshot);
    long now = nanos.getAsLong();
    Optional<Held> same =
        known
            .filter(before -> now - before.made() < LONGEST.toNanos())
            .filter(before -> before.shows().equals(shows))
            .map(before -> new Held(before.edition(), shows, before.made(), now));
    Held next = same.orElseGet(() -> new Held(make(snapshot), shows, now, now));
    held = Optional.of(next);
    return next.edition();
  }

  /** By the configuration that is in force now: what is no longer public goes at once. */
  private Snapshot snapshot() {
    Snapshot known = overview.snapshot();
    return new Snapshot(
        known.at(),
        overview.configuration().configuration(),
        known.targets(),
        known.open(),
        known.probes());
  }

  private Edition make(Snapshot snapshot) {
    Instant at = clock.instant();
    Instant now = at.isBefore(snapshot.at()) ? snapshot.at() : at;
    return new Edition(StatusBoards.of(snapshot, ledgers.of(snapshot, now), now));
  }

  /** What a change of which is shown at once. */
  private static List<String> shows(Snapshot snapshot) {
    StringBuilder states = new StringBuilder(8 * snapshot.targets().size());
    for (TargetView view : snapshot.targets()) {
      states.append(view.verdict().state().name()).append(' ');
    }
    List<String> shows = new ArrayList<>();
    shows.add(snapshot.configuration().revision());
    shows.add(states.toString());
    for (Incident incident : snapshot.open()) {
      shows.add(incident.id() + " " + incident.published() + " " + incident.scope());
    }
    return shows;
  }
}
