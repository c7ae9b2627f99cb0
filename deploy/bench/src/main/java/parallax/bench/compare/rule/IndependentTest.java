package parallax.bench.compare.rule;

import java.util.function.IntConsumer;

/**
 * Wald's sequential probability ratio test ("Sequential Tests of Statistical Hypotheses", 1945) of
 * down against up, one after the other, on scheduled results as if all were independent.
 */
public final class IndependentTest implements Rule {
  /** The share of attempts that fail although the target is up. */
  private static final double FALSE_FAILURE = 0.002;

  /** The share of attempts that succeed although the target is down. */
  private static final double FALSE_SUCCESS = 0.03;

  /** The share of tests of a target that is up which may say down. */
  private static final double FALSE_ALARM = 1e-7;

  /** The share of tests of a target that is down which may say up. */
  private static final double MISS = 0.01;

  private static final double FAILURE_GAIN = Math.log((1 - FALSE_SUCCESS) / FALSE_FAILURE);
  private static final double SUCCESS_GAIN = Math.log(FALSE_SUCCESS / (1 - FALSE_FAILURE));
  private static final double SAY_DOWN = Math.log((1 - MISS) / FALSE_ALARM);
  private static final double SAY_UP = Math.log(MISS / (1 - FALSE_ALARM));

  private double ratio;
  private boolean down;

  @Override
  public boolean seen(int probe, boolean failed, boolean asked, IntConsumer ask) {
    ratio += failed ? FAILURE_GAIN : SUCCESS_GAIN;
    if (ratio >= SAY_DOWN || ratio <= SAY_UP) {
      down = ratio > 0;
      ratio = 0;
    }
    return down;
  }
}
