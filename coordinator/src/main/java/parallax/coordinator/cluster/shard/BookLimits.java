package parallax.coordinator.cluster.shard;

import parallax.coordinator.cluster.item.Item;

/**
 * How much a book may hold. All replicas of a book have the same limits, for they are part of it.
 *
 * @param journalEntries observations that wait to be stored
 * @param journalBytes bytes of these, as {@link Item#weight} counts
 * @param passing observations that found the journal full, for the leader to decide on
 * @param series pairs of target and check, each of one probe
 * @param probes whose numbers are remembered
 */
public record BookLimits(
    int journalEntries, int journalBytes, int passing, int series, int probes) {
  /** A most of 8 MiB waits in a shard. */
  public static final BookLimits USUAL =
      new BookLimits(32_768, 8 * 1024 * 1024, 1_024, 131_072, 1_024);

  public BookLimits {
    if (journalEntries < 1 || journalBytes < 1 || passing < 1 || series < 1 || probes < 1) {
      throw new IllegalArgumentException("a book with no room");
    }
  }
}
