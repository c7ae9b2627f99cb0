package parallax.probe.registration.lookup.line;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parallax.config.check.Naming;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.net.Resolver;

/**
 * From the name of a server to the addresses that may be connected to. The address judged is the
 * address connected to.
 */
public record Reach(Resolver resolver, NetworkPolicy policy) {
  /** Further addresses are not tried. */
  static final int MAX_ADDRESSES = 2;

  /** How a step is judged that a server at {@code address} leads to. */
  public static Hop after(InetAddress address) {
    return NetworkPolicy.isPublic(address)
        ? Hop.REDIRECTED_BY_PUBLIC
        : Hop.REDIRECTED_BY_NON_PUBLIC;
  }

  /**
   * What {@code connect} made of the first address it succeeded with.
   *
   * @return fails with the failure of the last address, or with {@link Unreached}
   */
  <T> Future<T> first(
      String host, Hop hop, Deadline deadline, Function<InetAddress, Future<T>> connect) {
    return resolver
        .resolve(host, Naming.SYSTEM, deadline)
        .compose(
            resolution ->
                switch (resolution) {
                  case Resolver.Unresolved(Reason reason, String detail, Duration _) ->
                      Future.failedFuture(
                          new Unreached(host + ": " + reason.text() + " " + detail));
                  case Resolver.Resolved(List<InetAddress> addresses, _, _) ->
                      permitted(addresses, hop, connect);
                });
  }

  private <T> Future<T> permitted(
      List<InetAddress> addresses, Hop hop, Function<InetAddress, Future<T>> connect) {
    List<InetAddress> permitted = new ArrayList<>();
    Optional<String> refusal = Optional.empty();
    for (InetAddress address : addresses) {
      Optional<String> refused = policy.refusal(address, hop);
      if (refused.isEmpty() && permitted.size() < MAX_ADDRESSES) {
        permitted.add(address);
      }
      refusal = refusal.or(() -> refused);
    }
    if (permitted.isEmpty()) {
      return Future.failedFuture(new Unreached("forbidden: " + refusal.orElse("no address")));
    }
    Future<T> attempt = connect.apply(permitted.getFirst());
    for (InetAddress next : permitted.subList(1, permitted.size())) {
      attempt = attempt.recover(_ -> connect.apply(next));
    }
    return attempt;
  }
}
