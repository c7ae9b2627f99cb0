package parallax.coordinator.core.reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.observation.Layer;
import parallax.config.observation.ProbeName;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Vote.Ballot;
import parallax.coordinator.core.verdict.Why;

/**
 * Whether what users meet in some places looks like somebody standing between them and a service
 * that works: a block, told as such. It is a matter of words: neither the scope nor who is told
 * when depends on it.
 *
 * <p>The claim is a careful one. Every place that is hit shows a {@link Signature} of its own, as
 * the first thing that breaks, to at least {@value #LEAST_PROBES} probes; nobody else sees the same
 * signature, nobody else fails, and at least {@value #LEAST_WELL} regions look and find nothing
 * wrong; the layers below are fine from elsewhere, and the trouble is not that of a provider.
 *
 * @param places that are blocked, sorted; none when there is nothing to claim
 */
public record Interference(List<Place> places) {
  public static final Interference NONE = new Interference(List.of());

  /** One probe alone may be wrong. */
  private static final int LEAST_PROBES = 2;

  /** So many other regions have to find that all is well. */
  private static final int LEAST_WELL = 2;

  /** So many probes elsewhere may see a lower layer fail, by chance. */
  private static final int CHANCE = 1;

  public Interference {
    places = List.copyOf(places);
  }

  /**
   * A place that is blocked: a region, a network, or a network in a region.
   *
   * @param asn present where all who see it sit in this one network (RFC 6793)
   * @param signs what is seen there, sorted
   */
  public record Place(Optional<Region> region, Optional<Long> asn, List<Sign> signs) {
    public Place {
      signs = List.copyOf(signs);
    }

    /** {@code tokyo}, {@code AS64500}, or {@code AS64500 in tokyo}. */
    public String name() {
      String network = asn.map(number -> "AS" + number).orElse("");
      String between = asn.isPresent() && region.isPresent() ? " in " : "";
      return network + between + region.map(Region::value).orElse("");
    }
  }

  /**
   * A signature, and how many probes saw it.
   *
   * @param probes in this place
   */
  public record Sign(Signature signature, int probes) {}

  public boolean isLikely() {
    return !places.isEmpty();
  }

  /** Whether the answers themselves say that it is a block, everywhere that is hit. */
  public boolean isStated() {
    return isLikely()
        && places.stream()
            .allMatch(
                place ->
                    place.signs().stream()
                        .allMatch(sign -> sign.signature() == Signature.LEGAL_REASONS));
  }

  /** Of a verdict. */
  public static Interference of(Verdict verdict) {
    return verdict.scope().isEmpty() || verdict.cause().isEmpty()
        ? NONE
        : of(
            verdict.scope().get(),
            verdict.regions(),
            verdict.cause().get(),
            verdict.votes(),
            verdict.why());
  }

  /**
   * Of what is held.
   *
   * @param regions those that are hit, when the scope is REGIONAL
   * @param votes at least the newest failure of every probe
   * @param why with the shares of those who look
   */
  public static Interference of(
      Scope scope, List<Region> regions, Cause cause, List<Vote> votes, Why why) {
    List<Vote> failures = votes.stream().filter(vote -> vote.ballot() == Ballot.FAILED).toList();
    List<Crowd> crowds =
        switch (scope) {
          case REGIONAL -> ofRegions(regions, failures);
          case NETWORK -> ofNetwork(failures);
          case GLOBAL, PARTIAL, PROBE_LOCAL, UNCONFIRMED -> List.of();
        };
    boolean claimed =
        !crowds.isEmpty()
            && cause.layer().filter(layer -> !layer.breaks(Layer.DNS)).isPresent()
            && crowds.stream().allMatch(Crowd::isBlocked)
            && crowds.stream().anyMatch(crowd -> crowd.shows(cause))
            && isWellElsewhere(scope, regions, crowds, why)
            && isOwn(crowds, failures)
            && isFineBelow(crowds, failures)
            && isNoProviders(crowds, cause);
    return claimed
        ? new Interference(crowds.stream().map(crowd -> crowd.place(scope)).toList())
        : NONE;
  }

  private static List<Crowd> ofRegions(List<Region> regions, List<Vote> failures) {
    return regions.stream()
        .sorted()
        .map(
            region ->
                new Crowd(
                    Optional.of(region),
                    failures.stream()
                        .filter(vote -> vote.vantage().region().equals(region))
                        .toList()))
        .toList();
  }

