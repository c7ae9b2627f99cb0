package parallax.coordinator.status.html;

import static parallax.coordinator.status.words.Xml.escaped;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.status.model.PublicIncident;
import parallax.coordinator.status.model.PublicWindow;
import parallax.coordinator.status.model.ServiceState;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.words.Language;

/** The public status page. Its links are relative, so it may stand at any address. */
public final class StatusHtml {
  /** Where a report goes, from where the page is. */
  private static final String REPORT = "status/report";

  private final StatusBoard board;
  private final Texts texts;
  private final boolean copy;

  private StatusHtml(StatusBoard board, Texts texts, boolean copy) {
    this.board = board;
    this.texts = texts;
    this.copy = copy;
  }

  /**
   * The page.
   *
   * @param copy to be kept somewhere else, where nobody answers
   */
  public static String page(StatusBoard board, Texts texts, boolean copy) {
    return new StatusHtml(board, texts, copy).render();
  }

  /** The name of the file of a copy in some language. */
  public static String file(Language language) {
    return language == Language.EN ? "index.html" : "index." + language.tag() + ".html";
  }

  private String render() {
    StringBuilder html = new StringBuilder(16_384);
    ServiceState overall = board.overall();
    boolean empty = board.groups().isEmpty();
    String all = texts.of(empty ? "page.none" : "overall." + overall.word());
    String title = texts.of("page.title", board.title());
    html.append(Pieces.head(texts, all + " · " + title, feeds(), "<body>"))
        .append("<a class=\"skip\" href=\"#services\">" + said("page.skip") + "</a>")
        .append("<header><h1>" + escaped(title) + "</h1><p class=\"all " + overall.word() + "\">")
        .append(Pieces.icon(overall) + "<span>" + escaped(all) + "</span></p><p class=\"soft\">")
        .append(texts.html("page.asOf", time(board.at())))
        .append(copy ? " " + said("page.copy") : "")
        .append("</p></header>\n<main>");
    now(html);
    services(html);
    windows(html);
    past(html);
    if (board.reports() && !copy && !empty) {
      form(html);
    }
    footer(html);
    return html.toString();
  }

  private String feeds() {
    return "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"feed.atom\">"
        + "<link rel=\"alternate\" type=\"application/feed+json\" href=\"feed.json\">";
  }

  /** A text without values. */
  private String said(String key) {
    return escaped(texts.of(key));
  }

  private String time(Instant at) {
    return Pieces.time(at, texts);
  }

  private void now(StringBuilder html) {
    html.append("<section aria-labelledby=\"now\"><h2 id=\"now\">" + said("now.title") + "</h2>");
    if (board.open().isEmpty()) {
      html.append("<p>" + said("now.none") + "</p>");
    }
    for (PublicIncident incident : board.open()) {
      Duration lasts = Duration.between(incident.began(), board.at());
      html.append("<article class=\"item now\"><h3>" + escaped(texts.of(incident)) + "</h3>")
          .append("<p class=\"soft\">")
          .append(texts.html("now.since", time(incident.began()), escaped(texts.of(lasts))))
          .append("</p>");
      updates(html, incident);
      html.append("</article>");
    }
    html.append("</section>\n");
  }

  private void updates(StringBuilder html, PublicIncident incident) {
    for (PublicIncident.Update update : incident.updates().reversed()) {
      html.append("<p><span class=\"soft\">" + time(update.at()) + "</span> ")
          .append(escaped(update.text()).replace("\n", "<br>") + "</p>");
    }
  }

  private void services(StringBuilder html) {
    html.append("<section aria-labelledby=\"services\"><h2 id=\"services\" tabindex=\"-1\">")
        .append(said("page.services") + "</h2>");
    for (StatusBoard.Group group : board.groups()) {
      html.append("<section class=\"group\"><h3>" + escaped(group.name()) + "</h3>");
      group.services().forEach(service -> service(html, service));
      html.append("</section>");
    }
    if (board.groups().isEmpty()) {
      html.append("<p>" + said("page.none") + "</p>");
    }
    html.append("</section>\n");
  }

