package parallax.probe.bgp.rpki;

import java.util.List;
import java.util.Optional;
import parallax.probe.net.Cidr;

/**
 * Local exceptions to what the RPKI says (RFC 8416), routes only.
 *
 * @param filters payloads that do not count
 * @param assertions payloads that count all the same
 */
public record Slurm(List<Filter> filters, List<Vrp> assertions) {
  public Slurm {
    filters = List.copyOf(filters);
    assertions = List.copyOf(assertions);
  }

  /** One filter (RFC 8416 section 3.3.1): both where both are said; one at least is. */
  public record Filter(Optional<Cidr> prefix, Optional<Long> asn) {
    public Filter {
      if (prefix.isEmpty() && asn.isEmpty()) {
        throw new IllegalArgumentException("a filter of nothing");
      }
    }

    boolean matches(Vrp vrp) {
      boolean inside = prefix.map(outer -> holds(outer, vrp.prefix())).orElse(true);
      return inside && asn.map(number -> number == vrp.asn()).orElse(true);
    }

    private static boolean holds(Cidr outer, Cidr inner) {
      if (outer.ipv6() != inner.ipv6() || outer.prefixLength() > inner.prefixLength()) {
        return false;
      }
      int length = outer.prefixLength();
      long highMask = length == 0 ? 0 : -1L << (64 - Math.min(length, 64));
      long lowMask = length <= 64 ? 0 : -1L << (128 - length);
      return (inner.high() & highMask) == outer.high() && (inner.low() & lowMask) == outer.low();
    }
  }

  /** Another table: without what is filtered, then with what is asserted (section 4.1). */
  public VrpTable applyTo(VrpTable table) {
    VrpTable local = new VrpTable();
    table.forEach(
        vrp -> {
          if (filters.stream().noneMatch(filter -> filter.matches(vrp))) {
            local.add(vrp);
          }
        });
    assertions.forEach(local::add);
    return local;
  }
}
