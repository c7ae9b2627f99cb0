package parallax.coordinator.core.watch;

/**
 * Something that several targets can stand on together.
 *
 * @param name as the culprit is named: {@code fastly}, {@code 64500}, {@code 192.0.2.0/24}
 */
public record Dependency(DependencyKind kind, String name) implements Comparable<Dependency> {
  /** The longest name; what is learnt from outside may be longer and is cut. */
  public static final int MAX_NAME = 100;

  public Dependency {
    name = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
  }

  @Override
  public int compareTo(Dependency other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }

  /** As the culprit is named: {@code cdn:fastly}. */
  @Override
  public String toString() {
    return kind.label() + ":" + name;
  }
}
