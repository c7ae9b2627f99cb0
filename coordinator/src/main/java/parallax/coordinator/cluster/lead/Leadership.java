package parallax.coordinator.cluster.lead;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.cluster.discovery.MemberCard;
import parallax.coordinator.cluster.grid.GridConfig;
import parallax.coordinator.cluster.grid.GridNames;
import parallax.coordinator.cluster.grid.Majority;
import parallax.coordinator.cluster.grid.MemberAttributes;
import parallax.coordinator.cluster.pack.Wire;

/**
 * The oldest member leads, while there is a majority: it writes its term there once a second, and
 * stops when that did not succeed for {@link #LEASE}. A member that is cut off is missed by the
 * others after {@link parallax.coordinator.cluster.grid.GridConfig#HEARTBEAT_LIMIT_SECONDS}, which
 * is later; a member that was suspended notices that its clock jumped and stops at once. Still, two
 * may think that they lead for a moment: what is recorded and told is for the store's epoch to say.
 */
public final class Leadership implements AutoCloseable {
  /** For so long a member leads without hearing from a majority; shorter than the heartbeat. */
  static final Duration LEASE = Duration.ofSeconds(6);

  /** A member whose clock jumped by so much was suspended. */
  static final Duration MAX_PAUSE = Duration.ofSeconds(3);

