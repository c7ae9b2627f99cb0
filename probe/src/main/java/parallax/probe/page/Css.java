package parallax.probe.page;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;

/** Reads out of a style sheet what it names (CSS Syntax section 4.3.6, CSS Cascade section 2). */
final class Css {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
  private static final String TEXT = "(?:\"([^\"\\n]*)\"|'([^'\\n]*)')";
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(@import\\s+|@namespace\\s+(?:[a-z0-9_-]+\\s+)?)?"
              + "(?:url\\(\\s*(?:"
              + TEXT
              + "|([^\"'()\\s]*))\\s*\\))"
              + "|@import\\s+"
              + TEXT);

  private static final List<String> FONTS = List.of(".woff2", ".woff", ".ttf", ".otf", ".eot");
  private static final int URL_GROUPS = 4;
  private static final int IMPORT_GROUPS = 6;

  private Css() {}

  /** The declarations of one element. */
  static void inAttribute(String style, Links links) {
    if (style.contains("url(")) {
      read(style, links, false);
    }
  }

  /**
   * A whole sheet.
   *
   * @param blocking whether the page waits for it, and so for what it imports
   */
  static void read(String sheet, Links links, boolean blocking) {
    Matcher matcher = NAMED.matcher(COMMENT.matcher(sheet).replaceAll(" "));
    for (int count = 0; count < Links.MAX_LINKS && matcher.find(); count++) {
      String before = matcher.group(1) == null ? "" : matcher.group(1).toLowerCase(Locale.ROOT);
      String url = group(matcher, 2, URL_GROUPS);
      String imported = group(matcher, URL_GROUPS + 1, IMPORT_GROUPS);
      if (!imported.isEmpty() || before.startsWith("@import")) {
        links.add(imported + url, Resource.Kind.STYLE, blocking, "");
      } else if (!before.startsWith("@namespace")) {
        links.add(url, kind(url), false, "");
      }
    }
  }

  private static String group(Matcher matcher, int first, int last) {
    for (int group = first; group <= last; group++) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    return "";
  }

  private static Resource.Kind kind(String url) {
    String path = url.toLowerCase(Locale.ROOT).split("[?#]", 2)[0];
    return FONTS.stream().anyMatch(path::endsWith) ? Resource.Kind.FONT : Resource.Kind.IMAGE;
  }
}
