package parallax.bench.compare.run;

import parallax.config.check.CheckKind;

/** How a listener gets a check that was not scheduled. Only it is told the result. */
public interface Asking {
  /** Asks one probe to look at one target, {@code delayMillis} from now. */
  void ask(int probe, int target, CheckKind check, long delayMillis);
}
