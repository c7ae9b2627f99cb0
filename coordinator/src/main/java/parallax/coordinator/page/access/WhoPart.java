package parallax.coordinator.page.access;

import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;

import java.util.Locale;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.access.Asker;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.page.Frame;
import parallax.coordinator.words.Say;

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
    Say say = Say.in(visitor.language());
    return switch (visitor.asker()) {
      case Asker.SignedIn(var session) ->
          "<form class=\"who\" method=\"post\" action=\"/logout\">"
              + TOKEN
              + "<span><a href=\"/login\">"
              + escaped(session.name())
              + "</a> <span class=\"note\">"
              + role(say, session.role())
              + "</span></span> <button>"
              + say.html("login.leave")
              + "</button></form>";
      case Asker.Anybody _ ->
          visitor.tellsApart()
              ? "<p class=\"who\"><a href=\"/login?to="
                  + encoded(path)
                  + "\">"
                  + say.html("login.enter")
                  + "</a></p>"
              : "";
      case Asker.Bearer(String name, var role) ->
          "<p class=\"who\">" + escaped(name) + say.html("list.comma") + role(say, role) + "</p>";
      case Asker.Local _ -> "";
    };
  }

  private static String role(Say say, Role role) {
    return say.html("role." + role.name().toLowerCase(Locale.ROOT));
  }
}
