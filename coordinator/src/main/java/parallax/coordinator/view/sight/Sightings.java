package parallax.coordinator.view.sight;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.Region;

/**
 * What probes saw last of one thing. Most see the same, so it is kept once with those who saw it.
 *
 * @param all what was seen, that which was seen last first, at most {@link #MAX_KEPT}
 * @param <T> what is seen; values that are equal are the same
 */
public record Sightings<T>(List<Sighting<T>> all) {
  /** Of more different things than this those seen longest ago are forgotten. */
  public static final int MAX_KEPT = 4;

  /** Of more probes that see the same than this those that saw it longest ago are forgotten. */
  public static final int MAX_SEERS = 64;

  public Sightings {
    all = List.copyOf(all);
  }

  /** Nothing was seen yet. */
  public static <T> Sightings<T> none() {
    return new Sightings<>(List.of());
  }

  /** Who saw it, with which check, and when it was told. */
  public record Seer(ProbeName probe, Region region, CheckKind check, Instant at) {
    boolean isSameAs(Seer other) {
      return probe.equals(other.probe) && check == other.check;
    }
  }

  /**
   * What was seen.
   *
   * @param what as it was seen last
   * @param shape what it is known by: the same without what differs each time
   * @param seers who saw it, the last first, at least one
   */
  public record Sighting<T>(T what, T shape, List<Seer> seers) {
    public Sighting {
      seers = List.copyOf(seers);
    }

    /** When it was seen last. */
    public Instant at() {
      return seers.getFirst().at();
    }

    /** The regions that it was seen from, sorted. */
    public List<Region> regions() {
      return seers.stream().map(Seer::region).distinct().sorted().toList();
    }

    private Optional<Sighting<T>> without(Seer gone) {
      List<Seer> left = seers.stream().filter(each -> !each.isSameAs(gone)).toList();
      return left.isEmpty() ? Optional.empty() : Optional.of(new Sighting<>(what, shape, left));
    }
  }

  /**
   * These with what was seen now, in place of what the same probe saw before.
   *
   * @param what it is
   * @param shape see {@link Sighting#shape}
   */
  public Sightings<T> seeing(T what, T shape, Seer seer) {
    List<Seer> seers = new ArrayList<>(List.of(seer));
    List<Sighting<T>> next = new ArrayList<>();
    for (Sighting<T> each : all) {
      Optional<Sighting<T>> left = each.without(seer);
      if (!each.shape().equals(shape)) {
        left.ifPresent(next::add);
      } else {
        left.ifPresent(same -> seers.addAll(same.seers()));
      }
    }
    next.addFirst(new Sighting<>(what, shape, seers.subList(0, Math.min(MAX_SEERS, seers.size()))));
    return new Sightings<>(next.subList(0, Math.min(MAX_KEPT, next.size())));
  }
}
