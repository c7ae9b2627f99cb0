package parallax.coordinator.page.access;

import static parallax.coordinator.page.Html.escaped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parallax.coordinator.access.LocalPath;
import parallax.coordinator.words.Language;

/** Links to the same page in the other languages: for the head of every page. */
public final class LanguagePart {
  private LanguagePart() {}

  /**
   * In HTML.
   *
   * @param read in which language they read
   * @param path where they are, with its query
   */
  public static String html(Language read, String path) {
    StringBuilder html = new StringBuilder("<p class=\"language\">");
    for (Language other : Language.values()) {
      if (other != read) {
        String tag = other.tag();
        html.append("<a href=\"" + escaped(place(path, other)) + "\" hreflang=\"" + tag)
            .append("\" lang=\"" + tag + "\">" + other.own() + "</a>");
      }
    }
    return html.append("</p>").toString();
  }

  private static String place(String path, Language language) {
    String known = LocalPath.here(path);
    int mark = known.indexOf('?');
    List<String> pairs = new ArrayList<>();
    if (mark >= 0) {
      Arrays.stream(known.substring(mark + 1).split("&", -1))
          .filter(pair -> !pair.isEmpty() && !isLanguage(pair))
          .forEach(pairs::add);
    }
    pairs.add(Language.PARAMETER + "=" + language.tag());
    return (mark < 0 ? known : known.substring(0, mark)) + "?" + String.join("&", pairs);
  }

  private static boolean isLanguage(String pair) {
    return pair.equals(Language.PARAMETER) || pair.startsWith(Language.PARAMETER + "=");
  }
}
