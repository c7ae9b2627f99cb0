package parallax.config.runbook;

import java.net.URI;
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
import parallax.config.observation.Reason;

/**
 * What to do about trouble of one kind.
 *
 * @param name unique among runbooks
 * @param match labels that one of the targets must carry; empty matches every target
 * @param cause what must have broken first
 * @param steps what people do, as Markdown
 * @param link where more is written, http or https
 * @param actions what a machine can do, names unique
 */
public record Runbook(
    String name,
    SortedMap<String, String> match,
    CauseMatch cause,
    Optional<String> steps,
    Optional<URI> link,
    List<Action> actions) {
  /** The most characters of {@code steps}. */
  public static final int MAX_STEPS = 10_000;

  /** The most actions of one runbook. */
  public static final int MAX_ACTIONS = 16;

  public Runbook {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    actions = List.copyOf(actions);
  }

  /** The action of this name, if there is one. */
  public Optional<Action> action(String wanted) {
    return actions.stream().filter(action -> action.name().equals(wanted)).findFirst();
  }

  /** Whether it is for targets with these labels. */
  public boolean matches(SortedMap<String, String> labels) {
    return labels.entrySet().containsAll(match.entrySet());
  }

  /**
   * What must have broken first. A set that is empty asks for nothing.
   *
   * @param providers names of providers, or culprits as {@code kind:name}
   */
  public record CauseMatch(Set<Layer> layers, Set<Reason> reasons, SortedSet<String> providers) {
    /** Any cause. */
    public static final CauseMatch ANY = new CauseMatch(Set.of(), Set.of(), new TreeSet<>());

    public CauseMatch {
      layers = sorted(Layer.class, layers);
      reasons = sorted(Reason.class, reasons);
      providers = Collections.unmodifiableSortedSet(new TreeSet<>(providers));
    }

    private static <E extends Enum<E>> Set<E> sorted(Class<E> type, Set<E> all) {
      EnumSet<E> sorted = EnumSet.noneOf(type);
      sorted.addAll(all);
      return Collections.unmodifiableSet(sorted);
    }
  }
}
