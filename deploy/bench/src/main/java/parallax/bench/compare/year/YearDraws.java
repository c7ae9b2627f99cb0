package parallax.bench.compare.year;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.year.Rates.Lengths;
import parallax.bench.compare.year.Rates.Poisson;
import parallax.bench.compare.year.Timeline.Stretch;

/**
 * Draws what happens in a year. Each kind of trouble draws from numbers of its own, so that other
 * rates of one kind leave all others as they are.
 */
final class YearDraws {
  private static final long YEAR = Duration.ofDays(Year.DAYS).toMillis();

  private static final int LOSS = 1;
  private static final int BURST = 2;
  private static final int PROBE = 3;
  private static final int REGION = 4;
  private static final int NETWORK = 5;
  private static final int GLOBALS = 6;
  private static final int PARTIALS = 7;
  private static final int REGIONALS = 8;

  private final Rates rates;
  private final Vantages vantages;
  private final long key;
  private final long length;

  /** Draws what begins and ends within {@code length} milliseconds. */
  YearDraws(Rates rates, Vantages vantages, long key, long length) {
    this.rates = rates;
    this.vantages = vantages;
    this.key = key;
    this.length = length;
  }

  /** The share of attempts that fail on a path for no reason. */
  double loss(int path) {
    return Math.min(
        1, rates.loss() * Math.exp(Rates.LOSS_SIGMA * random(LOSS, path).nextGaussian()));
  }

  List<Stretch> bursts(int path) {
    return stretches(rates.burst(), random(BURST, path));
  }

  List<OwnFault> faults() {
    List<OwnFault> faults = new ArrayList<>();
    for (int probe = 0; probe < vantages.size(); probe++) {
      SplittableRandom random = random(PROBE, probe);
      for (Stretch one : stretches(rates.probe(), random)) {
        faults.add(probeFault(1 << probe, one, random.nextDouble()));
      }
    }
    for (int region = 0; region < Vantages.REGIONS.size(); region++) {
      int probes = vantages.inRegions(List.of(Vantages.REGIONS.get(region)));
      for (Stretch one : stretches(rates.region(), random(REGION, region))) {
        faults.add(fault(OwnFault.Kind.REGION, probes, one, one.share()));
      }
    }
    for (int probes : vantages.networks()) {
      for (Stretch one : stretches(rates.network(), random(NETWORK, probes))) {
        faults.add(fault(OwnFault.Kind.NETWORK, probes, one, one.share()));
      }
    }
    return faults;
  }

  private static OwnFault probeFault(int probe, Stretch when, double draw) {
    if (draw < Rates.PROBE_IS_SILENT) {
      return fault(OwnFault.Kind.PROBE_SILENT, probe, when, 0);
    }
    return draw < Rates.PROBE_IS_SILENT + Rates.PROBE_FAILS_HALF
        ? fault(OwnFault.Kind.PROBE_SOMETIMES, probe, when, 0.5)
        : fault(OwnFault.Kind.PROBE, probe, when, when.share());
  }

  private static OwnFault fault(OwnFault.Kind kind, int probes, Stretch when, double share) {
    return new OwnFault(kind, probes, when.from(), when.until(), share);
  }

  /** True events, sorted by time; of two of one target that are too near the later is left out. */
  List<TrueEvent> events() {
    List<TrueEvent> events = new ArrayList<>();
    for (int target = 0; target < Year.TARGETS; target++) {
      List<TrueEvent> drawn = new ArrayList<>();
      drawn.addAll(events(target, TrueEvent.Kind.GLOBAL, random(GLOBALS, target)));
      drawn.addAll(events(target, TrueEvent.Kind.PARTIAL, random(PARTIALS, target)));
      drawn.addAll(events(target, TrueEvent.Kind.REGIONAL, random(REGIONALS, target)));
      drawn.sort(Comparator.comparingLong(TrueEvent::from));
      long free = Rates.APART.toMillis();
      for (TrueEvent event : drawn) {
        if (event.from() >= free && event.until() + Rates.APART.toMillis() <= length) {
          events.add(event);
          free = event.until() + Rates.APART.toMillis();
        }
      }
    }
    events.sort(Comparator.comparingLong(TrueEvent::from));
    return events;
  }

  private List<TrueEvent> events(int target, TrueEvent.Kind kind, SplittableRandom random) {
    List<TrueEvent> events = new ArrayList<>();
    double mean = (double) YEAR / perYear(kind);
    for (double at = 0; ; ) {
      at += mean * random.nextExponential();
      if (at >= length) {
        return events;
      }
      events.add(event(target, kind, (long) at, random));
    }
  }

  private static int perYear(TrueEvent.Kind kind) {
    return switch (kind) {
      case GLOBAL -> Rates.GLOBALS;
      case PARTIAL -> Rates.PARTIALS;
      case REGIONAL -> Rates.REGIONALS;
    };
  }

  private TrueEvent event(int target, TrueEvent.Kind kind, long from, SplittableRandom random) {
    return switch (kind) {
      case GLOBAL -> {
        long until = from + length(Rates.GLOBAL_LENGTHS, random);
        double share = random.nextDouble(Rates.GLOBAL_LEAST, 1);
        yield new TrueEvent(target, kind, from, until, vantages.all(), share, false);
      }
      case PARTIAL -> {
        long until = from + length(Rates.PARTIAL_LENGTHS, random);
        double share = Rates.PARTIAL_SHARES.get(random.nextInt(Rates.PARTIAL_SHARES.size()));
        yield random.nextDouble() < Rates.STICKY
            ? new TrueEvent(target, kind, from, until, someProbes(share, random), 1, true)
            : new TrueEvent(target, kind, from, until, vantages.all(), share, false);
      }
      case REGIONAL -> {
        long least = Rates.REGIONAL_SHORTEST.toMillis();
        long until = from + random.nextLong(least, Rates.REGIONAL_LONGEST.toMillis());
        int region = random.nextInt(Vantages.REGIONS.size());
        int probes = vantages.inRegions(List.of(Vantages.REGIONS.get(region)));
        yield new TrueEvent(target, kind, from, until, probes, Rates.REGIONAL_SHARE, false);
      }
    };
  }

  /** A share of the probes, at least two, from at least two regions. */
  private int someProbes(double share, SplittableRandom random) {
    int wanted = Math.max(2, (int) Math.round(share * vantages.size()));
    int first = random.nextInt(vantages.size());
    int probes = 1 << first;
    while (Integer.bitCount(probes) < wanted) {
      int probe = random.nextInt(vantages.size());
      boolean elsewhere = vantages.region(probe) != vantages.region(first);
      if (elsewhere || Integer.bitCount(probes) > 1) {
        probes |= 1 << probe;
      }
    }
    return probes;
  }

  private static long length(Lengths lengths, SplittableRandom random) {
    double drawn = lengths.median().toMillis() * Math.exp(lengths.sigma() * random.nextGaussian());
    return Math.clamp((long) drawn, lengths.least().toMillis(), Rates.LONGEST.toMillis());
  }

  private List<Stretch> stretches(Poisson process, SplittableRandom random) {
    List<Stretch> stretches = new ArrayList<>();
    double longest = Rates.LONGEST.toMillis();
    for (double at = 0; ; ) {
      at += process.every().toMillis() * random.nextExponential();
      double until = at + Math.min(longest, process.mean().toMillis() * random.nextExponential());
      if (until >= length) {
        return stretches;
      }
      stretches.add(new Stretch((long) at, (long) until, process.share()));
    }
  }

  private SplittableRandom random(int purpose, long number) {
    return new SplittableRandom(Draws.key(Draws.key(~key, purpose), number));
  }
}
