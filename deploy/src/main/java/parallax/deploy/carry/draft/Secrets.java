package parallax.deploy.carry.draft;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.config.problem.Place;
import parallax.config.text.UrlText;

/**
 * Names for the secrets of their file. What is written has a reference in each secret's place; the
 * value goes nowhere. Not thread-safe.
 */
public final class Secrets {
  private static final int MAX_NAME = 100;
  private static final int MAX_TRIES = 100_000;
  private static final Pattern THEIR_REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]{0,127})}|\\$([A-Za-z_][A-Za-z0-9_]{0,127})");
  private static final List<String> SECRET_WORDS =
      List.of(
          "authorization",
          "cookie",
          "token",
          "secret",
          "password",
          "passwd",
          "apikey",
          "api-key",
          "api_key",
          "access_key",
          "signature",
          "credential",
          "auth-key",
          "x-api");
  private static final Pattern SECRET_IN_TEXT =
      Pattern.compile(
          "(?i)(password|passwd|secret|token|api[-_]?key|credential)[a-z_]*[\"']?\\s*[:=]");

  private final String prefix;
  private final Draft draft;
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * @param prefix of the names, as in {@code GATUS}
   */
  Secrets(String prefix, Draft draft) {
    this.prefix = prefix;
    this.draft = draft;
  }

  /** Whether what is called {@code key} is a secret, as far as the name tells. */
  public static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains);
  }

  /** Whether a text looks as if it held a secret. */
  public static boolean holdsSecret(String text) {
    return SECRET_IN_TEXT.matcher(text).find();
  }

  /** Whether a URL has credentials, or a parameter that is a secret by its name. */
  public static boolean isSecretUrl(String url) {
    int query = url.indexOf('?');
    boolean named = query >= 0 && holdsSecret(url.substring(query).replace("&", " "));
    boolean unreadable = UrlText.parse(url) instanceof UrlText.Parsed.Bad;
    return named || (unreadable && url.indexOf('@') >= 0);
  }

  /**
   * A reference to stand in place of a secret.
   *
   * @param hint what the variable is called after: {@code slack webhook}
   */
  public String reference(String value, String hint, Place place) {
    Matcher theirs = THEIR_REFERENCE.matcher(value);
    if (theirs.matches()) {
      String name = Optional.ofNullable(theirs.group(1)).orElseGet(() -> theirs.group(2));
      if (taken.add(name)) {
        draft.note(Note.Kind.SECRET, place, "", "${env:" + name + "}, as before");
      }
      return "${env:" + name + "}";
    }
    return "${env:" + names.computeIfAbsent(value, _ -> fresh(hint, place)) + "}";
  }

  /** Text in which references of theirs are ours, and nothing else is a reference. */
  public String expanded(String text) {
    Matcher theirs = THEIR_REFERENCE.matcher(text);
    StringBuilder ours = new StringBuilder();
    int at = 0;
    while (theirs.find()) {
      String name = Optional.ofNullable(theirs.group(1)).orElseGet(() -> theirs.group(2));
      ours.append(escaped(text.substring(at, theirs.start()))).append("${env:" + name + "}");
      at = theirs.end();
    }
    return ours.append(escaped(text.substring(at))).toString();
  }

  /** Text that is no reference, for a place in which references may stand. */
  public static String escaped(String text) {
    return text.replace("${", "$${");
  }

  private String fresh(String hint, Place place) {
    String words = Names.label(hint, "secret").replace('-', '_').toUpperCase(Locale.ROOT);
    String name = prefix + "_" + words.substring(0, Math.min(words.length(), MAX_NAME));
    String candidate = name;
    for (int number = 2; number < MAX_TRIES && !taken.add(candidate); number++) {
      candidate = name + "_" + number;
    }
    draft.note(Note.Kind.SECRET, place, "", "set " + candidate + " to what stands here");
    return candidate;
  }
}
