package parallax.coordinator.store;

/**
 * The time in which one coordinator decides, counted from 1. The record hands them out one after
 * the other; who holds an older one is no longer listened to.
 */
public record Epoch(long number) implements Comparable<Epoch> {
  public Epoch {
    if (number < 1) {
      throw new IllegalArgumentException("epochs count from 1: " + number);
    }
  }

  @Override
  public int compareTo(Epoch other) {
    return Long.compare(number, other.number);
  }
}
