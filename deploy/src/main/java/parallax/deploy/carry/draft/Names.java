package parallax.deploy.carry.draft;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives what has a name over there one that is allowed and unique here. Not thread-safe. */
public final class Names {
  private static final int MAX_TARGET = 200;
  private static final int MAX_SHORT = 50;
  private static final int MAX_TRIES = 100_000;

  private final Set<String> taken = new HashSet<>();

  /** A name of a target: printable ASCII without blanks, quotes, backslashes, angle brackets. */
  public String target(String theirs) {
    String ascii = Normalizer.normalize(theirs.strip(), Normalizer.Form.NFKD);
    String words = ascii.replaceAll("\\p{M}", "").replaceAll("\\s+", "-");
    String kept = words.replaceAll("[^!#-&(-;=?-\\[\\]-_a-~]", "");
    String tidy = kept.replaceAll("-{2,}", "-").replaceAll("^-+|-+$", "");
    return unique(bounded(tidy.isEmpty() ? "target" : tidy, MAX_TARGET));
  }

  /** A name of a receiver: lower-case letters, digits and inner hyphens. */
  public String receiver(String theirs) {
    return unique(label(theirs, "receiver"));
  }

  /** Lower-case letters, digits and inner hyphens of {@code theirs}. */
  public static String label(String theirs, String otherwise) {
    String ascii = Normalizer.normalize(theirs, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String kept = ascii.replaceAll("\\p{M}", "").replaceAll("[^a-z0-9]+", "-");
    String tidy = bounded(kept.replaceAll("^-+", ""), MAX_SHORT).replaceAll("-+$", "");
    return tidy.isEmpty() ? otherwise : tidy;
  }

  /** A key of a label: letters, digits and underscores, no digit first. */
  public static String key(String theirs) {
    String kept = label(theirs, "tag").replace('-', '_');
    return Character.isDigit(kept.charAt(0)) ? "_" + kept : kept;
  }

  private static String bounded(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private String unique(String name) {
    String candidate = name;
    for (int number = 2; number < MAX_TRIES && !taken.add(candidate); number++) {
      candidate = name + "-" + number;
    }
    return candidate;
  }
}
