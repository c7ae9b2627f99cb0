package parallax.probe.bgp.watch;

import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import parallax.probe.net.Cidr;

/** Prefixes in order. */
public final class Prefixes {
  /** IPv4 before IPv6, by address, what holds before what lies inside. */
  public static final Comparator<Cidr> ORDER =
      Comparator.comparing(Cidr::ipv6)
          .thenComparing(Cidr::high, Long::compareUnsigned)
          .thenComparing(Cidr::low, Long::compareUnsigned)
          .thenComparingInt(Cidr::prefixLength);

  private Prefixes() {}

  /** Each once, in order. */
  public static NavigableSet<Cidr> sorted(Collection<Cidr> prefixes) {
    NavigableSet<Cidr> sorted = new TreeSet<>(ORDER);
    sorted.addAll(prefixes);
    return sorted;
  }

  /** Whether all of {@code inner} lies in {@code outer}; a prefix lies in itself. */
  public static boolean holds(Cidr outer, Cidr inner) {
    return outer.ipv6() == inner.ipv6()
        && outer.prefixLength() <= inner.prefixLength()
        && Cidr.masked(inner.ipv6(), inner.high(), inner.low(), outer.prefixLength()).equals(outer);
  }
}
