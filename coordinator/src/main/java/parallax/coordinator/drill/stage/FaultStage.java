package parallax.coordinator.drill.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.check.CheckSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.coordinator.configuration.Watchlists;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.replay.scenario.Token;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;

/**
 * What is watched, as the probes that are heard see it, with faults laid over it. What fails in
 * reality is held to be fine, so that nobody takes its letters for a drill's.
 */
public final class FaultStage implements Stage {
  /** So long all is as usual before the drill begins, on virtual time only. */
  public static final Duration LEAD_IN = Duration.ofMinutes(5);

  /** So long after the last fault is waited for what comes of its end. */
  public static final Duration AFTER = Duration.ofMinutes(15);

  /** The most checks that are copied. */
  public static final int MAX_COPIES = 200_000;

  private static final long TRANSIT_MS = 100;
  private static final long USUAL_MS = 200;
  private static final long HOP_MS = 100;

  private final Snapshot snapshot;
  private final List<Fault> faults;
  private final Overlay overlay;
  private final Instant start;
  private final List<Vantage> vantages;
  private final Map<String, Copy> copies;
  private final Map<ProbeName, Long> sequences = new TreeMap<>();

  /** The faults hit nothing, or there is nothing that they could hit; the message says why. */
  public static final class Pointless extends Exception {
    private static final long serialVersionUID = 1L;

    Pointless(String message) {
      super(message);
    }
  }

  private FaultStage(
      Snapshot snapshot, List<Fault> faults, Overlay overlay, Instant begin, Copies copies) {
    this.snapshot = snapshot;
    this.faults = List.copyOf(faults);
    this.overlay = overlay;
    this.start = begin.minus(LEAD_IN);
    this.vantages = copies.vantages();
    this.copies = copies.checks();
  }

  /** What is copied. */
  private record Copies(List<Vantage> vantages, Map<String, Copy> checks) {}

  /**
   * What is watched now, with faults.
   *
   * @param usual how long a fault lasts that does not say it
   * @param begin when the faults begin, at the earliest
   * @throws Pointless when a fault makes no difference to any check, or no probe is heard
   */
  public static Stage of(Snapshot snapshot, List<Fault> faults, Duration usual, Instant begin)
      throws Pointless {
    Copies copies = copies(snapshot);
    if (copies.checks().isEmpty()) {
      throw new Pointless("no probe has been heard lately, so there is nothing to copy");
    }
    if (copies.checks().size() > MAX_COPIES) {
      throw new Pointless("more than " + MAX_COPIES + " checks are made; use a scenario");
    }
    for (Fault fault : faults) {
      if (copies.checks().values().stream().noneMatch(copy -> Overlay.hits(fault, copy))) {
        throw new Pointless(
            "'%s' hits nothing: no check of such a target from such a probe looks at that"
                .formatted(fault.written()));
      }
    }
    Overlay overlay = new Overlay(faults, LEAD_IN.toMillis(), usual);
    return new FaultStage(snapshot, faults, overlay, begin, copies);
  }

  private static Copies copies(Snapshot snapshot) {
    Map<ProbeName, Vantage> heard = new TreeMap<>();
    for (ProbeView probe : snapshot.probes()) {
      if (snapshot.isHeard(probe)) {
        heard.put(probe.vantage().probe(), probe.vantage());
      }
    }
    Map<String, Copy> checks = new LinkedHashMap<>();
    for (TargetView view : snapshot.targets()) {
      for (Evidence look : view.looks()) {
        Observation seen = look.observation();
        Optional<CheckSpec> spec = view.target().check(seen.check());
        if (spec.isPresent() && seen.vantage().equals(heard.get(seen.vantage().probe()))) {
          Copy copy =
              new Copy(
                  view.target(),
                  seen,
                  spec.get().interval(view.target().interval()),
                  spec.get().timeout());
          checks.put(copy.key(), copy);
        }
      }
    }
    return new Copies(List.copyOf(heard.values()), checks);
  }

  @Override
  public String title() {
    return String.join(" ", faults.stream().map(Fault::written).toList());
  }

  @Override
  public Configuration configuration() {
    return snapshot.configuration();
  }

  @Override
  public List<Input> setting() {
    Watchlist all = Watchlists.of(snapshot.configuration(), snapshot.silences());
    List<Watched> looked = all.targets().stream().filter(each -> !each.checks().isEmpty()).toList();
    List<Input> inputs = new ArrayList<>();
    inputs.add(new Input.Configured(new Watchlist(looked, all.rules())));
    inputs.addAll(new Known(snapshot.configuration()).of(copies.values(), start));
    return inputs;
  }

