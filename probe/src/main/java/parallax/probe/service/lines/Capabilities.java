package parallax.probe.service.lines;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Unfit;

/** What a server says that it can, each with its words, in upper case. */
record Capabilities(List<List<String>> all) {

  static Capabilities of(List<String> lines) {
    return new Capabilities(
        lines.stream()
            .map(line -> Arrays.asList(line.strip().toUpperCase(Locale.ROOT).split(" +")))
            .toList());
  }

  boolean has(String word) {
    return all.stream().anyMatch(words -> words.getFirst().equals(word));
  }

  /**
   * Passes when all of {@code expected} are there: the first word first, the others in any order.
   */
  void mustHave(SortedSet<String> expected) throws Unfit {
    List<String> missing = expected.stream().filter(each -> !covers(each)).toList();
    if (!missing.isEmpty()) {
      throw new Unfit(Reason.SERVICE_LACKS, missing.stream().collect(Collectors.joining(", ")));
    }
  }

  private boolean covers(String expected) {
    List<String> words = Arrays.asList(expected.split(" "));
    Set<String> needed = new HashSet<>(words);
    return all.stream()
        .anyMatch(has ->
            has.getFirst().equals(words.getFirst()) && new HashSet<>(has).containsAll(needed));
  }
}
