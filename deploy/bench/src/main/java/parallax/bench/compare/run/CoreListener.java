package parallax.bench.compare.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import parallax.config.observation.Facts;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;

/** The product's own core, fed as its shell feeds it. */
public final class CoreListener implements Listener {

  private final World world;
  private final Map<TargetName, Integer> targets = new LinkedHashMap<>();
  private final Map<IncidentId, Alarm> alarms = new LinkedHashMap<>();
  private final long[] sequences;
  private State state = State.initial();

  public CoreListener(World world) {
    this.world = world;
    this.sequences = new long[world.vantages().size()];
    for (Watched target : world.targets()) {
      targets.put(target.name(), targets.size());
    }
  }

  @Override
  public void start(long now, Asking asking) {
    step(new Input.Configured(new Watchlist(world.targets())), now, asking);
  }

  @Override
  public void heard(int probe, long now, Asking asking) {
    Vantage vantage = world.vantages().probes().get(probe);
    Instant sent = Simulation.instant(now - Look.TRAVEL_MILLIS);
    Instant received = Simulation.instant(now);
    Beat beat = new Beat(vantage, Optional.empty(), Optional.empty(), sent, received);
    step(new Input.Heard(beat), now, asking);
  }

  @Override
  public void seen(Look look, long now, Asking asking) {
    Vantage vantage = world.vantages().probes().get(look.probe());
    Instant started = Simulation.instant(look.started());
    Observation observation =
        new Observation(
            new ObservationId(vantage.probe(), 0, sequences[look.probe()]++),
            vantage,
            world.targets().get(look.target()).name(),
            look.check(),
            look.answer().layer(),
            started,
            started,
            look.duration(),
            look.answer().outcome(),
            Timings.NONE,
            Facts.NONE);
    Evidence evidence = new Evidence(observation, Simulation.instant(now));
    step(new Input.Observed(evidence), now, asking);
  }

  @Override
  public long due() {
    Optional<Instant> due = state.due();
    return due.isEmpty() ? Alarm.NEVER : Simulation.millis(due.get());
  }

  @Override
  public void tick(long now, Asking asking) {
    step(new Input.Tick(), now, asking);
  }

  @Override
  public List<Alarm> alarms() {
    return List.copyOf(alarms.values());
  }

  private void step(Input input, long now, Asking asking) {
    Step step = Core.step(state, input, Simulation.instant(now));
    state = step.state();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.AskAgain question -> ask(question, asking);
        case Effect.IncidentChanged(Incident incident) ->
            alarms.merge(incident.id(), alarm(incident, now), Alarm::followedBy);
        case Effect.VerdictChanged _, Effect.TargetForgotten _, Effect.Tell _ -> {}
      }
    }
  }

  private void ask(Effect.AskAgain question, Asking asking) {
    asking.ask(
        world.vantages().indexOf(question.probe()),
        indexOf(question.target()),
        question.check(),
        question.after().toMillis());
  }

  private Alarm alarm(Incident incident, long now) {
    return new Alarm(
        incident.targets().stream().map(this::indexOf).toList(),
        Simulation.millis(incident.opened()),
        incident.published().map(Simulation::millis).orElse(Alarm.NEVER),
        incident.resolved().map(Simulation::millis).orElse(Alarm.NEVER),
        List.of(
            new Alarm.Label(
                now, incident.scope(), incident.regions(), incident.cause().culprit())));
  }

  private int indexOf(TargetName name) {
    return Objects.requireNonNull(targets.get(name), () -> "no such target: " + name);
  }
}
