package parallax.probe.each;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.CheckResult;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.Resolver.Resolution;
import parallax.probe.net.Resolver.Resolved;
import parallax.probe.net.Resolver.Unresolved;

/**
 * What a name has of both families.
 *
 * @param all addresses, those of one family after those of the other
 * @param permitted of them in turns of the families, as many as are looked at
 * @param failed families of which it could not be found out
 * @param lacking families that it has no address of
 * @param took the longer of the two questions
 */
record Found(
    List<InetAddress> all,
    List<InetAddress> permitted,
    List<Asked> failed,
    List<Asked> lacking,
    List<String> aliases,
    Duration took) {

  /** A family, and what came of asking for it. */
  record Asked(AddressFamily family, Resolution answer) {
    /** As people write it. */
    private String word() {
      return family == AddressFamily.IPV6 ? "IPv6" : "IPv4";
    }

    private CheckResult result() {
      return switch (answer) {
        case Unresolved(Reason reason, String detail, Duration took) ->
            CheckResult.failed(
                reason, detail, Layer.DNS, Timings.NONE.plus(Phase.RESOLVE, took), Facts.NONE);
        case Resolved _ -> throw new IllegalStateException("it has addresses");
      };
    }
  }

  static Found of(List<Asked> families, NetworkPolicy policy) {
    List<List<InetAddress>> permitted = new ArrayList<>();
    List<InetAddress> all = new ArrayList<>();
    List<Asked> failed = new ArrayList<>();
    List<Asked> lacking = new ArrayList<>();
    List<String> aliases = new ArrayList<>();
    Duration took = Duration.ZERO;
    for (Asked asked : families) {
      Duration own = asked.answer().took();
      took = own.compareTo(took) > 0 ? own : took;
      switch (asked.answer()) {
        case Resolved(List<InetAddress> addresses, List<String> names, Duration _) -> {
          all.addAll(addresses);
          aliases.addAll(names);
          permitted.add(
              addresses.stream()
                  .filter(
                      address -> policy.refusal(address, NetworkPolicy.Hop.CONFIGURED).isEmpty())
                  .toList());
        }
        case Unresolved(Reason reason, String _, Duration _) ->
            (reason == Reason.NODATA ? lacking : failed).add(asked);
      }
    }
    return new Found(
        List.copyOf(all),
        inTurns(permitted),
        List.copyOf(failed),
        List.copyOf(lacking),
        List.copyOf(aliases),
        took);
  }

  private static List<InetAddress> inTurns(List<List<InetAddress>> families) {
    List<InetAddress> turns = new ArrayList<>();
    for (int index = 0; index < EachAddress.MAX_ADDRESSES; index++) {
      for (List<InetAddress> family : families) {
        if (index < family.size() && turns.size() < EachAddress.MAX_ADDRESSES) {
          turns.add(family.get(index));
        }
      }
    }
    return List.copyOf(turns);
  }

  /** Families that could not be looked at, since nobody said what addresses they have. */
  List<Together.Seen> halves() {
    return failed.stream().map(each -> new Together.Seen(each.word(), each.result())).toList();
  }

  /** What it means that there is no address at all. */
  CheckResult unresolved() {
    return Stream.concat(failed.stream(), lacking.stream()).findFirst().orElseThrow().result();
  }
}
