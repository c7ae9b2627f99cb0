package parallax.coordinator.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.target.Target;
import parallax.coordinator.configuration.Watchlists;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.desk.DeskInput;
import parallax.coordinator.desk.DeskStep;
import parallax.coordinator.silence.Silence;

/**
 * The core, and the desk behind it. An input that one of them stumbles over is left out, so that
 * the others go on. Of the decision thread only.
 */
final class Supervised {
  /** So long after a tick of the core what became due since may have one of its own. */
  static final Duration SOON = Duration.ofMillis(100);

  /** Such ticks may take one part in so many of the time. */
  static final int SHARE = 20;

  private static final Logger LOG = LoggerFactory.getLogger(DecisionLoop.class);

  private final DecisionLoop.Ports ports;
  private final LongSupplier nanos;
  private Desk desk;
  private SortedMap<String, Instant> failing = new TreeMap<>();
  private long ticked;
  private long pause = SOON.toNanos();

  Supervised(DecisionLoop.Ports ports, LongSupplier nanos) {
    this.ports = ports;
    this.nanos = nanos;
    desk = ports.desk();
    ticked = nanos.getAsLong();
  }

  /** Tells the core that time has passed. */
  List<Effect> passed(Instant now) {
    long started = nanos.getAsLong();
    List<Effect> effects = decide(new Input.Tick(), "tick", now);
    ticked = nanos.getAsLong();
    pause = Math.max(SOON.toNanos(), (ticked - started) * (SHARE - 1));
    return effects;
  }

  /**
   * The same ahead of the next tick, where something is due by now: who is to be woken up need not
   * wait for the second to be full. Not where that would cost more than its share.
   */
  List<Effect> due(Instant now) {
    return nanos.getAsLong() - ticked >= pause
            && ports.decider().due().filter(due -> !due.isAfter(now)).isPresent()
        ? passed(now)
        : List.of();
  }

  /** What the core makes of an input; to whom it speaks is not said yet. */
  List<Effect> decide(Input input, String kind, Instant now) {
    List<Effect> effects = decideUnlogged(input, kind, now);
    effects.stream().filter(effect -> !(effect instanceof Effect.Tell)).forEach(Supervised::log);
    return effects;
  }

  /** Unlogged: that targets begin unknown, or are gone, is one piece of news, not thousands. */
  List<Effect> configured(Configuration value, List<Silence> silences, Instant now) {
    hear(new DeskInput.Configured(value), now);
    hear(new DeskInput.Silenced(silences.stream().<DeskInput.Silence>map(Hush::new).toList()), now);
    return decideUnlogged(new Input.Configured(Watchlists.of(value, silences)), "configured", now);
  }

  /** A silence as the desk sees it. */
  private record Hush(Silence silence) implements DeskInput.Silence {
    @Override
    public boolean covers(Target target, Instant now) {
      return silence.covers(now) && silence.matches(target.name(), target.labels());
    }
  }

  private List<Effect> decideUnlogged(Input input, String kind, Instant now) {
    long started = nanos.getAsLong();
    try {
      return ports.decider().decide(input, now);
    } catch (RuntimeException e) {
      stumbled(kind, e);
      return List.of();
    } finally {
      ports.took().accept(nanos.getAsLong() - started);
    }
  }

  /** What the core decided, with those who are to be told. */
  List<Effect> addressed(List<Effect> effects, Instant now) {
    return effects.isEmpty()
        ? effects
        : told(new DeskInput.Decided(effects), now).orElseGet(() -> addressedSingly(effects, now));
  }

  /** What cannot be addressed is recorded nevertheless. */
  private List<Effect> addressedSingly(List<Effect> effects, Instant now) {
    List<Effect> all = new ArrayList<>();
    for (Effect effect : effects) {
      List<Effect> alone = List.of(effect);
      all.addAll(told(new DeskInput.Decided(alone), now).orElse(alone));
    }
    return all;
  }

  /** The same, and what is to be told because time has passed. */
  List<Effect> ticked(List<Effect> effects, Instant now) {
    List<Effect> all = new ArrayList<>(addressed(effects, now));
    health(now);
    all.addAll(told(new DeskInput.Tick(), now).orElse(List.of()));
    return all;
  }

  /** Receivers at which nothing arrives, and since when, as of the last tick. */
  SortedMap<String, Instant> failing() {
    return failing;
  }

  private void health(Instant now) {
    SortedMap<String, Instant> known = failing;
    failing = ports.failing().get();
    known.keySet().stream()
        .filter(name -> !failing.containsKey(name))
        .forEach(name -> hear(new DeskInput.ReceiverWorks(name), now));
    failing.forEach(
        (name, since) -> {
          if (!since.equals(known.get(name))) {
            hear(new DeskInput.ReceiverFails(name, since), now);
          }
        });
  }

  /** Takes in what leads to no letter before the next tick. */
  void hear(DeskInput input, Instant now) {
    told(input, now);
  }

  /** One step of the desk; empty when it stumbles, and then none was taken. */
  private Optional<List<Effect>> told(DeskInput input, Instant now) {
    try {
      DeskStep step = desk.step(input, now);
      desk = step.desk();
      step.effects().stream().filter(Effect.Tell.class::isInstance).forEach(Supervised::log);
      return Optional.of(step.effects());
    } catch (RuntimeException e) {
      stumbled("desk", e);
      return Optional.empty();
    }
  }

  private void stumbled(String input, RuntimeException e) {
    ports.failures().count(input);
    LOG.error("decision=failed input={} error={}", input, e.toString(), e);
  }

  private static void log(Effect effect) {
    StateLog.of(effect).ifPresent(line -> line.accept(LOG));
  }
}