  private void service(StringBuilder html, ServiceView service) {
    html.append("<div class=\"service\"><div class=\"head\"><h4>" + escaped(service.name()))
        .append("</h4>" + Pieces.state(service.state(), texts) + "</div>");
    service
        .description()
        .ifPresent(words -> html.append("<p class=\"soft\">" + escaped(words) + "</p>"));
    new Bars(service, texts).write(html);
    html.append("</div>\n");
  }

  private void windows(StringBuilder html) {
    if (board.windows().isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"windows\"><h2 id=\"windows\">")
        .append(said("windows.title") + "</h2>");
    for (PublicWindow window : board.windows()) {
      String key = window.isOpen(board.at()) ? "windows.open" : "windows.next";
      html.append("<article class=\"item window\"><h3>")
          .append(escaped(texts.of(key, texts.named(window.services()))) + "</h3>")
          .append("<p class=\"soft\">")
          .append(texts.html("windows.time", time(window.from()), time(window.until())))
          .append("</p></article>");
    }
    html.append("</section>\n");
  }

  private void past(StringBuilder html) {
    html.append("<section aria-labelledby=\"past\"><h2 id=\"past\">" + said("past.title"))
        .append("</h2>");
    List<PublicIncident> past = board.past();
    if (past.isEmpty()) {
      html.append("<p>" + said("past.none") + "</p>");
    }
    for (PublicIncident incident : past) {
      Instant end = incident.ended().orElse(board.at());
      String lasted = escaped(texts.of(Duration.between(incident.began(), end)));
      html.append("<article class=\"item\"><h3>" + escaped(texts.of(incident)) + "</h3>")
          .append("<p class=\"soft\">")
          .append(texts.html("past.lasted", time(incident.began()), time(end), lasted))
          .append("</p>");
      updates(html, incident);
      html.append("</article>");
    }
    html.append("</section>\n");
  }

  private void form(StringBuilder html) {
    html.append("<section aria-labelledby=\"report\"><h2 id=\"report\">" + said("report.title"))
        .append("</h2><form method=\"post\" action=\"" + REPORT + "\">")
        .append("<input type=\"hidden\" name=\"lang\" value=\"" + texts.language().tag() + "\">")
        .append("<label for=\"which\">" + said("report.service") + "</label>")
        .append("<select id=\"which\" name=\"service\" required>");
    board
        .services()
        .forEach(
            service ->
                html.append("<option value=\"" + escaped(service.name()) + "\">")
                    .append(escaped(service.name()) + "</option>"));
    html.append("</select><label for=\"what\">" + said("report.text") + "</label>")
        .append("<textarea id=\"what\" name=\"text\" rows=\"2\" maxlength=\"" + PlainText.MAX_LINE)
        .append("\" aria-describedby=\"hint\"></textarea><p id=\"hint\" class=\"soft\">")
        .append(said("report.hint") + "</p><button type=\"submit\">" + said("report.send"))
        .append("</button></form></section>\n");
  }

  private void footer(StringBuilder html) {
    html.append("</main><footer><p>");
    for (Language other : Language.values()) {
      if (other != texts.language()) {
        String there = copy ? file(other) : "?lang=" + other.tag();
        html.append("<a href=\"" + there + "\" lang=\"" + other.tag() + "\" hreflang=\"")
            .append(other.tag() + "\">")
            .append(escaped(Texts.in(other).of("page.other", other.own())) + "</a>");
      }
    }
    html.append("<a href=\"feed.atom\" type=\"application/atom+xml\">")
        .append(said("page.feeds") + ": Atom</a>")
        .append("<a href=\"feed.json\" type=\"application/feed+json\">JSON</a></p>");
    board
        .url()
        .map(URI::toString)
        .filter(_ -> copy)
        .ifPresent(
            url -> html.append("<p><a href=\"" + escaped(url) + "\">" + escaped(url) + "</a></p>"));
    html.append("<p class=\"soft\">" + said("page.by") + "</p></footer></body></html>\n");
  }
}
