package parallax.bench.compare.rule;

import java.util.function.IntConsumer;
import parallax.bench.compare.run.Vantages;

/**
 * A failure counts when one probe in another region, asked at once, finds it as well. Recovery is
 * confirmed the same way.
 */
public final class SecondOpinion implements Rule {
  private final Vantages vantages;
  private boolean down;

  public SecondOpinion(Vantages vantages) {
    this.vantages = vantages;
  }

  @Override
  public boolean seen(int probe, boolean failed, boolean asked, IntConsumer ask) {
    if (asked) {
      down = failed;
    } else if (failed != down) {
      ask.accept(nextElsewhere(probe));
    }
    return down;
  }

  private int nextElsewhere(int probe) {
    int next = probe;
    do {
      next = (next + 1) % vantages.size();
    } while (vantages.region(next) == vantages.region(probe));
    return next;
  }
}
