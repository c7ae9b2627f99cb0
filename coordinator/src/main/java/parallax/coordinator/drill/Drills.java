package parallax.coordinator.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.coordinator.drill.stage.FaultStage;
import parallax.coordinator.drill.stage.ScenarioStage;
import parallax.coordinator.drill.stage.Stage;
import parallax.coordinator.notify.DrillPost;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;

/** The drills of a coordinator that leads: one at a time. Thread-safe. */
public final class Drills implements AutoCloseable {
  /** The longest that one takes in real time. */
  public static final Duration MAX_TAKES = Duration.ofHours(24);

  private static final Duration GOODBYE = Duration.ofSeconds(5);
  private static final String ACTION = "drill";
  private static final int ID_BASE = 36;
  private static final Logger LOG = LoggerFactory.getLogger(Drills.class);

  private final Ports ports;
  private volatile Optional<Drill> newest = Optional.empty();

  /**
   * What drills go by.
   *
   * @param overview what is configured and watched
   * @param store for the audit log, and nothing else
   * @param leads whether this coordinator does
   */
  public record Ports(
      Overview overview,
      Store store,
      InstantSource clock,
      LongSupplier nanos,
      BooleanSupplier leads) {}

  public Drills(Ports ports) {
    this.ports = ports;
  }

  /** What came of asking for a drill. */
  public sealed interface Answer {
    record Begun(Report report) implements Answer {}

    /** Another one goes on. */
    record Busy(Report report) implements Answer {}

    /**
     * It would make no sense.
     *
     * @param why for people
     */
    record Refused(String why) implements Answer {}
  }

  /**
   * Begins a drill; blocks until that is in the audit log.
   *
   * @param who asks for it
   * @throws StoreException when the record cannot be written; then none begins
   */
  public synchronized Answer begin(Order order, String who) {
    Optional<Drill> going = newest.filter(drill -> !drill.isOver());
    if (going.isPresent()) {
      return new Answer.Busy(going.get().report());
    }
    Instant asked = ports.clock().instant();
    Stage stage;
    try {
      stage = stage(order, asked.truncatedTo(ChronoUnit.SECONDS));
    } catch (FaultStage.Pointless e) {
      return new Answer.Refused(String.valueOf(e.getMessage()));
    }
    Duration length = Duration.ofMillis(stage.lengthMs() - stage.leadInMs());
    boolean takesLong =
        order.pace().filter(pace -> length.dividedBy(pace).compareTo(MAX_TAKES) > 0).isPresent();
    if (takesLong) {
      return new Answer.Refused(
          "it would take longer than " + MAX_TAKES.toHours() + " hours; choose a higher pace");
    }
    String id = Long.toString(asked.toEpochMilli(), ID_BASE);
    audit(who, "begun", new Ledger(id, order, stage, who, asked).report(), asked);
    Drill drill = drill(stage, order, new Ledger(id, order, stage, who, asked));
    newest = Optional.of(drill);
    drill.start();
    return new Answer.Begun(drill.report());
  }

  private Stage stage(Order order, Instant now) throws FaultStage.Pointless {
    Stage first = stage(order.what(), order.begin().orElse(now));
    boolean isPast = order.send() && order.pace().isEmpty() && order.begin().isEmpty();
    if (!isPast) {
      return first;
    }
    return stage(order.what(), now.minusMillis(first.lengthMs() - first.leadInMs()));
  }

  private Stage stage(Order.What what, Instant begin) throws FaultStage.Pointless {
    Snapshot snapshot = ports.overview().snapshot();
    Configuration inForce = ports.overview().configuration().configuration();
    return switch (what) {
      case Order.What.Labelled(var scenario, var labels) ->
          ScenarioStage.of(scenario, inForce, labels, begin);
      case Order.What.Faults(var faults, Duration usual) ->
          FaultStage.of(snapshot, faults, usual, begin);
    };
  }

  private Drill drill(Stage stage, Order order, Ledger ledger) {
    Optional<DrillPost> post =
        order.send()
            ? Optional.of(new DrillPost(ports.clock(), ports.overview().version()))
            : Optional.empty();
    return new Drill(
        stage,
        ports.overview().snapshot().silences(),
        order,
        ledger,
        new Drill.Ports(post, ports.clock(), ports.nanos(), ports.leads(), this::over));
  }

  private void over(Report report) {
    String why = report.ended().map(Report.End::why).orElse("");
    LOG.info("drill=over id={} letters={} why=\"{}\"", report.id(), report.letters().size(), why);
    try {
      audit(report.who(), "ended (" + why + ")", report, ports.clock().instant());
    } catch (StoreException e) {
      LOG.warn("drill=not_audited id={} why=\"{}\"", report.id(), e.getMessage());
    }
  }

  private void audit(String who, String what, Report report, Instant at) {
    String detail =
        "%s %s: %s; %s, %s"
            .formatted(
                what,
                report.id(),
                report.title(),
                report.send() ? "letters are sent" : "nothing is sent",
                report.pace().map(pace -> pace + " times real time").orElse("at once"));
    ports.store().audit(new AuditEntry(who, ACTION, detail), at);
  }

  /** The one that goes on, or the last one since the start of the process. */
  public Optional<Report> newest() {
    return newest.map(Drill::report);
  }

  /**
   * Stops the one that goes on; whoever was sent something of it is told that it is over.
   *
   * @return its report so far; empty when none goes on
   */
  public Optional<Report> stop(String who) {
    Optional<Drill> going = newest.filter(drill -> !drill.isOver());
    going.ifPresent(drill -> drill.stop("stopped by " + who));
    return going.map(Drill::report);
  }

  /** The one that people may notice now: it takes its time, or they get letters. */
  public Optional<Report> noticed() {
    return newest()
        .filter(report -> report.ended().isEmpty())
        .filter(report -> report.send() || report.pace().isPresent());
  }

  /** Stops the one that goes on and waits for its end, for a bounded time. */
  @Override
  public void close() {
    Optional<Drill> last = newest;
    last.ifPresent(drill -> drill.stop("the coordinator ended"));
    try {
      for (Drill drill : last.stream().toList()) {
        drill.join(GOODBYE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
