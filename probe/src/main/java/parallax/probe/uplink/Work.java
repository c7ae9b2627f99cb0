package parallax.probe.uplink;

import java.time.Duration;
import java.util.List;
import parallax.config.check.CheckKind;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** What a coordinator can make a probe do. Called by the uplink's thread; returns at once. */
public interface Work {
  /** Replaces the targets. */
  void assign(List<Target> targets);

  /** Looks once more, after a while; what is not watched is passed over. */
  void lookAgain(TargetName target, CheckKind check, Duration after);
}
