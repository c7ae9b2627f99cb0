package parallax.coordinator.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.config.observation.Reason;
import parallax.config.target.Heartbeat;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.ingest.Decider;
import parallax.coordinator.store.Store;

/**
 * Decides about jobs itself, and leaves all else to the core, which never hears of them. Only ever
 * called from the decision thread.
 */
public final class JobDecider implements Decider {
  private final Decider core;
  private final Ports ports;
  private final TreeMap<TargetName, Job> jobs = new TreeMap<>();
  private final Map<TargetName, Store.Held> held = new TreeMap<>();
  private final Map<TargetName, Incident> open = new TreeMap<>();
  private Map<TargetName, Waited> waited = Map.of();

  /** A job as it is configured. */
  private record Waited(Heartbeat beat, Watched watched) {}

  /**
   * Where jobs come from.
   *
   * @param configuration the one in force
   * @param signs what jobs said last; empty before it was read
   */
  public record Ports(Supplier<Configuration> configuration, Supplier<Optional<Signs>> signs) {}

  private JobDecider(Decider core, Ports ports) {
    this.core = core;
    this.ports = ports;
  }

  /** Goes on from what the store remembers, and has the core go on from the rest. */
  public static Decider restored(
      Function<Store.Remembered, Decider> deciders, Store.Remembered remembered, Ports ports) {
    Map<TargetName, Heartbeat> beats = beats(ports.configuration().get());
    List<Store.Held> ofCore = new ArrayList<>();
    List<Store.Held> ofJobs = new ArrayList<>();
    for (Store.Held each : remembered.held()) {
      (beats.containsKey(each.newest().target()) ? ofJobs : ofCore).add(each);
    }
    List<Incident> openOfCore = remembered.open().stream().filter(each -> !isOfJob(each)).toList();
    JobDecider decider =
        new JobDecider(
            deciders.apply(
                new Store.Remembered(ofCore, openOfCore, remembered.told(), remembered.latest())),
            ports);
    ofJobs.forEach(each -> decider.held.put(each.newest().target(), each));
    remembered.open().stream()
        .filter(JobDecider::isOfJob)
        .forEach(each -> decider.open.put(each.targets().getFirst(), each));
    return decider;
  }

  private static boolean isOfJob(Incident incident) {
    Reason reason = incident.cause().finding().reason();
    return reason == Reason.JOB_SILENT || reason == Reason.JOB_FAILED;
  }

  private static Map<TargetName, Heartbeat> beats(Configuration configuration) {
    Map<TargetName, Heartbeat> beats = new TreeMap<>();
    for (Target target : configuration.targets()) {
      target.heartbeat().ifPresent(beat -> beats.put(target.name(), beat));
    }
    return beats;
  }

  @Override
  public List<Effect> decide(Input input, Instant now) {
    List<Effect> effects = new ArrayList<>();
    switch (input) {
      case Input.Configured(Watchlist all) -> {
        effects.addAll(core.decide(new Input.Configured(withoutJobs(all)), now));
        effects.addAll(configured(all, now));
      }
      case Input.Tick _ -> {
        effects.addAll(core.decide(input, now));
        ports
            .signs()
            .get()
            .filter(read -> read.tellOfSilence(now))
            .ifPresent(read -> effects.addAll(looked(read, now)));
      }
      case Input.Observed _, Input.Heard _, Input.Routed _, Input.Learnt _ ->
          effects.addAll(core.decide(input, now));
    }
    return effects;
  }

  /** Jobs are the targets that nobody looks at. */
  private static Watchlist withoutJobs(Watchlist all) {
    List<Watched> looked = all.targets().stream().filter(each -> !each.checks().isEmpty()).toList();
    return looked.size() == all.targets().size() ? all : new Watchlist(looked, all.rules());
  }

  private List<Effect> configured(Watchlist all, Instant now) {
    Map<TargetName, Heartbeat> beats = beats(ports.configuration().get());
    Map<TargetName, Waited> next = new TreeMap<>();
    List<Effect> effects = new ArrayList<>();
    for (Watched watched : all.targets()) {
      Optional<Heartbeat> beat = Optional.ofNullable(beats.get(watched.name()));
      if (watched.checks().isEmpty() && beat.isPresent()) {
        next.put(watched.name(), new Waited(beat.get(), watched));
        if (!jobs.containsKey(watched.name())) {
          effects.addAll(begin(watched.name(), now));
        }
      }
    }
    waited = next;
    for (Job job : List.copyOf(jobs.values())) {
      if (!next.containsKey(job.verdict().target())) {
        jobs.remove(job.verdict().target());
        effects.addAll(job.forgotten(now));
      }
    }
    // Of jobs that were taken out of the configuration while nobody led.
    for (Incident each : open.values()) {
      TargetName name = each.targets().getFirst();
      effects.addAll(Job.held(name, TargetState.UNKNOWN, now, Optional.of(each)).forgotten(now));
    }
    open.clear();
    held.clear();
    return effects;
  }

  /** Since when a job is waited for is recorded, so that whoever takes over knows it. */
  private List<Effect> begin(TargetName name, Instant now) {
    Optional<Store.Held> before = Optional.ofNullable(held.get(name));
    Optional<Incident> incident = Optional.ofNullable(open.remove(name));
    if (before.isEmpty()) {
      Job job = Job.held(name, TargetState.UNKNOWN, now, incident);
      jobs.put(name, job);
      return List.of(new Effect.VerdictChanged(job.verdict()));
    }
    jobs.put(name, Job.held(name, before.get().newest().state(), before.get().since(), incident));
    return List.of();
  }

  private List<Effect> looked(Signs read, Instant now) {
    List<Effect> effects = new ArrayList<>();
    for (Map.Entry<TargetName, Waited> each : waited.entrySet()) {
      Job.Next next =
          Objects.requireNonNull(jobs.get(each.getKey()), "every job that is waited for is known")
              .looked(
                  each.getValue().beat(),
                  read.of(each.getKey().value()),
                  each.getValue().watched(),
                  now);
      jobs.put(each.getKey(), next.job());
      effects.addAll(next.effects());
    }
    return effects;
  }

  /** Of jobs each regular tick finds out in time. */
  @Override
  public Optional<Instant> due() {
    return core.due();
  }

  @Override
  public Optional<Verdict> verdict(TargetName target) {
    Optional<Verdict> ofJob = Optional.ofNullable(jobs.get(target)).map(Job::verdict);
    return ofJob.or(() -> core.verdict(target));
  }

  @Override
  public List<Incident> openIncidents() {
    List<Incident> all = new ArrayList<>(core.openIncidents());
    jobs.values().forEach(job -> job.incident().ifPresent(all::add));
    return List.copyOf(all);
  }
}
