package parallax.coordinator.cluster.item;

import java.util.Arrays;

/** An observation that was handed over, encoded. Immutable. */
public final class Item {
  /**
   * Heap of an item beside the observation's bytes: itself (48), its place in the book (40), the
   * array's head (16), its share of the target's name and of the map (40).
   */
  public static final int OVERHEAD_BYTES = 144;

  private final Origin origin;
  private final long sequence;
  private final long received;
  private final Subject subject;
  private final byte[] observation;

  /**
   * An item.
   *
   * @param received by the clock of the member that took it in, nanoseconds since the epoch
   * @param observation as {@link parallax.config.wire.Batch#encode} gives it; not to be changed
   */
  public Item(Origin origin, long sequence, long received, Subject subject, byte[] observation) {
    this.origin = origin;
    this.sequence = sequence;
    this.received = received;
    this.subject = subject;
    this.observation = observation;
  }

  /** What was looked at, and how. */
  public record Subject(String target, String check) {}

  /** What makes two items the same. */
  public record Id(String probe, long boot, long sequence) {}

  public Id id() {
    return new Id(origin.probe(), origin.boot(), sequence);
  }

  public Origin origin() {
    return origin;
  }

  public long sequence() {
    return sequence;
  }

  public long received() {
    return received;
  }

  public Subject subject() {
    return subject;
  }

  /** Not to be changed. */
  public byte[] observation() {
    return observation;
  }

  /** Heap that it costs, in bytes. */
  public int weight() {
    return observation.length + OVERHEAD_BYTES;
  }

  /** This item with the texts of another that is about the same, so that they are kept once. */
  public Item sharing(Item other) {
    Origin shared = origin.equals(other.origin) ? other.origin : origin;
    return new Item(shared, sequence, received, other.subject, observation);
  }

  /** Whether this was seen later by the same probe than another. */
  public boolean isNewerThan(Item other) {
    return origin.boot() == other.origin.boot()
        ? sequence > other.sequence
        : origin.boot() > other.origin.boot();
  }

  public boolean isSame(Item other) {
    return sequence == other.sequence
        && origin.boot() == other.origin.boot()
        && origin.probe().equals(other.origin.probe());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item that
        && isSame(that)
        && origin.equals(that.origin)
        && received == that.received
        && subject.equals(that.subject)
        && Arrays.equals(observation, that.observation);
  }

  @Override
  public int hashCode() {
    return 31 * origin.hashCode() + Long.hashCode(sequence);
  }

  @Override
  public String toString() {
    return origin + "/" + sequence + " of " + subject;
  }
}
