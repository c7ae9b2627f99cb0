package parallax.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Observation;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.view.sight.Sightings;

/**
 * One target as readers see it.
 *
 * @param looks the newest evidence of each probe and check, at most {@link #MAX_LOOKS}, without the
 *     chain and the walk of its facts, which are told now and then only
 * @param certificateExpiry as it was seen last
 * @param chains the certificates of its server, as they were told last
 * @param walks the ways to its zone, as they were told last
 */
public record TargetView(
    Target target,
    Verdict verdict,
    List<Evidence> looks,
    UptimeHistory uptime,
    Optional<Instant> certificateExpiry,
    Sightings<ChainSeen> chains,
    Sightings<WalkSeen> walks) {

  /** Of more probes and checks than this, those heard longest ago are left out. */
  public static final int MAX_LOOKS = 64;

  public TargetView {
    looks = List.copyOf(looks);
  }

  /** One of which neither certificates nor a way to its zone are known. */
  public TargetView(
      Target target,
      Verdict verdict,
      List<Evidence> looks,
      UptimeHistory uptime,
      Optional<Instant> certificateExpiry) {
    this(target, verdict, looks, uptime, certificateExpiry, Sightings.none(), Sightings.none());
  }

  public TargetView withVerdict(Verdict value) {
    return new TargetView(target, value, looks, uptime, certificateExpiry, chains, walks);
  }

  public TargetView withUptime(UptimeHistory value) {
    return new TargetView(target, verdict, looks, value, certificateExpiry, chains, walks);
  }

  /** What is known of a target, of the same one as it is configured now. */
  public TargetView reconfigured(Target value, Verdict held) {
    return new TargetView(value, held, looks, uptime, certificateExpiry, chains, walks);
  }

  /**
   * This view with a new look; the same one when a later look of the same probe and check is there,
   * or when all places are taken by later ones of others.
   */
  public TargetView seeing(Evidence look) {
    List<Evidence> kept = new ArrayList<>(looks.size() + 1);
    boolean allLater = true;
    for (Evidence other : looks) {
      boolean later = other.observation().started().isAfter(look.observation().started());
      allLater &= later;
      if (!isSameSource(other, look)) {
        kept.add(other);
      } else if (later) {
        return this;
      }
    }
    if (kept.size() >= MAX_LOOKS) {
      if (allLater) {
        return this;
      }
      kept.removeFirst();
    }
    kept.add(look.brief());
    Facts facts = look.observation().facts();
    Sightings.Seer seer = seer(look);
    return new TargetView(
        target,
        verdict,
        kept,
        uptime,
        facts.certificateExpiry().or(() -> certificateExpiry),
        facts.chain().map(seen -> chains.seeing(seen, seen, seer)).orElse(chains),
        facts.walk().map(seen -> walks.seeing(seen, seen.shape(), seer)).orElse(walks));
  }

  private static Sightings.Seer seer(Evidence look) {
    Observation seen = look.observation();
    return new Sightings.Seer(
        seen.vantage().probe(), seen.vantage().region(), seen.check(), look.received());
  }

  /** How it looks from each region, sorted by region. */
  public List<RegionView> regions(Instant now) {
    TreeMap<Region, List<Evidence>> byRegion = new TreeMap<>();
    looks.forEach(
        look ->
            byRegion
                .computeIfAbsent(look.observation().vantage().region(), _ -> new ArrayList<>())
                .add(look));
    return byRegion.entrySet().stream()
        .map(e -> RegionView.of(e.getKey(), e.getValue(), this::interval, now))
        .toList();
  }

  /** From one look of this kind to the next, of each probe. */
  private Duration interval(CheckKind check) {
    return target
        .check(check)
        .map(spec -> spec.interval(target.interval()))
        .orElse(target.interval());
  }

  /** The newest look, of whatever probe, of the check that goes deepest. */
  public Optional<Evidence> deepestLook() {
    return looks.stream()
        .max(
            Comparator.comparing((Evidence look) -> look.observation().check())
                .thenComparing(Evidence::received));
  }

  /** When the first of the zone's signatures ends, of all that the probes saw last. */
  public Optional<Instant> signatureExpiry() {
    return looks.stream()
        .flatMap(look -> look.observation().facts().signatureExpiry().stream())
        .min(Comparator.naturalOrder());
  }

  /** Who holds the domain, as it was told last. */
  public Optional<Facts.RegistrationSeen> registration() {
    return looks.stream()
        .flatMap(look -> look.observation().facts().registration().stream())
        .max(Comparator.comparing(Facts.RegistrationSeen::asOf));
  }

  /** The routes that it stands on, each as the look that knows most peers sees it. */
  public List<RouteLook> routes() {
    Map<String, RouteLook> best = new LinkedHashMap<>();
    for (Evidence look : looks) {
      for (Facts.RouteSeen route : look.observation().facts().routes()) {
        best.merge(
            route.role() + " " + route.prefix(),
            new RouteLook(route, look.received()),
            RouteLook::better);
      }
    }
    return List.copyOf(best.values());
  }

  /** A route, and when it was seen so. */
  public record RouteLook(Facts.RouteSeen route, Instant at) {
    private static final Comparator<RouteLook> BEST =
        Comparator.comparingInt(RouteLook::known).thenComparing(RouteLook::at);

    /** Of two looks at one route the one that knows more peers, else the newer. */
    public static RouteLook better(RouteLook one, RouteLook other) {
      return BEST.compare(other, one) > 0 ? other : one;
    }

    private int known() {
      return route.sight().map(Facts.RouteSight::known).orElse(-1);
    }
  }

  private static boolean isSameSource(Evidence one, Evidence other) {
    return one.observation().check() == other.observation().check()
        && one.observation().vantage().probe().equals(other.observation().vantage().probe());
  }
}