  @Override
  public List<Planned> opening() {
    List<Planned> first = new ArrayList<>();
    long beatMs = Fleet.BEAT.toMillis();
    for (int index = 0; index < vantages.size(); index++) {
      first.add(Planned.acts(index * beatMs / vantages.size(), beats(vantages.get(index))));
    }
    long slot = 0;
    for (Copy copy : copies.values()) {
      // Whatever looks seldom looks once in the lead-in, too: so it is known how it is.
      long within = Math.min(copy.interval().toMillis(), LEAD_IN.toMillis());
      first.add(scheduled(copy, within * slot++ / copies.size()));
    }
    return first;
  }

  private Planned.Act beats(Vantage vantage) {
    return atMs -> {
      List<Planned> next = new ArrayList<>();
      if (!overlay.isSilent(vantage, atMs)) {
        long arrivesMs = atMs + TRANSIT_MS;
        Beat beat = new Beat(vantage, Optional.empty(), Optional.empty(), at(atMs), at(arrivesMs));
        next.add(Planned.arrives(arrivesMs, new Input.Heard(beat)));
      }
      next.add(Planned.acts(atMs + Fleet.BEAT.toMillis(), beats(vantage)));
      return next;
    };
  }

  private Planned scheduled(Copy copy, long atMs) {
    return Planned.acts(
        atMs,
        now -> {
          List<Planned> next = new ArrayList<>(look(copy, now));
          next.add(scheduled(copy, now + copy.interval().toMillis()));
          return next;
        });
  }

  private List<Planned> look(Copy copy, long atMs) {
    Optional<Overlay.Hit> hit = overlay.of(copy, atMs);
    if (hit.isEmpty()) {
      return List.of(arrives(copy, atMs, usual(copy)));
    }
    return switch (hit.get()) {
      case Overlay.Hit.Silence() -> List.of();
      case Overlay.Hit.Sees(Token token) -> List.of(arrives(copy, atMs, hit(copy, token)));
    };
  }

  /** What a look finds. */
  private record Sight(Layer layer, Outcome outcome, long tookMs) {}

  /** What was seen last, if that was fine. */
  private static Sight usual(Copy copy) {
    Observation last = copy.last();
    return last.outcome() instanceof Outcome.Up
        ? new Sight(last.layer(), last.outcome(), last.duration().toMillis())
        : new Sight(Overlay.deepest(last.check()), Outcome.up(), USUAL_MS);
  }

  private static Sight hit(Copy copy, Token token) {
    long tookMs = token.timeout() ? copy.timeout().toMillis() : USUAL_MS;
    return new Sight(token.layer(), token.outcome(), tookMs);
  }

  private Planned arrives(Copy copy, long atMs, Sight sight) {
    Vantage vantage = copy.vantage();
    long sequence = sequences.merge(vantage.probe(), 1L, Long::sum);
    Observation observation =
        new Observation(
            new ObservationId(vantage.probe(), start.toEpochMilli(), sequence),
            vantage,
            copy.target().name(),
            copy.last().check(),
            sight.layer(),
            at(atMs),
            at(atMs),
            Duration.ofMillis(sight.tookMs()),
            sight.outcome(),
            Timings.NONE,
            Facts.NONE);
    long arrivesMs = atMs + sight.tookMs() + TRANSIT_MS;
    return Planned.arrives(arrivesMs, new Input.Observed(new Evidence(observation, at(arrivesMs))));
  }

  @Override
  public List<Planned> asked(Effect.AskAgain ask, long atMs) {
    String key = ask.probe() + " " + ask.target() + " " + ask.check();
    long startMs = atMs + HOP_MS + Math.max(0, ask.after().toMillis());
    return Optional.ofNullable(copies.get(key)).stream()
        .map(copy -> Planned.acts(startMs, now -> look(copy, now)))
        .toList();
  }

  private Instant at(long atMs) {
    return start.plusMillis(atMs);
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public long leadInMs() {
    return LEAD_IN.toMillis();
  }

  @Override
  public long lengthMs() {
    return overlay.endMs() + AFTER.toMillis();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    int open = snapshot.open().size();
    if (open > 0) {
      remarks.add(open + " incidents are open in reality; here what they hit is taken to be fine");
    }
    long unheard = snapshot.probes().stream().filter(each -> !snapshot.isHeard(each)).count();
    if (unheard > 0) {
      remarks.add(unheard + " probes are not heard in reality, and take no part");
    }
    return List.copyOf(remarks);
  }
}
