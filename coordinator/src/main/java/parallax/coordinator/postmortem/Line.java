package parallax.coordinator.postmortem;

import java.time.Instant;

/**
 * Something that happened in an incident, for people.
 *
 * @param event in one word
 * @param who see {@link parallax.coordinator.notebook.Entry}
 * @param text may have several lines where a person wrote it
 */
public record Line(Instant at, String event, String who, String text) {}
