package parallax.coordinator.page.access;

import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;

import java.util.Optional;
import parallax.coordinator.page.Frame;

/** Where people sign in. */
public final class LoginPage {
  private final Frame frame;

  public LoginPage(Frame frame) {
    this.frame = frame;
  }

  /**
   * What is shown.
   *
   * @param tokens whether there are tokens to sign in with
   * @param provider of OpenID Connect, as people know it; empty: there is none
   * @param to where they go afterwards, a path of ours
   * @param who what was typed as their name
   * @param problem why they are not signed in yet, in words
   * @param known who is signed in already
   */
  public record Shown(
      boolean tokens,
      Optional<String> provider,
      String to,
      String who,
      Optional<String> problem,
      Optional<String> known) {}

  /** The page, in HTML. */
  public String render(Shown shown) {
    StringBuilder html = new StringBuilder(2048);
    html.append("<h1>Sign in</h1>");
    shown
        .problem()
        .ifPresent(
            why ->
                html.append("<p class=\"problem\" id=\"problem\" role=\"alert\">")
                    .append(escaped(why) + "</p>"));
    shown
        .known()
        .ifPresent(
            name ->
                html.append("<p>You are signed in as " + escaped(name) + ".</p>")
                    .append("<form method=\"post\" action=\"/logout\">" + WhoPart.TOKEN)
                    .append("<button>Sign out</button> <button name=\"everywhere\"")
                    .append(" value=\"yes\">Sign out everywhere</button></form>"));
    if (!shown.tokens() && shown.provider().isEmpty()) {
      html.append("<p>Nobody is told apart here: there are no tokens and no OpenID provider ")
          .append("under 'api' in the configuration.</p>");
    }
    shown
        .provider()
        .ifPresent(
            name ->
                html.append("<p><a class=\"button\" href=\"/login/oidc?to=" + encoded(shown.to()))
                    .append("\">Sign in with " + escaped(name) + "</a></p>"));
    if (shown.tokens()) {
      form(html, shown);
    }
    return frame.alone("Sign in", html);
  }

  private static void form(StringBuilder html, Shown shown) {
    String described = shown.problem().isPresent() ? " aria-describedby=\"problem\"" : "";
    html.append("<form class=\"deed\" method=\"post\" action=\"/login\">" + WhoPart.TOKEN)
        .append("<input type=\"hidden\" name=\"to\" value=\"" + escaped(shown.to()) + "\">")
        .append("<label>Token<input name=\"token\" type=\"password\" required")
        .append(" autocomplete=\"current-password\" maxlength=\"2048\"" + described + "></label>")
        .append("<label>Your name, where several share the token")
        .append("<input name=\"who\" autocomplete=\"username\" maxlength=\"100\" value=\"")
        .append(escaped(shown.who()) + "\"></label><button>Sign in</button></form>");
  }
}
