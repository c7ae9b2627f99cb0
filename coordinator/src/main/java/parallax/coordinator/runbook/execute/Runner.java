package parallax.coordinator.runbook.execute;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.runbook.Action;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.run.Claim;
import parallax.coordinator.run.Guard;
import parallax.coordinator.run.Run;
import parallax.coordinator.run.RunWish;
import parallax.coordinator.runbook.Facts;
import parallax.coordinator.runbook.local.LocalCommand;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;

/**
 * Runs actions on this machine: each on a virtual thread, few at a time, and only what it has taken
 * on in the record. Whatever becomes of it is written down in the notebook. Thread-safe.
 */
public final class Runner implements AutoCloseable {
  /** More do not run here at a time. */
  public static final int MAX_RUNNING = 8;

  /** Beyond the time of an action itself, to write down what came of it. */
  static final Duration SLACK = Duration.ofSeconds(30);

  /** Tries to write down what came of a run, and the time between them. */
  static final int TRIES = 10;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
  private static final Duration GOODBYE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  private final Ports ports;
  private final HttpSender http;
  private final Semaphore room = new Semaphore(MAX_RUNNING);
  private final Map<String, Thread> running = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /**
   * What is run with.
   *
   * @param nanos measures how long something takes
   * @param version of Parallax, for webhooks
   */
  public record Ports(
      Store store,
      InstantSource clock,
      LongSupplier nanos,
      LocalCommands commands,
      String version) {}

  /** What is about to be done. */
  private record Prepared(String what, Duration within, Doing doing) {}

  /** Does it, and waits for its end. */
  private interface Doing {
    ProcessRun.Ended with(Run run) throws InterruptedException;
  }

  public Runner(Ports ports) {
    this.ports = ports;
    http = new HttpSender(ports.version());
  }

  /** Why this machine does not do something; empty: it does. */
  public Optional<String> forbidden(Action action) {
    return switch (action.work()) {
      case Action.Work.Webhook _ -> Optional.empty();
      case Action.Work.Command(String name) ->
          ports.commands().find(name).isPresent()
              ? Optional.empty()
              : Optional.of(
                  "the command '" + name + "' is not in the file of commands of this coordinator");
    };
  }

  /** Runs it because somebody asked. Whether it runs or not is written down. */
  public Asked byHand(Order order) {
    Asked asked = asked(order, Optional.empty());
    if (asked instanceof Asked.Refused(_, String why)) {
      note(order, "refused: " + why);
    }
    return asked;
  }

  /** Runs it because a runbook says so. That it is forbidden is written down. */
  public Asked byItself(Order order, Guard guard) {
    Asked asked = asked(order, Optional.of(guard));
    if (asked instanceof Asked.Refused(Asked.Cause cause, String why)
        && cause == Asked.Cause.FORBIDDEN) {
      note(order, "refused: " + why);
    }
    return asked;
  }

  /** Tells, and writes down, what would be done. */
  public Asked dryRun(Order order) {
    Optional<String> forbidden = forbidden(order.action());
    if (forbidden.isPresent()) {
      note(order, "dry run, refused: " + forbidden.get());
      return new Asked.Refused(Asked.Cause.FORBIDDEN, forbidden.get());
    }
    String what = prepared(order).what();
    note(order, "dry run, nothing was done: " + what);
    return new Asked.Would(what);
  }

  private Asked asked(Order order, Optional<Guard> guard) {
    Optional<String> forbidden = forbidden(order.action());
    if (forbidden.isPresent()) {
      return new Asked.Refused(Asked.Cause.FORBIDDEN, forbidden.get());
    }
    if (closing || !room.tryAcquire()) {
      return new Asked.Refused(
          Asked.Cause.NO_ROOM, "this coordinator runs " + MAX_RUNNING + " actions already");
    }
    boolean handedOn = false;
    try {
      Prepared prepared = prepared(order);
      Claim claim = ports.store().runs().claim(wish(order, prepared), guard);
      if (claim instanceof Claim.Granted(Run run)) {
        start(run, prepared);
        handedOn = true;
        return new Asked.Started(run);
      }
      return refused(claim);
    } finally {
      if (!handedOn) {
        room.release();
      }
    }
  }

