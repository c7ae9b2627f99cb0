package parallax.deploy.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import parallax.config.check.CheckKind;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.observation.ProbeName;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.probe.schedule.Due;
import parallax.probe.schedule.Schedule;

/**
 * What the schedule itself costs for each check that is due: finding it, handing it over, taking it
 * back. Run with {@code java -jar deploy/bench/target/benchmarks.jar ScheduleBenchmark -prof gc}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScheduleBenchmark {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** How many targets are assigned. */
  @Param({"100", "10000", "100000"})
  int targets;

  private final Schedule schedule = new Schedule(new ProbeName("bench"));
  private final List<Due> due = new ArrayList<>();
  private final List<Target> assigned = new ArrayList<>();
  private Instant now = START;

  /** Assigns the targets and passes over their first looks. */
  @Setup
  public void assign() {
    for (int number = 0; number < targets; number++) {
      assigned.add(target("target-" + number));
    }
    schedule.assign(assigned, START);
    while (now.isBefore(START.plus(INTERVAL.multipliedBy(2)))) {
      now = schedule.nextDue().orElseThrow();
      schedule.due(now, one -> schedule.finished(one.ticket()));
    }
  }

  static Target target(String name) {
    TcpSpec spec =
        new TcpSpec(new ServerAddress("127.0.0.1", 9), Naming.SYSTEM, Duration.ofSeconds(10));
    return new Target(
        new TargetName(name),
        Optional.empty(),
        new TreeMap<>(),
        INTERVAL,
        List.of(),
        List.of(spec));
  }

  /** The clock goes to the next check that is due, which is made. */
  @Benchmark
  public void oneDueCheck(Blackhole hole) {
    now = schedule.nextDue().orElseThrow();
    schedule.due(now, due::add);
    for (Due one : due) {
      hole.consume(one);
      schedule.finished(one.ticket());
    }
    due.clear();
  }

  /** Asked when nothing is due, as most ticks are. */
  @Benchmark
  public void nothingDue() {
    schedule.due(now, due::add);
  }

  /** An extra look asked for while one is pending. */
  @Benchmark
  public boolean lookAgain() {
    return schedule.checkNow(assigned.getFirst().name(), CheckKind.TCP, now.plusSeconds(60));
  }

  /** The same targets once more, as after a change of one line. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public void reassignAll() {
    schedule.assign(assigned, now);
  }
}
