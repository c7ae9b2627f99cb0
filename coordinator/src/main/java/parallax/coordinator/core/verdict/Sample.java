package parallax.coordinator.core.verdict;

import java.util.Arrays;
import parallax.coordinator.core.fleet.Probe;

/**
 * What those whose looks count have seen since an instant, a row for each probe. Rows are in the
 * order of slots. Filled once, then only read.
 */
public final class Sample {
  /** More looks of one probe than this are not weighed, so that none can outvote the others. */
  public static final int MAX_LOOKS = 3;

  private final boolean oneNetwork;
  private final boolean oneResolver;
  private final Probe[] probes;
  private final int[] failed;
  private final int[] fine;
  private int rows;

  /** Of probes of which it is not known what they share. */
  public Sample(int most) {
    this(most, false, false);
  }

  /**
   * Of the looks of a fleet.
   *
   * @param most rows
   * @param oneNetwork whether everybody who could look is in one network, whoever of them did
   * @param oneResolver the same of resolvers
   */
  public Sample(int most, boolean oneNetwork, boolean oneResolver) {
    this.oneNetwork = oneNetwork;
    this.oneResolver = oneResolver;
    probes = new Probe[most];
    failed = new int[most];
    fine = new int[most];
  }

  /** Adds a probe that has looked. */
  public void add(Probe probe, int failedLooks, int fineLooks) {
    probes[rows] = probe;
    failed[rows] = failedLooks;
    fine[rows] = fineLooks;
    rows++;
  }

  /** Whether nobody outside the one network could have been asked. */
  public boolean isOfOneNetwork() {
    return oneNetwork;
  }

  /** Whether everybody asks the same resolver. */
  public boolean isOfOneResolver() {
    return oneResolver;
  }

  public int rows() {
    return rows;
  }

  public Probe probe(int row) {
    return probes[row];
  }

  public int failed(int row) {
    return failed[row];
  }

  public int fine(int row) {
    return fine[row];
  }

  /** How many probes saw at least one failure. */
  public int failingProbes() {
    int failing = 0;
    for (int row = 0; row < rows; row++) {
      failing += failed[row] > 0 ? 1 : 0;
    }
    return failing;
  }

  public int failedLooks() {
    return Arrays.stream(failed, 0, rows).sum();
  }

  public int fineLooks() {
    return Arrays.stream(fine, 0, rows).sum();
  }

  /** In how many regions at least one look failed. */
  public int failingRegions() {
    int regions = 0;
    for (int row = 0; row < rows; row++) {
      regions += failed[row] > 0 && isFirstFailingOfRegion(row) ? 1 : 0;
    }
    return regions;
  }

  private boolean isFirstFailingOfRegion(int row) {
    for (int other = 0; other < row; other++) {
      if (failed[other] > 0 && probes[other].region() == probes[row].region()) {
        return false;
      }
    }
    return true;
  }
}
