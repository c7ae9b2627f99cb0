package parallax.deploy.replay;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.secret.SecretSource;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.configuration.Watchlists;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.state.State;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;

/**
 * A record as a coordinator leaves it, made on virtual time by the real core and the real store.
 */
final class LiveRecord {
  private static final Duration TRAVEL = Duration.ofMillis(40);
  private static final int BEAT_SECONDS = 10;

  private final Configuration configuration;
  private final List<Vantage> probes;
  private final Store store;
  private final Epoch epoch;
  private final Map<ProbeName, Long> sequences = new HashMap<>();
  private final Map<Instant, List<Looking>> asked = new HashMap<>();
  private State state = State.initial();
  private Instant now;

  private record Looking(Vantage probe, TargetName target) {}

  /** What a probe sees. */
  @FunctionalInterface
  interface World {
    boolean fails(Vantage probe, TargetName target, Instant at);
  }

  private LiveRecord(String yaml, List<Vantage> probes, Store store, Instant start) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("a.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    configuration = ((Loaded.Valid) loaded).configuration();
    this.probes = probes;
    this.store = store;
    this.epoch = store.takeOver();
    now = start;
  }

  /** So many probes, two a region. */
  static List<Vantage> probes(int count) {
    List<Vantage> probes = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      probes.add(
          new Vantage(
              new ProbeName("p" + index),
              new Region("r" + index / 2),
              Optional.of(64_500L + index)));
    }
    return probes;
  }

  /** Watches for a while and keeps in {@code folder} what a coordinator keeps. */
  static void make(
      Path folder, String yaml, List<Vantage> probes, World world, Instant start, Duration time) {
    try (Store store = SqliteStore.open(folder)) {
      LiveRecord live = new LiveRecord(yaml, probes, store, start);
      live.step(new Input.Configured(Watchlists.of(live.configuration)));
      for (long second = 0; second < time.toSeconds(); second++) {
        live.second(second, world);
      }
    }
  }

  private void second(long second, World world) {
    now = now.plusSeconds(1);
    for (int index = 0; index < probes.size(); index++) {
      Vantage probe = probes.get(index);
      if (second % BEAT_SECONDS == index % BEAT_SECONDS) {
        Instant sent = now.minus(TRAVEL);
        step(new Input.Heard(new Beat(probe, Optional.empty(), Optional.empty(), sent, now)));
      }
      for (Target target : configuration.targets()) {
        long interval = target.interval().toSeconds();
        if (second % interval == (index * interval / probes.size()) % interval) {
          look(probe, target.name(), world);
        }
      }
    }
    for (Looking again : asked.getOrDefault(now, List.of())) {
      look(again.probe(), again.target(), world);
    }
    asked.remove(now);
    step(new Input.Tick());
  }

  private void look(Vantage probe, TargetName target, World world) {
    Instant started = now.minus(TRAVEL.multipliedBy(2));
    Outcome outcome =
        world.fails(probe, target, now)
            ? Outcome.down(Reason.CONNECTION_REFUSED, "")
            : Outcome.up();
    Observation observation =
        new Observation(
            new ObservationId(probe.probe(), 1, sequences.merge(probe.probe(), 1L, Long::sum)),
            probe,
            target,
            CheckKind.HTTP,
            outcome.why().isPresent() ? Layer.TCP : Layer.CONTENT,
            started,
            started,
            TRAVEL,
            outcome,
            Timings.NONE,
            Facts.NONE);
    Evidence evidence = new Evidence(observation, now);
    step(new Input.Observed(evidence));
    store.append(List.of(evidence));
  }

  private void step(Input input) {
    Step step = Core.step(state, input, now);
    state = step.state();
    if (!step.effects().isEmpty()) {
      store.record(epoch, step.effects(), now);
    }
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.AskAgain again) {
        Instant when = now.plusSeconds(Math.max(1, again.after().toSeconds()));
        probes.stream()
            .filter(probe -> probe.probe().equals(again.probe()))
            .forEach(
                probe ->
                    asked
                        .computeIfAbsent(when, _ -> new ArrayList<>())
                        .add(new Looking(probe, again.target())));
      }
    }
  }
}
