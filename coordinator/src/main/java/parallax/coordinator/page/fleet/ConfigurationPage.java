package parallax.coordinator.page.fleet;

import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.item;
import static parallax.coordinator.page.Html.time;

import java.util.List;
import parallax.config.Configuration;
import parallax.config.problem.Problem;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.page.Frame;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.SourceRevision;
import parallax.coordinator.words.Say;

/** Which configuration is in force, and what is wrong with the last edit. */
public final class ConfigurationPage {
  /** More problems than this are only in the API. */
  static final int MAX_PROBLEMS = 200;

  private final Frame frame;
  private final Say say;

  public ConfigurationPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
  }

  /**
   * The page, in HTML.
   *
   * @param notReady why it cannot decide and remember right now
   */
  public String render(ConfigurationStatus status, List<String> notReady) {
    Configuration configuration = status.configuration();
    StringBuilder html = new StringBuilder(4096);
    html.append("<h1>" + say.html("nav.configuration") + "</h1>");
    for (String reason : notReady) {
      html.append("<p class=\"refused\" role=\"alert\">")
          .append(say.html("configuration.notReady", escaped(say.known(reason))) + "</p>");
    }
    problems(html, status.problems());
    status.waiting().ifPresent(held -> change(html, "waiting", held));
    html.append("<section aria-labelledby=\"inforce\"><h2 id=\"inforce\">")
        .append(say.html("configuration.inForce") + "</h2><dl>")
        .append(fact("revision", escaped(configuration.revision())));
    status.source().ifPresent(source -> source(html, source));
    html.append(fact("since", time(status.loadedAt())))
        .append(fact("read", time(status.reloadedAt())))
        .append(count("targets", configuration.targets()))
        .append(count("receivers", configuration.receivers()))
        .append(count("routes", configuration.routes()))
        .append(count("maintenance", configuration.maintenance()))
        .append(count("runbooks", configuration.runbooks()))
        .append("</dl></section>\n");
    changed(html, status);
    html.append("<p>" + say.html("json") + " <a href=\"/api/v1/configuration\">")
        .append(say.html("json.configuration") + "</a></p>");
    return frame.around(new Frame.About(say.of("nav.configuration"), "/configuration"), html);
  }

  private void changed(StringBuilder html, ConfigurationStatus status) {
    if (status.change().isPresent()) {
      change(html, "changed", status.change().get());
    } else {
      html.append("<section aria-labelledby=\"changed\"><h2 id=\"changed\">")
          .append(say.html("configuration.changed") + "</h2><p>")
          .append(
              say.html(
                  "configuration.first",
                  "<span class=\"unknown state\">" + say.html("unknown") + "</span>",
                  "<code>deploy/parallax plan</code>"))
          .append("</p></section>\n");
    }
  }

  private void change(StringBuilder html, String id, Change change) {
    html.append("<section aria-labelledby=\"" + id + "\"><h2 id=\"" + id + "\">")
        .append(say.html("configuration." + id) + "</h2><p class=\"note\">")
        .append(
            say.html(
                "configuration.fromTo",
                escaped(change.before().revision()),
                escaped(change.after().revision())))
        .append("</p>");
    ChangePart.write(html, change, say);
    html.append("</section>\n");
  }

  private String count(String name, List<?> all) {
    return fact(name, String.valueOf(all.size()));
  }

  private String fact(String name, String html) {
    return item(say.of("configuration.fact." + name), html);
  }

  private void source(StringBuilder html, SourceRevision source) {
    html.append(fact("commit", escaped(source.commit())))
        .append(fact("subject", escaped(source.subject())))
        .append(fact("author", escaped(source.author())))
        .append(fact("committed", time(source.time())));
  }

  private void problems(StringBuilder html, List<Problem> problems) {
    if (problems.isEmpty()) {
      html.append("<p>" + say.html("configuration.current") + "</p>");
      return;
    }
    html.append("<section class=\"refused\" role=\"alert\"><h2>")
        .append(say.html("configuration.refused") + "</h2><p>" + say.html("configuration.still"))
        .append("</p><ul>");
    for (Problem problem : problems.stream().limit(MAX_PROBLEMS).toList()) {
      html.append("<li>" + escaped(problem.toString()) + "</li>");
    }
    int more = problems.size() - MAX_PROBLEMS;
    html.append(more > 0 ? "<li>" + say.html("more", more) + "</li>" : "")
        .append("</ul></section>\n");
  }
}
