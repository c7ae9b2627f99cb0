package parallax.coordinator.api.people;

import java.util.Optional;
import parallax.coordinator.notebook.PlainText;

/**
 * Who does something.
 *
 * @param name of the token, or {@link #LOCAL}
 */
public record Caller(String name) {
  /** Somebody on the coordinator's own machine. */
  public static final String LOCAL = "local";

  /** Whoever reaches the port. */
  public static final String ANYBODY = "anybody";

  /** How what is done is signed: a person is named by whoever speaks for them. */
  public String signed(Optional<String> person) {
    int most = PlainText.MAX_NAME - name.length() - "( via )".length();
    return person
        .map(given -> PlainText.line(given, most))
        .filter(given -> !given.isEmpty() && !given.equals(name))
        .map(given -> given + " (via " + name + ")")
        .orElse(name);
  }
}
