package parallax.coordinator.core.verdict;

import java.util.List;

/**
 * How a decision came about, to be read in ten seconds.
 *
 * @param rule which rule decided, in words
 * @param explanations what could explain the looks, likeliest first; empty when nothing was weighed
 * @param shares how many of those who look fail, in each region that looks; empty when nothing
 *     fails
 * @param rivals the shared dependencies that were considered, best first
 * @param wouldChange what would change the decision, in words
 */
public record Why(
    String rule,
    List<Explanation> explanations,
    List<Share> shares,
    List<Rival> rivals,
    List<String> wouldChange) {

  public Why {
    explanations = List.copyOf(explanations);
    shares = List.copyOf(shares);
    rivals = List.copyOf(rivals);
    wouldChange = List.copyOf(wouldChange);
  }

  /** A rule, and nothing that was weighed. */
  public static Why rule(String rule) {
    return new Why(rule, List.of(), List.of(), List.of(), List.of());
  }

  /**
   * What could explain the looks.
   *
   * @param name nothing, global, partial, regional or network
   * @param probability after the looks, from 0 to 1
   */
  public record Explanation(String name, double probability) {}

  /**
   * A part of those who look.
   *
   * @param group {@code region:tokyo}, {@code network:AS64500}
   */
  public record Share(String group, int failing, int looking) {}

  /**
   * A dependency that could be the culprit.
   *
   * @param gain how much better it explains the failures than chance does, natural logarithm
   */
  public record Rival(String culprit, int failing, int dependants, double gain) {}
}
