package parallax.coordinator.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import parallax.config.Configuration;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.desk.DeskInput;
import parallax.coordinator.desk.DeskStep;
import parallax.coordinator.notify.Outbox;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;

/**
 * Everything behind the core: the desk, the record, the outbox and the real carriers, by a clock
 * that a test moves. After every step it waits until the outbox has nothing more to do at that
 * time.
 */
public final class Pipeline implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** The longest attempt of any carrier, and a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Store store;
  private final Epoch epoch;
  private final Idle idle;
  private final Configuration configuration;
  private final List<String> outcomes = new CopyOnWriteArrayList<>();
  private final List<Notice> told = new ArrayList<>();
  private Outbox outbox;
  private Desk desk = Desk.EMPTY;
  private SortedMap<String, Instant> failing = new TreeMap<>();
  private volatile Instant now;

  /** One that begins at {@code start}. */
  public Pipeline(Path folder, Configuration configuration, Instant start) {
    this.configuration = configuration;
    now = start;
    store = SqliteStore.open(folder);
    epoch = store.takeOver();
    idle = new Idle(store);
    outbox = outbox(List.of());
    desk = desk.step(new DeskInput.Configured(configuration), now).desk();
  }

  private Outbox outbox(List<Store.Delivery> known) {
    return Outbox.start(
        new Outbox.Settings(
            idle.store(),
            () -> configuration,
            () -> now,
            new SplittableRandom(1),
            "test",
            (receiver, outcome) -> outcomes.add(receiver + " " + outcome)),
        known);
  }

  /** The process ends and another goes on with the record. */
  public void restart() {
    outbox.close();
    outbox = outbox(store.remembered().told());
  }

  /** What the core decided now. */
  public void decided(Effect effect) {
    step(new DeskInput.Decided(List.of(effect)));
    if (effect instanceof Effect.IncidentChanged) {
      store.record(epoch, List.of(effect), now);
    }
  }

  /** Somebody takes care of an incident, as the desk hears it. */
  public void acknowledged(DeskInput.Acknowledged deed) {
    step(deed);
  }

  /** Time passes, a second at a time, and what is due is sent. */
  public void pass(Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      tick();
      idle.await(outbox);
    }
  }

  /** The same where nothing fails: the outbox has something to do only when it is told so. */
  public void passTo(Instant end) {
    while (!now.plus(SECOND).isAfter(end)) {
      tick();
    }
  }

  private void tick() {
    now = now.plus(SECOND);
    SortedMap<String, Instant> before = failing;
    failing = outbox.failing();
    before.keySet().stream()
        .filter(name -> !failing.containsKey(name))
        .forEach(name -> step(new DeskInput.ReceiverWorks(name)));
    failing.forEach(
        (name, since) -> {
          if (!since.equals(before.get(name))) {
            step(new DeskInput.ReceiverFails(name, since));
          }
        });
    step(new DeskInput.Tick());
  }

  private void step(DeskInput input) {
    DeskStep step = desk.step(input, now);
    desk = step.desk();
    List<Effect> tells =
        step.effects().stream().filter(effect -> effect instanceof Effect.Tell).toList();
    if (!tells.isEmpty()) {
      store.record(epoch, tells, now);
      tells.forEach(tell -> told.add(((Effect.Tell) tell).notice()));
      idle.await(outbox);
    }
  }

  public Instant now() {
    return now;
  }

  /** {@code RECEIVER OUTCOME} of every attempt, in order. */
  public List<String> outcomes() {
    return List.copyOf(outcomes);
  }

  /** What the desk wanted told, in order. */
  public List<Notice> told() {
    return List.copyOf(told);
  }

  public SortedMap<String, Instant> failing() {
    return outbox.failing();
  }

  public Store store() {
    return store;
  }

  @Override
  public void close() {
    outbox.close();
    store.close();
  }

  /** Knows by what the outbox asks of the record when it has nothing to do. */
  private static final class Idle {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Store store;
    private long begun;
    private long foundNothing;
    private int underWay;

    Idle(Store real) {
      store =
          (Store)
              Proxy.newProxyInstance(
                  Idle.class.getClassLoader(),
                  new Class<?>[] {Store.class},
                  (_, method, arguments) -> called(real, method, arguments));
    }

    Store store() {
      return store;
    }

    private Object called(Store real, Method method, Object[] arguments) throws Throwable {
      String name = method.getName();
      long number = name.equals("claim") ? begin() : 0;
      Object answer;
      try {
        answer = method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
      if (name.equals("claim")) {
        claimed(number, ((List<?>) answer).size());
      } else if (name.equals("delivered") || name.equals("failed")) {
        settled();
      }
      return answer;
    }

    private long begin() {
      lock.lock();
      try {
        return ++begun;
      } finally {
        lock.unlock();
      }
    }

    private void claimed(long number, int count) {
      lock.lock();
      try {
        underWay += count;
        if (count == 0 && underWay == 0) {
          foundNothing = number;
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }

    private void settled() {
      lock.lock();
      try {
        underWay--;
      } finally {
        lock.unlock();
      }
    }

    /** Until a look that began after this found nothing to do. */
    void await(Outbox outbox) {
      lock.lock();
      try {
        long before = begun;
        outbox.wake();
        long left = PATIENCE.toNanos();
        while (foundNothing <= before) {
          if (left <= 0) {
            throw new AssertionError("the outbox is still busy");
          }
          left = changed.awaitNanos(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      } finally {
        lock.unlock();
      }
    }
  }
}
