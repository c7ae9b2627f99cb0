package parallax.coordinator.cluster.shard;

import parallax.coordinator.cluster.item.Item;

/**
 * An item in its place.
 *
 * @param order of its arrival, from 1
 * @param number in the journal, from 1; 0 when it found the journal full
 */
record Entry(Item item, long order, long number) {}
