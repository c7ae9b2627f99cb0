package parallax.deploy.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands of the guide: a block between fences that is marked {@code sh}. Comments before it,
 * which readers do not see, say how it is to be run:
 *
 * <pre>
 * &lt;!-- not run: REASON --&gt;
 * &lt;!-- run first: COMMANDS --&gt;
 * &lt;!-- run: in the background until URL --&gt;     until it answers
 * &lt;!-- run: until TEXT --&gt;                      again until it says so
 * </pre>
 *
 * @param place file and line
 * @param first what is run before it
 */
record Block(String place, String commands, Optional<String> first, How how) {
  private static final String FENCE = "```";
  private static final Pattern SAID = Pattern.compile("<!-- (not run|run first|run): (.*) -->");
  private static final String BEHIND = "in the background until ";
  private static final String UNTIL = "until ";

  /** How it is run. */
  sealed interface How {
    /** To its end. */
    record Plain() implements How {}

    /** It goes on, and answers there. */
    record Behind(String url) implements How {}

    /** Again and again, until it says this. */
    record Until(String text) implements How {}

    /** Not here. */
    record Left(String why) implements How {}
  }

  /** All of a page; those that nothing says what they are is an error. */
  static List<Block> of(Path page, String name) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    Optional<String> first = Optional.empty();
    How how = new How.Plain();
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      Matcher said = SAID.matcher(line);
      if (said.matches()) {
        String words = said.group(2);
        switch (said.group(1)) {
          case "not run" -> how = new How.Left(words);
          case "run first" -> first = Optional.of(words);
          default -> how = how(words, name + ":" + (at + 1));
        }
      } else if (line.startsWith(FENCE)) {
        int end = at + 1;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        if (line.equals(FENCE + "sh")) {
          String commands = String.join("\n", lines.subList(at + 1, end));
          blocks.add(new Block(name + ":" + (at + 2), commands, first, how));
        }
        at = end;
        first = Optional.empty();
        how = new How.Plain();
      }
    }
    return blocks;
  }

  private static How how(String words, String place) {
    if (words.startsWith(BEHIND)) {
      return new How.Behind(words.substring(BEHIND.length()));
    }
    if (words.startsWith(UNTIL)) {
      return new How.Until(words.substring(UNTIL.length()));
    }
    throw new AssertionError(place + ": what does \"" + words + "\" mean?");
  }

  /** As a part of a script of bash, in which {@code behind} and {@code again} are defined. */
  String script() {
    String head = "at '" + place + "'\n" + first.map(words -> words + "\n").orElse("");
    return head
        + switch (how) {
          case How.Plain _ -> commands + "\n";
          case How.Behind(String url) ->
              "{\n" + commands + "\n} >>\"$LOG\" 2>&1 &\nanswers '" + url + "'\n";
          case How.Until(String text) -> "says '" + text + "' <<'PART'\n" + commands + "\nPART\n";
          case How.Left(String why) -> "echo 'NOT RUN: " + why.replace("'", "'\\''") + "'\n";
        };
  }
}
