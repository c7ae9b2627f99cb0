package parallax.coordinator.replay.scenario;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Selects probes or targets: all terms must hold, without what is excepted. Without terms it
 * selects everything.
 */
public record Selector<T>(List<Term<T>> terms, Optional<Selector<T>> except) {
  public Selector {
    terms = List.copyOf(terms);
  }

  /** What selects everything. */
  public static <T> Selector<T> all() {
    return new Selector<>(List.of(), Optional.empty());
  }

  public boolean selects(T subject) {
    for (Term<T> term : terms) {
      if (!term.holds(subject)) {
        return false;
      }
    }
    return except.isEmpty() || !except.get().selects(subject);
  }

  /** An attribute has one of these values. */
  public record Term<T>(Function<T, Optional<String>> attribute, List<String> values) {
    public Term {
      values = List.copyOf(values);
    }

    boolean holds(T subject) {
      return attribute.apply(subject).filter(values::contains).isPresent();
    }
  }
}
