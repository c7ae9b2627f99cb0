package parallax.bench.compare.rule;

import java.util.function.IntConsumer;

/**
 * Decides of one target whether it is down, for everybody: none of these knows other scopes. Takes
 * results in the order in which they arrive.
 */
public sealed interface Rule permits Quorum, SecondOpinion, IndependentTest {
  /**
   * Takes in a result.
   *
   * @param asked whether it was asked for by this rule
   * @param ask gets the probe that is to look once more, at once
   * @return whether the target is now held to be down
   */
  boolean seen(int probe, boolean failed, boolean asked, IntConsumer ask);
}