  private static RunWish wish(Order order, Prepared prepared) {
    return new RunWish(
        order.incident().id(),
        order.runbook().name(),
        order.action().name(),
        order.who(),
        prepared.what(),
        order.at().truncatedTo(ChronoUnit.MICROS),
        prepared.within());
  }

  private static Asked refused(Claim claim) {
    return switch (claim) {
      case Claim.Granted(Run run) -> new Asked.Started(run);
      case Claim.Running(Run run) ->
          new Asked.Refused(
              Asked.Cause.RUNNING, "it runs already, since " + run.began() + ", for " + run.who());
      case Claim.TooOften(var until) ->
          new Asked.Refused(Asked.Cause.NOT_NOW, "not by itself again before " + until);
      case Claim.Unsure(Run run) ->
          new Asked.Refused(
              Asked.Cause.NOT_NOW, "nobody knows what came of its run at " + run.began());
      case Claim.Outdated _ ->
          new Asked.Refused(Asked.Cause.NOT_NOW, "another coordinator decides by now");
      case Claim.Over _ -> new Asked.Refused(Asked.Cause.OVER, "the incident is over");
      case Claim.Full _ ->
          new Asked.Refused(Asked.Cause.NO_ROOM, "there is no room in the incident's notebook");
    };
  }

  private Prepared prepared(Order order) {
    return switch (order.action().work()) {
      case Action.Work.Webhook hook ->
          new Prepared(
              "a JSON document to its webhook, for at most " + ProcessRun.seconds(hook.timeout()),
              hook.timeout().plus(SLACK),
              run ->
                  new WebhookRun(http).run(hook, order.incident(), run, ports.clock().instant()));
      case Action.Work.Command(String name) -> {
        LocalCommand command = ports.commands().find(name).orElseThrow();
        yield new Prepared(
            "command %s (%s), for at most %s"
                .formatted(name, command.words(), ProcessRun.seconds(command.timeout())),
            command.timeout().plus(ProcessRun.GRACE.multipliedBy(2)).plus(SLACK),
            run ->
                new ProcessRun(command, ports.nanos())
                    .run(
                        Facts.of(
                            order.incident(), run.runbook(), run.action(), run.id(), run.who())));
      }
    };
  }

  private void start(Run run, Prepared prepared) {
    Thread thread =
        Thread.ofVirtual().name("parallax-run-" + run.id()).unstarted(() -> run(run, prepared));
    running.put(run.id(), thread);
    thread.start();
  }

  private void run(Run run, Prepared prepared) {
    ProcessRun.Ended ended;
    try {
      ended = prepared.doing().with(run);
    } catch (InterruptedException e) {
      ended = new ProcessRun.Ended(Run.Outcome.FAILED, "failed: the coordinator was ended");
    } catch (RuntimeException e) {
      LOG.error("run={} failed=true error={}", run.id(), e.toString(), e);
      ended = new ProcessRun.Ended(Run.Outcome.FAILED, "failed: an error of Parallax");
    }
    try {
      keep(run, ended);
    } finally {
      running.remove(run.id());
      room.release();
    }
  }

  /** Whatever is not written down in time is given up by whoever leads then. */
  private void keep(Run run, ProcessRun.Ended ended) {
    Run.End end =
        new Run.End(
            ports.clock().instant().truncatedTo(ChronoUnit.MICROS), ended.outcome(), ended.said());
    for (int tries = 1; tries <= TRIES; tries++) {
      try {
        ports.store().runs().ended(run.id(), end);
        LOG.info("run={} action=\"{}\" outcome={}", run.id(), run.step(), ended.outcome());
        return;
      } catch (StoreException e) {
        LOG.warn("run={} recorded=false try={} error=\"{}\"", run.id(), tries, e.getMessage());
      }
      if (closing || !waited()) {
        return;
      }
    }
  }

  private static boolean waited() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void note(Order order, String outcome) {
    try {
      ports
          .store()
          .note(
              order.incident().id(),
              order.who(),
              new Happening.Action(order.step(), outcome),
              order.at());
    } catch (StoreException e) {
      LOG.warn("action=\"{}\" noted=false error=\"{}\"", order.step(), e.getMessage());
    }
  }

  /** Ends what runs, and writes that down, for a bounded time. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    running.values().forEach(Thread::interrupt);
    try {
      if (!room.tryAcquire(MAX_RUNNING, GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("runs=closing why=\"did not end in {}\"", GOODBYE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
