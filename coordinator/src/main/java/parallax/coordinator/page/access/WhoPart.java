package parallax.coordinator.page.access;

import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;

import java.util.Locale;
import parallax.coordinator.access.Asker;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.page.Frame;

/** Who is signed in, as what, and the way in or out: for the head of every page. */
public final class WhoPart {
  /** The field that every form of ours carries, in HTML; its value is put in when it is sent. */
  public static final String TOKEN =
      "<input type=\"hidden\" name=\"form_token\" value=\"" + Frame.FORM_TOKEN + "\">";

  private WhoPart() {}

  /**
   * In HTML.
   *
   * @param path where they are, with its query
   */
  public static String html(Visitor visitor, String path) {
    return switch (visitor.asker()) {
      case Asker.SignedIn(var session) ->
          "<form class=\"who\" method=\"post\" action=\"/logout\">"
              + TOKEN
              + "<span><a href=\"/login\">"
              + escaped(session.name())
              + "</a> <span class=\"note\">"
              + session.role().name().toLowerCase(Locale.ROOT)
              + "</span></span> <button>Sign out</button></form>";
      case Asker.Anybody _ ->
          visitor.tellsApart()
              ? "<p class=\"who\"><a href=\"/login?to=" + encoded(path) + "\">Sign in</a></p>"
              : "";
      case Asker.Bearer(String name, var role) ->
          "<p class=\"who\">"
              + escaped(name)
              + ", "
              + role.name().toLowerCase(Locale.ROOT)
              + "</p>";
      case Asker.Local _ -> "";
    };
  }
}
