package parallax.bench.compare.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Watched;

/** Six probes, one target, a check of each probe every 60 s, of which that of probe 1 fails. */
final class SimulationTest {
  private static final Duration LENGTH = Duration.ofSeconds(60);

  private final List<String> heard = new ArrayList<>();

  @Test
  void resultsComeInTheOrderInWhichTheyArrive() {
    run(new Recorder(Alarm.NEVER, Alarm.NEVER));
    assertThat(heard)
        .containsExactly(
            "300: 0", "20100: failed 1", "20300: 2", "30300: 3", "40300: 4", "50300: 5");
  }

  @Test
  void anAskedCheckStartsAfterTheWayThereAndIsNotScheduled() {
    Recorder recorder = new Recorder(300, Alarm.NEVER);
    Simulation simulation = run(recorder);
    assertThat(heard).contains("900: asked 3");
    assertThat(simulation.askedCount(0)).isEqualTo(1);
    assertThat(simulation.scheduledCount()).isEqualTo(6);
  }

  @Test
  void aTickComesEachSecondWhileItIsDueWhateverElseHappensThen() {
    // Signs of life of six probes come at whole seconds every ten seconds, and so may ticks.
    run(new Recorder(Alarm.NEVER, 8_500));
    assertThat(heard).contains("9000: tick", "10000: tick", "11000: tick", "59000: tick");
    assertThat(heard).doesNotContain("8000: tick").doesNotHaveDuplicates();
  }

  private Simulation run(Listener listener) {
    Simulation simulation = new Simulation(new QuietWorld(), List.of(listener));
    simulation.run(LENGTH.toMillis());
    return simulation;
  }

  /** Asks probe 3 at one time, 200 ms later, and wants to be ticked from another. */
  private final class Recorder implements Listener {
    private final long askAt;
    private final long due;

    private Recorder(long askAt, long due) {
      this.askAt = askAt;
      this.due = due;
    }

    @Override
    public void seen(Look look, long now, Asking asking) {
      String how = (look.isAsked() ? "asked " : "") + (look.answer().failed() ? "failed " : "");
      heard.add(now + ": " + how + look.probe());
      if (now == askAt) {
        asking.ask(3, 0, look.check(), 200);
      }
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public void tick(long now, Asking asking) {
      heard.add(now + ": tick");
    }

    @Override
    public List<Alarm> alarms() {
      return List.of();
    }
  }

  private record QuietWorld() implements World {
    @Override
    public Vantages vantages() {
      return Vantages.perRegion(1);
    }

    @Override
    public List<Watched> targets() {
      return List.of(
          new Watched(new TargetName("t"), List.of(), cadences(), Dependencies.NONE, List.of(), 0));
    }

    @Override
    public List<Cadence> cadences() {
      return List.of(new Cadence(CheckKind.HTTP, LENGTH, Look.TIMEOUT));
    }

    @Override
    public boolean isSilent(int probe, long time) {
      return false;
    }

    @Override
    public Answer answer(int probe, int target, CheckKind check, long time) {
      return probe == 1 ? Answer.timeout(Reason.CONNECT_TIMEOUT) : Answer.fine(Layer.HTTP);
    }
  }
}
