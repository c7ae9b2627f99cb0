package parallax.bench.compare.rule;

import java.util.function.IntConsumer;
import parallax.bench.compare.run.Vantages;

/** Down while enough probes, or regions with such a probe, fail. */
public final class Quorum implements Rule {
  private final Terms terms;
  private final int[] placeOf;
  private final int[] failingAt;
  private final int[] contrary;
  private final boolean[] failing;
  private int failingPlaces;

  /**
   * What is enough.
   *
   * @param inARow so many failures in a row make a probe a failing one
   * @param backInARow so many successes in a row make it a working one again
   * @param enough so many failing places make the target down
   * @param byRegion whether all probes of a region are one place; else each is one
   */
  public record Terms(int inARow, int backInARow, int enough, boolean byRegion) {}

  public Quorum(Terms terms, Vantages vantages) {
    this.terms = terms;
    this.placeOf = new int[vantages.size()];
    for (int probe = 0; probe < placeOf.length; probe++) {
      placeOf[probe] = terms.byRegion() ? vantages.region(probe) : probe;
    }
    this.failingAt = new int[vantages.size()];
    this.contrary = new int[vantages.size()];
    this.failing = new boolean[vantages.size()];
  }

  @Override
  public boolean seen(int probe, boolean failed, boolean asked, IntConsumer ask) {
    if (failed == failing[probe]) {
      contrary[probe] = 0;
    } else if (++contrary[probe] >= (failed ? terms.inARow() : terms.backInARow())) {
      turn(probe, failed);
    }
    return failingPlaces >= terms.enough();
  }

  private void turn(int probe, boolean failed) {
    contrary[probe] = 0;
    failing[probe] = failed;
    int place = placeOf[probe];
    if (failed) {
      failingPlaces += failingAt[place]++ == 0 ? 1 : 0;
    } else {
      failingPlaces -= --failingAt[place] == 0 ? 1 : 0;
    }
  }
}
