package parallax.deploy.coordinator;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.view.SourceRevision;

/** A commit as members tell it one another: its parts, a line each. */
final class CommitText {
  private static final int PARTS = 4;

  private CommitText() {}

  static String of(SourceRevision commit) {
    return String.join(
        "\n", commit.commit(), commit.time().toString(), commit.author(), commit.subject());
  }

  /** Empty where it is none. */
  static Optional<SourceRevision> parse(String text) {
    List<String> parts = List.of(text.split("\n", PARTS));
    if (parts.size() < PARTS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SourceRevision(
              parts.get(0), parts.get(2), Instant.parse(parts.get(1)), parts.get(3)));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
