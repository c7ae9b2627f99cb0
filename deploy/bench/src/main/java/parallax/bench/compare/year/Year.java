package parallax.bench.compare.year;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import parallax.bench.compare.run.Answer;
import parallax.bench.compare.run.Look;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.run.World;
import parallax.bench.compare.year.Timeline.Stretch;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Watched;

/** A year of a few targets that share nothing. */
public final class Year implements World {
  public static final int TARGETS = 4;
  public static final Duration INTERVAL = Duration.ofSeconds(60);

  /** The length of a year, which may be cut short. */
  public static final int DAYS = 365;

  private static final List<Cadence> CADENCES =
      List.of(new Cadence(CheckKind.HTTP, INTERVAL, Look.TIMEOUT));
  private static final Answer FINE = Answer.fine(Layer.HTTP);
  private static final Answer FAILED = Answer.timeout(Reason.CONNECT_TIMEOUT);
  private static final List<Watched> WATCHED =
      IntStream.range(0, TARGETS).mapToObj(Year::watched).toList();

  private final Vantages vantages;
  private final long length;
  private final List<TrueEvent> events;
  private final List<OwnFault> faults;
  private final List<Timeline> silences;
  private final Timeline[] paths;
  private final long[] keys;

  /** The year that {@code key} stands for, or its first days. */
  public Year(Rates rates, Vantages vantages, long key, int days) {
    this.vantages = vantages;
    this.length = Duration.ofDays(days).toMillis();
    YearDraws draws = new YearDraws(rates, vantages, key, length);
    this.events = draws.events();
    this.faults = draws.faults();
    this.silences =
        IntStream.range(0, vantages.size())
            .mapToObj(probe -> new Timeline(0, silences(probe)))
            .toList();
    this.paths = new Timeline[vantages.size() * TARGETS];
    this.keys = new long[paths.length];
    for (int path = 0; path < paths.length; path++) {
      List<Stretch> stretches = new ArrayList<>(draws.bursts(path));
      stretches.addAll(troubles(path / TARGETS, path % TARGETS));
      paths[path] = new Timeline(draws.loss(path), stretches);
      keys[path] = Draws.key(key, path);
    }
  }

  /** In milliseconds of virtual time. */
  public long length() {
    return length;
  }

  /** Sorted by time. */
  public List<TrueEvent> events() {
    return events;
  }

  /** Trouble on our own side. */
  public List<OwnFault> faults() {
    return faults;
  }

  @Override
  public Vantages vantages() {
    return vantages;
  }

  @Override
  public List<Watched> targets() {
    return WATCHED;
  }

  @Override
  public List<Cadence> cadences() {
    return CADENCES;
  }

  @Override
  public boolean isSilent(int probe, long time) {
    return silences.get(probe).at(time) > 0;
  }

  @Override
  public Answer answer(int probe, int target, CheckKind check, long time) {
    int path = probe * TARGETS + target;
    return Draws.uniform(keys[path], time) < paths[path].at(time) ? FAILED : FINE;
  }

  private List<Stretch> silences(int probe) {
    return faults.stream()
        .filter(fault -> fault.kind() == OwnFault.Kind.PROBE_SILENT && hits(fault.probes(), probe))
        .map(fault -> new Stretch(fault.from(), fault.until(), 1))
        .toList();
  }

  private List<Stretch> troubles(int probe, int target) {
    List<Stretch> troubles = new ArrayList<>();
    for (TrueEvent event : events) {
      if (event.target() == target && hits(event.probes(), probe)) {
        troubles.add(new Stretch(event.from(), event.until(), event.share()));
      }
    }
    for (OwnFault fault : faults) {
      if (hits(fault.probes(), probe)) {
        troubles.add(new Stretch(fault.from(), fault.until(), fault.share()));
      }
    }
    return troubles;
  }

  private static boolean hits(int probes, int probe) {
    return (probes >> probe & 1) == 1;
  }

  private static Watched watched(int number) {
    return new Watched(
        new TargetName("t" + (number + 1)), List.of(), CADENCES, Dependencies.NONE, List.of(), 0);
  }
}
