package parallax.coordinator.cluster.lead;

/**
 * The time in which one member leads, as the members have it: a hint. Who may record and tell is
 * for the store's epoch to say.
 *
 * @param number greater than that of any term that a majority knew before
 */
public record Term(long number) {}