  /** The one network in which somebody sees a signature. */
  private static List<Crowd> ofNetwork(List<Vote> failures) {
    List<Optional<Long>> networks =
        failures.stream()
            .filter(vote -> Signature.of(vote).isPresent())
            .map(vote -> vote.vantage().asn())
            .distinct()
            .toList();
    if (networks.size() != 1 || networks.getFirst().isEmpty()) {
      return List.of();
    }
    return List.of(
        new Crowd(
            Optional.empty(),
            failures.stream()
                .filter(vote -> vote.vantage().asn().equals(networks.getFirst()))
                .toList()));
  }

  private static boolean isWellElsewhere(
      Scope scope, List<Region> hit, List<Crowd> crowds, Why why) {
    int well = 0;
    int failing = 0;
    for (Why.Share share : why.shares()) {
      boolean inside = hit.stream().anyMatch(region -> share.group().equals("region:" + region));
      if (!inside) {
        failing += share.failing();
        well += share.failing() == 0 && share.looking() > 0 ? 1 : 0;
      }
    }
    int allowed =
        scope == Scope.NETWORK ? crowds.stream().mapToInt(crowd -> crowd.seen().size()).sum() : 0;
    return well >= LEAST_WELL && failing <= allowed;
  }

  /** Whether every place shows its own signature, which nobody outside of it sees. */
  private static boolean isOwn(List<Crowd> crowds, List<Vote> failures) {
    for (Crowd crowd : crowds) {
      Collection<Signature> own = crowd.signatures();
      boolean shared =
          failures.stream()
              .filter(vote -> !crowd.failures().contains(vote))
              .flatMap(vote -> Signature.of(vote).stream())
              .anyMatch(own::contains);
      if (shared) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFineBelow(List<Crowd> crowds, List<Vote> failures) {
    TreeSet<ProbeName> failing = new TreeSet<>();
    for (Vote vote : failures) {
      boolean outside = crowds.stream().noneMatch(crowd -> crowd.failures().contains(vote));
      if (outside && vote.layer().breaks(Layer.DNS)) {
        failing.add(vote.vantage().probe());
      }
    }
    return failing.size() <= CHANCE;
  }

  /** A provider's trouble in one place looks the same, unless the answer says what it is. */
  private static boolean isNoProviders(List<Crowd> crowds, Cause cause) {
    boolean own = cause.culprit().startsWith("target:") || cause.culprit().startsWith("operator:");
    return own
        || crowds.stream()
            .flatMap(crowd -> crowd.signatures().stream())
            .allMatch(signature -> signature == Signature.LEGAL_REASONS);
  }

  /** Those in one place who fail, with all their failures. */
  private record Crowd(Optional<Region> region, List<Vote> failures) {
    /**
     * The first thing that breaks for each probe; what follows from it is left out. Where it is
     * below what users meet, the name's own servers say the same there, and nobody need stand
     * between.
     */
    private Map<ProbeName, Vote> firsts() {
      Map<ProbeName, Vote> firsts = new TreeMap<>();
      for (Vote vote : failures) {
        firsts.merge(
            vote.vantage().probe(),
            vote,
            (one, other) -> other.layer().breaks(one.layer()) ? other : one);
      }
      return firsts;
    }

    /** The probes that see a signature first, with what they see. */
    Map<ProbeName, Signature> seen() {
      Map<ProbeName, Signature> seen = new TreeMap<>();
      firsts()
          .forEach(
              (probe, first) ->
                  Signature.of(first).ifPresent(signature -> seen.put(probe, signature)));
      return seen;
    }

    Collection<Signature> signatures() {
      return new TreeSet<>(seen().values());
    }

    /** Whether what is held to have broken first is what is seen here. */
    boolean shows(Cause cause) {
      return firsts().values().stream()
          .flatMap(first -> first.finding().stream())
          .anyMatch(finding -> finding.reason() == cause.finding().reason());
    }

    boolean isBlocked() {
      int seen = seen().size();
      return seen >= LEAST_PROBES && seen == firsts().size();
    }

    Place place(Scope scope) {
      Map<Signature, Integer> counts = new EnumMap<>(Signature.class);
      seen().values().forEach(signature -> counts.merge(signature, 1, Integer::sum));
      List<Sign> signs = new ArrayList<>();
      counts.forEach((signature, probes) -> signs.add(new Sign(signature, probes)));
      List<Optional<Long>> networks =
          failures.stream().map(vote -> vote.vantage().asn()).distinct().toList();
      boolean one = networks.size() == 1;
      return new Place(
          scope == Scope.NETWORK ? Optional.empty() : region,
          one ? networks.getFirst() : Optional.empty(),
          signs);
    }
  }
}
