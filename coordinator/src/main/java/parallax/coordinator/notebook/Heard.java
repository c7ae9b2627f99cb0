package parallax.coordinator.notebook;

import java.time.Instant;

/**
 * What a job said of itself last.
 *
 * @param name of the target that waits for it
 * @param at when it was heard
 * @param who said it
 * @param failed whether the job says that it failed
 * @param detail what else it says; may be empty
 */
public record Heard(String name, Instant at, String who, boolean failed, String detail) {
  public Heard {
    who = PlainText.line(who, PlainText.MAX_NAME);
    detail = PlainText.line(detail, PlainText.MAX_LINE);
  }
}
