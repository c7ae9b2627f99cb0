package parallax.coordinator.status.html;

import static parallax.coordinator.status.words.Xml.escaped;

import parallax.coordinator.status.words.Texts;

/** What whoever reported something is answered. */
public final class ReportHtml {
  private ReportHtml() {}

  /**
   * The answer.
   *
   * @param key of the text that says what became of it
   */
  public static String answer(String title, String key, Texts texts) {
    String heading = texts.of("page.title", title);
    return Pieces.head(texts, heading, "", "<body>")
        + "<main><h1>"
        + escaped(heading)
        + "</h1><p role=\"status\">"
        + escaped(texts.of(key))
        + "</p><p><a href=\"../status?lang="
        + texts.language().tag()
        + "\">"
        + escaped(texts.of("report.back"))
        + "</a></p></main></body></html>\n";
  }
}
