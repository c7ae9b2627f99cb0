package parallax.probe.uplink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** What a coordinator can make a probe do. Called by the uplink's thread; returns at once. */
public interface Work {
  /**
   * Replaces the targets.
   *
   * @param routes how routes are watched for them; empty: nobody is listened to for their sake
   */
  void assign(List<Target> targets, Optional<RouteWatching> routes);

  /** Looks once more, after a while; what is not watched is passed over. */
  void lookAgain(TargetName target, CheckKind check, Duration after);
}
