package parallax.probe.audit.facts;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.probe.net.Cidr;

/** Who announces the route to an address, as far as it can be told. */
public sealed interface Origin {
  /**
   * The most specific route is known.
   *
   * @param systems that announce it; never empty. More than one is lawful (RFC 1930 section 7)
   */
  record Announced(Cidr prefix, SortedSet<AutonomousSystem> systems) implements Origin {
    public Announced {
      systems = Collections.unmodifiableSortedSet(new TreeSet<>(systems));
      if (systems.isEmpty()) {
        throw new IllegalArgumentException("announced by nobody: " + prefix);
      }
    }
  }

  /** It could not be told; nothing may be concluded from that. */
  record Unknown(String why) implements Origin {}

  /**
   * An autonomous system (RFC 6793).
   *
   * @param name of its holder, where it is told
   */
  record AutonomousSystem(long number, Optional<String> name)
      implements Comparable<AutonomousSystem> {
    /** The highest number there is. */
    public static final long MAX_NUMBER = 0xffff_ffffL;

    public AutonomousSystem {
      if (number < 1 || number > MAX_NUMBER) {
        throw new IllegalArgumentException("not the number of an autonomous system: " + number);
      }
    }

    /** By number: the name is an ornament. */
    @Override
    public int compareTo(AutonomousSystem other) {
      return Long.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof AutonomousSystem system && number == system.number;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }

    /** {@code AS64500}, {@code AS64500 (EXAMPLE-NET)}. */
    @Override
    public String toString() {
      return "AS" + number + name.map(text -> " (" + text + ")").orElse("");
    }
  }

  /** The one system that announces it; empty when it is unknown, or when there are several. */
  default Optional<AutonomousSystem> only() {
    return switch (this) {
      case Announced(_, SortedSet<AutonomousSystem> systems) when systems.size() == 1 ->
          Optional.of(systems.first());
      case Announced _, Unknown _ -> Optional.empty();
    };
  }
}
