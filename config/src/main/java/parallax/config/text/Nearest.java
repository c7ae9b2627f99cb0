package parallax.config.text;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody meant. */
public final class Nearest {
  /** Longer words are not compared: nobody mistypes one of ours into that. */
  private static final int MAX_LENGTH = 64;

  private Nearest() {}

  /**
   * The word of {@code known} that is nearest to {@code written}, ignoring case: at most one typing
   * error for every three characters (insertion, deletion, substitution or swapped neighbours);
   * empty when none is that near.
   */
  public static Optional<String> of(String written, Collection<String> known) {
    Optional<String> best = Optional.empty();
    int bestDistance = Math.max(1, written.length() / 3) + 1;
    if (written.length() > MAX_LENGTH) {
      return best;
    }
    for (String word : known) {
      int distance = distance(simple(written), simple(word));
      if (distance < bestDistance) {
        best = Optional.of(word);
        bestDistance = distance;
      }
    }
    return best;
  }

  private static String simple(String word) {
    StringBuilder simple = new StringBuilder(word.length());
    word.chars()
        .map(character -> character == '-' ? '_' : Character.toLowerCase(character))
        .forEach(character -> simple.append((char) character));
    return simple.toString();
  }

  /** Optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + substitution);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