  /** A member has to be the oldest of a majority for so long before it leads. */
  static final Duration SETTLE = Duration.ofSeconds(1);

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration RENEW = Duration.ofSeconds(1);
  private static final Duration MAX_CALL = Duration.ofSeconds(4);
  private static final Duration MAX_CLOSE = Duration.ofSeconds(10);
  private static final int KEY = 0;
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final HazelcastInstance hazelcast;
  private final Electorate electorate;
  private final long member;
  private final LongSupplier nanos;
  private final LeadershipListener listener;
  private final IMap<Integer, LeadChange.Lead> map;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("parallax-leadership").daemon().factory());
  private final ScheduledExecutorService calls =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("parallax-leadership-calls").daemon().factory());
  private final AtomicLong partitionsLost = new AtomicLong();

  private volatile Optional<Term> leading = Optional.empty();
  private volatile long renewedAt;
  private volatile LeadershipView view = new LeadershipView(List.of(), Optional.empty(), false, 0);
  private Optional<Optional<MemberCard>> told = Optional.empty();
  private Optional<Call> raising = Optional.empty();
  private Optional<Call> renewing = Optional.empty();
  private Optional<CompletableFuture<Void>> touching = Optional.empty();
  private boolean touched;
  private long settledSince;
  private long lastTick;
  private boolean closed;

  /**
   * Who decides that there is a majority.
   *
   * @param touch sets up everywhere what is used later; succeeds only with a majority
   */
  public record Electorate(Majority majority, Supplier<CompletableFuture<Void>> touch) {}

  private record Call(long begun, CompletableFuture<Long> answer) {}

  /** Begins to watch; the listener is told for the first time when it is known who leads. */
  public Leadership(
      HazelcastInstance hazelcast,
      Electorate electorate,
      long member,
      LongSupplier nanos,
      LeadershipListener listener) {
    this.hazelcast = hazelcast;
    this.electorate = electorate;
    this.member = member;
    this.nanos = nanos;
    this.listener = listener;
    this.map = hazelcast.getMap(GridNames.LEAD);
  }

  /** How it is told who leads. */
  public static List<Wire<?>> wires() {
    return List.of(LeadChange.WIRE, LeadChange.Lead.WIRE);
  }

  /** Begins. */
  public void start() {
    lastTick = nanos.getAsLong();
    settledSince = lastTick;
    hazelcast.getCluster().addMembershipListener(new Watch());
    hazelcast
        .getPartitionService()
        .addPartitionLostListener(
            event -> {
              // With its owner alone nothing is lost: a copy takes over.
              if (event.getLostBackupCount() >= GridConfig.BACKUPS) {
                partitionsLost.incrementAndGet();
                LOG.error("event=partition_lost partition={}", event.getPartitionId());
              }
            });
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleEvent.LifecycleState.MERGING
                  || event.getState() == LifecycleEvent.LifecycleState.SHUTTING_DOWN) {
                soon(() -> stop("lifecycle_" + event.getState()));
              }
            });
    ScheduledFuture<?> _ =
        ticks.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Members came or went: no need to wait for the next tick. */
  private final class Watch implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {
      soon(Leadership.this::tick);
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      soon(Leadership.this::tick);
    }
  }

  private void soon(Runnable task) {
    try {
      ticks.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.trace("event=leadership_closed", e);
    }
  }

  /** Whether this member leads, and a majority said so lately; cheap, for every thread. */
  public boolean leads() {
    return leading.isPresent() && nanos.getAsLong() - renewedAt < LEASE.toNanos();
  }

  /** How the cluster looks from here; cheap. */
  public LeadershipView view() {
    return view;
  }

  private void tick() {
    try {
      decide(nanos.getAsLong());
    } catch (RuntimeException e) { // an instance that stops throws; the tick must go on
      LOG.debug("event=leadership_tick_failed", e);
      stop("no_answer");
    }
    lastTick = nanos.getAsLong();
  }

  private void decide(long now) {
    if (closed) {
      return;
    }
    if (now - lastTick > MAX_PAUSE.toNanos()) {
      stop("suspended");
      settledSince = now;
      touched = false;
    }
    List<Member> members = List.copyOf(hazelcast.getCluster().getMembers());
    boolean majority = members.size() >= electorate.majority().quorum();
    touch(majority);
    boolean formed = majority && touched;
    boolean oldest = !members.isEmpty() && members.getFirst().localMember();
    if (!formed || !oldest) {
      settledSince = now;
    }
    if (leading.isPresent()) {
      goOnLeading(now, formed && oldest);
    } else if (formed && oldest && now - settledSince >= SETTLE.toNanos()) {
      raise(now);
    }
    Optional<MemberCard> leader =
        formed && (!oldest || leading.isPresent())
            ? Optional.of(MemberAttributes.card(members.getFirst()))
            : Optional.empty();
    view =
        new LeadershipView(
            members.stream().map(MemberAttributes::card).toList(),
            leader,
            formed,
            partitionsLost.get());
    if (leading.isEmpty()) {
      follow(leader);
    }
  }

  private void touch(boolean majority) {
    if (!majority) {
      touched = false;
      touching = Optional.empty();
    } else if (!touched) {
      if (touching.isPresent() && touching.get().isDone()) {
        touched = !touching.get().isCompletedExceptionally();
        touching = Optional.empty();
      }
      if (!touched && touching.isEmpty()) {
        touching = Optional.of(electorate.touch().get());
      }
    }
  }

  private void goOnLeading(long now, boolean may) {
    if (!may) {
      stop("not_oldest_of_majority");
      return;
    }
    if (renewing.isPresent() && renewing.get().answer().isDone()) {
      Call call = renewing.get();
      renewing = Optional.empty();
      if (!call.answer().isCompletedExceptionally()) {
        if (call.answer().join() == LeadChange.NOT_YOURS) {
          stop("superseded");
          return;
        }
        renewedAt = call.begun();
      }
    }
    if (now - renewedAt >= LEASE.toNanos()) {
      stop("no_majority_answered");
    } else if (renewing.isEmpty() && now - renewedAt >= RENEW.toNanos()) {
      long term = leading.orElseThrow().number();
      renewing = Optional.of(call(now, LeadChange.renew(term, member)));
    }
  }

  private void raise(long now) {
    if (raising.isEmpty()) {
      raising = Optional.of(call(now, LeadChange.raise(member)));
    } else if (raising.get().answer().isDone()) {
      Call call = raising.get();
      raising = Optional.empty();
      if (!call.answer().isCompletedExceptionally()
          && now - call.begun() < LEASE.toNanos()
          && call.begun() - settledSince >= 0) {
        Term term = new Term(call.answer().join());
        renewedAt = call.begun();
        leading = Optional.of(term);
        told = Optional.empty();
        LOG.info("event=leading term={}", term.number());
        calls.execute(() -> listener.lead(term));
      }
    }
  }

  private Call call(long now, LeadChange change) {
    CompletableFuture<Long> answer =
        map.submitToKey(KEY, change)
            .toCompletableFuture()
            .copy()
            .orTimeout(MAX_CALL.toMillis(), TimeUnit.MILLISECONDS)
            .thenApply(electorate.majority()::after);
    return new Call(now, answer);
  }

  private void stop(String why) {
    if (leading.isPresent()) {
      leading = Optional.empty();
      renewing = Optional.empty();
      LOG.warn("event=not_leading why={}", why);
      settledSince = nanos.getAsLong();
      follow(Optional.empty());
    }
  }

  private void follow(Optional<MemberCard> leader) {
    if (!told.equals(Optional.of(leader))) {
      told = Optional.of(leader);
      calls.execute(() -> listener.follow(leader));
    }
  }

  /** Stops leading, when it did, and watching; the listener has been told when this returns. */
  @Override
  public void close() {
    soon(
        () -> {
          stop("closing");
          closed = true;
          calls.shutdown();
          ticks.shutdown();
        });
    try {
      if (!ticks.awaitTermination(MAX_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
          || !calls.awaitTermination(MAX_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("event=leadership_close_timeout");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
