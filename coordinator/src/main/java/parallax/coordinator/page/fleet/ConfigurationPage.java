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

/** Which configuration is in force, and what is wrong with the last edit. */
public final class ConfigurationPage {
  /** More problems than this are only in the API. */
  static final int MAX_PROBLEMS = 200;

  private final Frame frame;

  public ConfigurationPage(Frame frame) {
    this.frame = frame;
  }

  /**
   * The page, in HTML.
   *
   * @param notReady why it cannot decide and remember right now
   */
  public String render(ConfigurationStatus status, List<String> notReady) {
    Configuration configuration = status.configuration();
    StringBuilder html = new StringBuilder(4096);
    html.append("<h1>Configuration</h1>");
    for (String reason : notReady) {
      html.append("<p class=\"refused\" role=\"alert\">Not ready: " + escaped(reason) + "</p>");
    }
    problems(html, status.problems());
    status.waiting().ifPresent(held -> change(html, "waiting", "What waits would change", held));
    html.append("<section aria-labelledby=\"inforce\"><h2 id=\"inforce\">In force</h2><dl>")
        .append(item("Revision", escaped(configuration.revision())));
    status.source().ifPresent(source -> source(html, source));
    html.append(item("In force since", time(status.loadedAt())))
        .append(item("Read last", time(status.reloadedAt())))
        .append(count("Targets", configuration.targets()))
        .append(count("Receivers", configuration.receivers()))
        .append(count("Routes", configuration.routes()))
        .append(count("Maintenance", configuration.maintenance()))
        .append(count("Runbooks", configuration.runbooks()))
        .append("</dl></section>\n");
    changed(html, status);
    html.append("<p>As JSON: <a href=\"/api/v1/configuration\">configuration</a></p>");
    return frame.around(new Frame.About("Configuration", "/configuration"), html);
  }

  private static void changed(StringBuilder html, ConfigurationStatus status) {
    if (status.change().isPresent()) {
      change(html, "changed", "What it changed", status.change().get());
    } else {
      html.append("<section aria-labelledby=\"changed\"><h2 id=\"changed\">What it changed</h2>")
          .append("<p><span class=\"unknown state\">not known</span>: it is the first since this ")
          .append("coordinator started. <code>deploy/parallax plan</code> compares any two.</p>")
          .append("</section>\n");
    }
  }

  private static void change(StringBuilder html, String id, String heading, Change change) {
    html.append("<section aria-labelledby=\"" + id + "\"><h2 id=\"" + id + "\">" + heading)
        .append("</h2><p class=\"note\">From revision " + escaped(change.before().revision()))
        .append(" to " + escaped(change.after().revision()) + "</p>");
    ChangePart.write(html, change);
    html.append("</section>\n");
  }

  private static String count(String name, List<?> all) {
    return item(name, String.valueOf(all.size()));
  }

  private static void source(StringBuilder html, SourceRevision source) {
    html.append(item("Commit", escaped(source.commit())))
        .append(item("Subject", escaped(source.subject())))
        .append(item("Author", escaped(source.author())))
        .append(item("Committed", time(source.time())));
  }

  private static void problems(StringBuilder html, List<Problem> problems) {
    if (problems.isEmpty()) {
      html.append("<p>What was written last is what is in force.</p>");
      return;
    }
    html.append("<section class=\"refused\" role=\"alert\"><h2>The last edit was refused</h2>")
        .append("<p>What was in force before still is.</p><ul>");
    for (Problem problem : problems.stream().limit(MAX_PROBLEMS).toList()) {
      html.append("<li>" + escaped(problem.toString()) + "</li>");
    }
    int more = problems.size() - MAX_PROBLEMS;
    html.append(more > 0 ? "<li>and " + more + " more</li>" : "").append("</ul></section>\n");
  }
}
