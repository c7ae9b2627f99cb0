package parallax.coordinator.page.deed;

import static parallax.coordinator.page.Html.escaped;

import parallax.coordinator.page.Frame;

/** One form by itself: when something was wrong with it, or when there is a question. */
public final class DeedPage {
  private final Frame frame;

  public DeedPage(Frame frame) {
    this.frame = frame;
  }

  /**
   * What is shown.
   *
   * @param place the entry of the navigation that it belongs to
   * @param back where it was begun
   * @param form HTML
   */
  public record Shown(String title, String place, String back, String form) {}

  /** The page, in HTML. */
  public String render(Shown shown) {
    String html =
        "<h1>"
            + escaped(shown.title())
            + "</h1>"
            + shown.form()
            + "<p><a href=\""
            + escaped(shown.back())
            + "\">"
            + frame.say().html("deed.back")
            + "</a></p>";
    return frame.answering(shown.title(), shown.place(), html);
  }
}
