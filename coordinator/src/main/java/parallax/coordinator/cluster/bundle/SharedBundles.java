package parallax.coordinator.cluster.bundle;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.cluster.grid.GridNames;
import parallax.coordinator.cluster.grid.MemberAttributes;
import parallax.coordinator.cluster.pack.Wire;

/**
 * Bundles in a map of the cluster, looked at at a fixed pace. All that may block happens on one
 * thread of its own, the follower's work as well.
 */
public final class SharedBundles implements SharedConfiguration, AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(500);
  private static final Duration MAX_CLOSE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(SharedBundles.class);

  private final HazelcastInstance hazelcast;
  private final IMap<Long, Stored> map;
  private final IMap<String, Long> ready;
  private final BundleFollower follower;
  private final LongSupplier nanos;
  private final BooleanSupplier leads;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("parallax-configuration").daemon().factory());

  private volatile Optional<Bundle> active = Optional.empty();
  private Optional<Bundle> prepared = Optional.empty();
  private long waitingSince;

  /**
   * Begins to look.
   *
   * @param leads whether this member leads, and so makes a published bundle active
   */
  public SharedBundles(
      HazelcastInstance hazelcast,
      BundleFollower follower,
      LongSupplier nanos,
      BooleanSupplier leads) {
    this.hazelcast = hazelcast;
    this.map = hazelcast.getMap(GridNames.BUNDLE);
    this.ready = hazelcast.getMap(GridNames.READY);
    this.follower = follower;
    this.nanos = nanos;
    this.leads = leads;
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::look, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How bundles are told. */
  public static List<Wire<?>> wires() {
    return List.of(Stored.HEAD_WIRE, Stored.BODY_WIRE);
  }

  @Override
  public CompletionStage<Boolean> publish(Bundle bundle) {
    Stored.Body body = Stored.Body.of(bundle);
    try {
      return CompletableFuture.supplyAsync(() -> publish(bundle.revision(), body), thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(false);
    }
  }

  private boolean publish(long revision, Stored.Body body) {
    try {
      Optional<Stored.Head> before = head();
      if (before.isPresent() && before.get().revision() >= revision) {
        return false;
      }
      map.set(revision, body);
      Stored.Head published = new Stored.Head(revision, false);
      boolean done =
          before.isPresent()
              ? map.replace(Stored.HEAD, before.get(), published)
              : map.putIfAbsent(Stored.HEAD, published) == null;
      if (done) {
        LOG.info("event=bundle_published revision={}", revision);
        long keptFrom = before.map(Stored.Head::revision).orElse(revision);
        map.keySet().stream()
            .filter(key -> key != Stored.HEAD && key < keptFrom)
            .forEach(map::delete);
      }
      return done;
    } catch (RuntimeException e) { // no majority, or no answer
      LOG.warn("event=bundle_not_published revision={} why={}", revision, e.getClass().getName());
      return false;
    }
  }

  private Optional<Stored.Head> head() {
    return Optional.ofNullable(map.get(Stored.HEAD))
        .filter(Stored.Head.class::isInstance)
        .map(Stored.Head.class::cast);
  }

  private void look() {
    try {
      Optional<Stored.Head> head = head();
      if (head.isEmpty()) {
        return;
      }
      long revision = head.get().revision();
      if (active.isPresent() && active.get().revision() >= revision) {
        return;
      }
      if (prepared.isEmpty() || prepared.get().revision() != revision) {
        prepare(revision);
      }
      if (head.get().active()) {
        prepared.filter(bundle -> bundle.revision() == revision).ifPresent(this::apply);
      } else if (leads.getAsBoolean() && (allReady(revision) || waitedLongEnough())) {
        boolean activated = map.replace(Stored.HEAD, head.get(), new Stored.Head(revision, true));
        LOG.info("event=bundle_active revision={} by_us={}", revision, activated);
        if (activated) {
          // Whoever leads judges what probes see by the others' leave: it is the first to know.
          prepared.filter(bundle -> bundle.revision() == revision).ifPresent(this::apply);
        }
      }
    } catch (RuntimeException e) { // no majority, or no answer: the next look is due soon
      LOG.debug("event=bundle_not_read", e);
    }
  }

  private void prepare(long revision) {
    if (map.get(revision) instanceof Stored.Body body) {
      Bundle bundle = body.bundle();
      waitingSince = nanos.getAsLong();
      prepared = Optional.of(bundle);
      if (follower.prepare(bundle)) {
        ready.set(MemberAttributes.id(hazelcast.getCluster().getLocalMember()), revision);
      } else {
        LOG.warn("event=bundle_not_ready revision={}", revision);
      }
    }
  }

  private boolean allReady(long revision) {
    Set<String> present =
        hazelcast.getCluster().getMembers().stream()
            .map(MemberAttributes::id)
            .collect(Collectors.toSet());
    ready.keySet().stream().filter(id -> !present.contains(id)).forEach(ready::delete);
    return ready.getAll(present).values().stream().filter(at -> at == revision).count()
        == present.size();
  }

  private boolean waitedLongEnough() {
    return nanos.getAsLong() - waitingSince
        >= Duration.ofSeconds(SharedConfiguration.MAX_WAIT_SECONDS).toNanos();
  }

  private void apply(Bundle bundle) {
    active = Optional.of(bundle);
    prepared = Optional.empty();
    try {
      follower.apply(bundle);
    } catch (RuntimeException e) {
      LOG.error("event=bundle_not_applied revision={}", bundle.revision(), e);
    }
  }

  @Override
  public Optional<Bundle> active() {
    return active;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(MAX_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
