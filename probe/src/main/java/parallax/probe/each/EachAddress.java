package parallax.probe.each;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckSpec;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.AddressText;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.Resolver;

/**
 * Looks at each address of a name by itself where that is asked for: all at the same time, with the
 * deadline of the check.
 *
 * @param policy where the probe may connect; addresses where it may not are left out
 */
public record EachAddress(Resolver resolver, NetworkPolicy policy) implements Way {
  /** Further addresses of a name are not looked at. */
  public static final int MAX_ADDRESSES = 8;

  /** A resolver must have answered after this part of the time, so that some is left for looks. */
  private static final int RESOLVERS_PART = 2;

  @Override
  public Future<CheckResult> run(CheckSpec spec, Deadline deadline, Look look) {
    Optional<Named> named = Named.of(spec);
    return named.isEmpty() ? look.run(spec, deadline) : each(named.get(), deadline, look);
  }

  private Future<CheckResult> each(Named named, Deadline deadline, Look look) {
    Deadline forNames = deadline.part(deadline.left().dividedBy(RESOLVERS_PART));
    List<AddressFamily> families =
        named.naming().family() == AddressFamily.ANY
            ? List.of(AddressFamily.IPV4, AddressFamily.IPV6)
            : List.of(named.naming().family());
    List<Future<Found.Asked>> asked =
        families.stream()
            .map(
                family ->
                    resolver
                        .resolve(
                            named.host(), new Naming(named.naming().resolvers(), family), forNames)
                        .map(answer -> new Found.Asked(family, answer)))
            .toList();
    return Future.join(asked)
        .compose(_ -> looked(named, asked.stream().map(Future::result).toList(), deadline, look));
  }

  private Future<CheckResult> looked(
      Named named, List<Found.Asked> families, Deadline deadline, Look look) {
    Found found = Found.of(families, policy);
    if (found.all().isEmpty()) {
      return Future.succeededFuture(found.unresolved());
    }
    if (found.permitted().isEmpty()) {
      // Says why it may not be connected to.
      return look.run(named.at(AddressText.of(found.all().getFirst())), deadline);
    }
    List<Future<Together.Seen>> looks =
        found.permitted().stream()
            .map(AddressText::of)
            .map(
                address ->
                    look.run(named.at(address), deadline)
                        .map(result -> new Together.Seen(address, result)))
            .toList();
    return Future.join(looks)
        .map(
            _ -> {
              List<Together.Seen> seen = new ArrayList<>();
              looks.forEach(done -> seen.add(done.result()));
              seen.addAll(found.halves());
              return Together.of(seen, found.took(), found.aliases());
            });
  }
}
