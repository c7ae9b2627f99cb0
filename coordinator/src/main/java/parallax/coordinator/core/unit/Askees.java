package parallax.coordinator.core.unit;

import java.util.ArrayList;
import java.util.List;
import parallax.coordinator.core.fleet.Probe;

/** Whom to ask when something failed. */
final class Askees {
  /** Beside the region of the probe that failed, so many other regions are asked at first. */
  private static final int OTHER_REGIONS = 4;

  private Askees() {}

  /**
   * The same probe, a neighbour in its region, and a probe in each of up to four other regions, of
   * networks that were not asked yet if there are such. Who is asked in a region changes with
   * {@code turn}.
   */
  static List<Integer> first(Setting setting, int starter, long turn) {
    List<Probe> all = setting.counting();
    Probe first = setting.fleet().probe(starter);
    List<Probe> asked = new ArrayList<>(List.of(first));
    int regions = 0;
    for (Probe leader : rotated(firstOfRegions(all), turn)) {
      boolean own = leader.region() == first.region();
      if (own || regions < OTHER_REGIONS) {
        List<Probe> others =
            all.stream()
                .filter(probe -> probe.region() == leader.region() && probe.slot() != starter)
                .toList();
        addOne(asked, rotated(others, turn));
        regions += own ? 0 : 1;
      }
    }
    return asked.stream().map(Probe::slot).sorted().toList();
  }

  /** Everybody whose looks count. */
  static List<Integer> everybody(Setting setting) {
    return setting.counting().stream().map(Probe::slot).toList();
  }

  private static List<Probe> firstOfRegions(List<Probe> probes) {
    List<Probe> firsts = new ArrayList<>();
    for (Probe probe : probes) {
      if (firsts.stream().noneMatch(other -> other.region() == probe.region())) {
        firsts.add(probe);
      }
    }
    return firsts;
  }

  private static void addOne(List<Probe> asked, List<Probe> candidates) {
    candidates.stream()
        .filter(probe -> asked.stream().noneMatch(other -> other.network() == probe.network()))
        .findFirst()
        .or(() -> candidates.stream().findFirst())
        .ifPresent(asked::add);
  }

  private static List<Probe> rotated(List<Probe> probes, long turn) {
    List<Probe> rotated = new ArrayList<>(probes.size());
    for (int at = 0; at < probes.size(); at++) {
      rotated.add(probes.get((int) Math.floorMod(at + turn, (long) probes.size())));
    }
    return rotated;
  }
}
