package parallax.config.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.observation.Layer;

/**
 * Which receivers hear of which trouble. The first route that matches is taken, and further ones
 * where it says so.
 *
 * @param match labels a target must carry; empty matches every target
 * @param when what the trouble must be like
 * @param continues whether the routes behind it are asked, too
 * @param to names of receivers
 * @param remind how often an open incident that nobody has acknowledged is told again
 * @param escalate whom else to tell of an incident that nobody acknowledges
 * @param quiet hours in which nobody is told
 * @param digest so often what is not critical is told, all in one letter
 */
public record Route(
    SortedMap<String, String> match,
    Conditions when,
    boolean continues,
    List<String> to,
    Optional<Duration> remind,
    List<Escalation> escalate,
    Optional<QuietHours> quiet,
    Optional<Duration> digest) {

  public Route {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    to = List.copyOf(to);
    escalate = List.copyOf(escalate);
  }

  /** One for trouble of every kind. */
  public Route(
      SortedMap<String, String> match,
      List<String> to,
      Optional<Duration> remind,
      List<Escalation> escalate) {
    this(match, Conditions.ANY, false, to, remind, escalate, Optional.empty(), Optional.empty());
  }

  /** Whether this route takes a target with these labels, whatever troubles it. */
  public boolean matches(SortedMap<String, String> labels) {
    return labels.entrySet().containsAll(match.entrySet());
  }

  /** Whether everything that a narrower route takes is taken by this one. */
  public boolean takesAllOf(Route narrower) {
    return matches(narrower.match()) && when.takeAllOf(narrower.when());
  }

  /** Whether nothing of the targets that it matches is left to the routes behind it. */
  public boolean isLast() {
    return !continues && when.equals(Conditions.ANY);
  }

  /** Further receivers, told when an incident is still open and unacknowledged after a time. */
  public record Escalation(Duration after, List<String> to) {
    public Escalation {
      to = List.copyOf(to);
    }
  }

  /** For whom a target is not as it should be. */
  public enum Extent {
    GLOBAL,
    REGIONAL,
    NETWORK,
    PARTIAL,
    /** A probe's own trouble. */
    PROBE_LOCAL,
    /** As far as the only vantage there is can tell. */
    UNCONFIRMED
  }

  /**
   * What trouble must be like. A set that is empty asks for nothing.
   *
   * @param layers that broke first
   * @param providers names of providers, or culprits as {@code kind:name}
   */
  public record Conditions(
      Set<Extent> scopes,
      Set<Layer> layers,
      Set<Severity> severities,
      SortedSet<String> providers) {
    /** Any trouble. */
    public static final Conditions ANY =
        new Conditions(Set.of(), Set.of(), Set.of(), new TreeSet<>());

    public Conditions {
      scopes = sorted(Extent.class, scopes);
      layers = sorted(Layer.class, layers);
      severities = sorted(Severity.class, severities);
      providers = Collections.unmodifiableSortedSet(new TreeSet<>(providers));
    }

    private static <E extends Enum<E>> Set<E> sorted(Class<E> type, Set<E> all) {
      EnumSet<E> sorted = EnumSet.noneOf(type);
      sorted.addAll(all);
      return Collections.unmodifiableSet(sorted);
    }

    boolean takeAllOf(Conditions narrower) {
      return isWider(scopes, narrower.scopes)
          && isWider(layers, narrower.layers)
          && isWider(severities, narrower.severities)
          && isWider(providers, narrower.providers);
    }

    private static <T> boolean isWider(Set<T> one, Set<T> other) {
      return one.isEmpty() || (!other.isEmpty() && one.containsAll(other));
    }
  }
}
