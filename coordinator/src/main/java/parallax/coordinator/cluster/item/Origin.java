package parallax.coordinator.cluster.item;

import java.util.Arrays;

/**
 * Who looked, in which run: what all observations of a parcel have in common. Immutable.
 *
 * <p>A probe's name stands in the vantage as well; there it cannot be read without decoding.
 */
public final class Origin {
  private final String probe;
  private final long boot;
  private final byte[] vantage;

  /**
   * An origin.
   *
   * @param boot the run; distinguishes it from other runs of the probe, and rises
   * @param vantage as {@link parallax.config.wire.Batch#encode} gives it; not to be changed
   */
  public Origin(String probe, long boot, byte[] vantage) {
    this.probe = probe;
    this.boot = boot;
    this.vantage = vantage;
  }

  public String probe() {
    return probe;
  }

  public long boot() {
    return boot;
  }

  /** Not to be changed. */
  public byte[] vantage() {
    return vantage;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Origin that
        && boot == that.boot
        && probe.equals(that.probe)
        && Arrays.equals(vantage, that.vantage);
  }

  @Override
  public int hashCode() {
    return 31 * probe.hashCode() + Long.hashCode(boot);
  }

  @Override
  public String toString() {
    return probe + "/" + boot;
  }
}
