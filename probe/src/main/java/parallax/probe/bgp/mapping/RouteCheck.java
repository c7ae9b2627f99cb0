package parallax.probe.bgp.mapping;

import io.vertx.core.Future;
import java.time.Duration;
import parallax.config.check.BgpSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.bgp.watch.RouteFeed;
import parallax.probe.bgp.watch.RouteSnapshot;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;

/**
 * How the routes that a target stands on are seen. Nothing is asked for it but names: it reads what
 * the feed has heard.
 */
public final class RouteCheck implements Check<BgpSpec> {
  /** Left of the deadline to tell what is known. */
  private static final Duration MARGIN = Duration.ofMillis(50);

  private final RouteMap map;
  private final RouteFeed feed;

  public RouteCheck(RouteMap map, RouteFeed feed) {
    this.map = map;
    this.feed = feed;
  }

  @Override
  public Future<CheckResult> run(BgpSpec spec, Deadline deadline) {
    Duration left = deadline.left().minus(MARGIN);
    if (left.isNegative() || left.isZero()) {
      return Future.succeededFuture(late());
    }
    Deadline own = deadline.part(left);
    return map.of(spec, own).map(target -> result(target, deadline.elapsed()));
  }

  private CheckResult result(TargetRoutes target, Duration took) {
    RouteSnapshot snapshot = feed.snapshot();
    Outcome outcome = RouteJudge.outcome(target, snapshot);
    Facts facts = Facts.NONE.withRoutes(RouteJudge.seen(target, snapshot));
    return new CheckResult(Layer.BGP, outcome, Timings.NONE.plus(Phase.RESOLVE, took), facts);
  }

  private static CheckResult late() {
    return CheckResult.failed(
        Reason.PROBE_ROUTES_UNLEARNT, "no time left", Layer.BGP, Timings.NONE, Facts.NONE);
  }
}
