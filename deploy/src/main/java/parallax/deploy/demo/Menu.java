package parallax.deploy.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.deploy.demo.story.Story;

/** What can be typed, and what it means. */
final class Menu {
  private final List<Story> stories;

  Menu(List<Story> stories) {
    this.stories = List.copyOf(stories);
  }

  /** What somebody wants. */
  sealed interface Choice {
    record Begin(Story story) implements Choice {}

    record Mend() implements Choice {}

    record Quit() implements Choice {}

    record Show() implements Choice {}

    /** Nothing that there is. */
    record Unknown(String typed) implements Choice {}
  }

  /** What a line means: a story's number or name, {@code m}, {@code q}, or nothing. */
  Choice read(String line) {
    String typed = line.strip().toLowerCase(Locale.ROOT);
    return switch (typed) {
      case "", "?", "h", "help" -> new Choice.Show();
      case "m", "mend" -> new Choice.Mend();
      case "q", "quit", "exit" -> new Choice.Quit();
      default ->
          story(typed)
              .<Choice>map(Choice.Begin::new)
              .orElseGet(() -> new Choice.Unknown(printable(line.strip())));
    };
  }

  private Optional<Story> story(String typed) {
    if (typed.matches("[0-9]{1,2}")) {
      int number = Integer.parseInt(typed);
      return number >= 1 && number <= stories.size()
          ? Optional.of(stories.get(number - 1))
          : Optional.empty();
    }
    return stories.stream().filter(story -> story.name().equals(typed)).findFirst();
  }

  private static String printable(String text) {
    int most = 40;
    return text.substring(0, Math.min(most, text.length())).replaceAll("\\p{C}", "?");
  }

  /** The menu, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int index = 0; index < stories.size(); index++) {
      Story story = stories.get(index);
      lines.add(
          String.format(Locale.ROOT, "  %d  %-12s %s", index + 1, story.name(), story.title()));
    }
    lines.add("  m  mend         everything works again");
    lines.add("  q  quit         ends the demo; nothing is left of it");
    return lines;
  }
}
