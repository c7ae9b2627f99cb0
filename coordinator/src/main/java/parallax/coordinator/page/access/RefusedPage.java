package parallax.coordinator.page.access;

import static parallax.coordinator.page.Html.escaped;

import parallax.coordinator.page.Frame;

/** What is said to whoever may not do or read something. */
public final class RefusedPage {
  private final Frame frame;

  public RefusedPage(Frame frame) {
    this.frame = frame;
  }

  /** The page, in HTML. */
  public String render(String why) {
    return frame.alone(
        "Not allowed",
        "<h1>Not allowed</h1><p>"
            + escaped(why)
            + "</p><p><a href=\"/\">Overview</a> · <a href=\"/login\">Sign in</a></p>");
  }
}
