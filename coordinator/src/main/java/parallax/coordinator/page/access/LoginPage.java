package parallax.coordinator.page.access;

import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;

import java.util.Optional;
import parallax.coordinator.page.Frame;
import parallax.coordinator.words.Say;

/** Where people sign in. */
public final class LoginPage {
  private final Frame frame;
  private final Say say;

  public LoginPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
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
    html.append("<h1>" + say.html("login.enter") + "</h1>");
    shown
        .problem()
        .ifPresent(
            why ->
                html.append("<p class=\"problem\" id=\"problem\" role=\"alert\">")
                    .append(escaped(say.known(why)) + "</p>"));
    shown
        .known()
        .ifPresent(
            name ->
                html.append("<p>" + say.html("login.known", escaped(name)) + "</p>")
                    .append("<form method=\"post\" action=\"/logout\">" + WhoPart.TOKEN)
                    .append("<button>" + say.html("login.leave") + "</button> ")
                    .append("<button name=\"everywhere\" value=\"yes\">")
                    .append(say.html("login.everywhere") + "</button></form>"));
    if (!shown.tokens() && shown.provider().isEmpty()) {
      html.append("<p>" + say.html("login.none") + "</p>");
    }
    shown
        .provider()
        .ifPresent(
            name ->
                html.append("<p><a class=\"button\" href=\"/login/oidc?to=" + encoded(shown.to()))
                    .append("\">")
                    .append(say.html("login.with", escaped(name)) + "</a></p>"));
    if (shown.tokens()) {
      form(html, shown);
    }
    return frame.alone(say.of("login.enter"), html);
  }

  private void form(StringBuilder html, Shown shown) {
    String described = shown.problem().isPresent() ? " aria-describedby=\"problem\"" : "";
    html.append("<form class=\"deed\" method=\"post\" action=\"/login\">" + WhoPart.TOKEN)
        .append("<input type=\"hidden\" name=\"to\" value=\"" + escaped(shown.to()) + "\">")
        .append(
            "<label>"
                + say.html("login.token")
                + "<input name=\"token\" type=\"password\" required")
        .append(" autocomplete=\"current-password\" maxlength=\"2048\"" + described + "></label>")
        .append(
            "<label>"
                + say.html("login.who")
                + "<input name=\"who\" autocomplete=\"username\" maxlength=\"100\" value=\"")
        .append(escaped(shown.who()) + "\"></label><button>" + say.html("login.enter"))
        .append("</button></form>");
  }
}
