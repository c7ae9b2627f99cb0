package parallax.coordinator.page.access;

import static parallax.coordinator.page.Html.escaped;

import parallax.coordinator.page.Frame;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** What is said to whoever may not do or read something. */
public final class RefusedPage {
  private final Frame frame;

  public RefusedPage(Frame frame) {
    this.frame = frame;
  }

  /**
   * The page, in HTML.
   *
   * @param why in English
   * @param path where they are, with its query
   */
  public String render(String why, Language language, String path) {
    Frame spoken = frame.in(language);
    Say say = spoken.say();
    String html =
        "<h1>"
            + say.html("refused.title")
            + "</h1><p>"
            + escaped(say.known(why))
            + "</p><p><a href=\"/\">"
            + say.html("nav.overview")
            + "</a> · <a href=\"/login\">"
            + say.html("login.enter")
            + "</a></p>";
    return spoken
        .alone(say.of("refused.title"), html)
        .replace(Frame.LANGUAGES, LanguagePart.html(language, path));
  }
}
