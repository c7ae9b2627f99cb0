package parallax.bench.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;
import parallax.config.observation.Observation;
import parallax.coordinator.core.state.State;

/**
 * What one observation costs the decision core on one thread, through evidence, verdict and
 * incident, with 10,000 targets and 12 probes. The ticks that fall due are part of it: the mean
 * holds everything, the median is an observation without a tick. {@code deploy/bench/core} runs it.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@org.openjdk.jmh.annotations.State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 4, time = 3)
public class CoreBenchmark {
  /** What goes wrong at the targets. */
  @Param World world;

  private final Load load = new Load();
  private Observation observation;

  /** Lets the core come to hold what it holds in such a world. */
  @Setup(Level.Trial)
  public void settle() {
    load.settle(world);
  }

  /** The world is no part of the time that is measured. */
  @Setup(Level.Invocation)
  public void look() {
    observation = load.next();
  }

  /** The next observation, with the ticks before it. */
  @Benchmark
  public State take() {
    return load.take(observation);
  }

  /** The world alone; its garbage is counted with that of {@link #take} and is to be taken off. */
  @Benchmark
  public Observation nothing() {
    return observation;
  }
}
