package parallax.coordinator.page.deed;

import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.ofIncident;

import java.util.Optional;
import parallax.config.policy.ApiToken.Role;
import parallax.config.runbook.Action;
import parallax.config.runbook.Runbook;
import parallax.coordinator.access.Asker;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.page.access.WhoPart;

/** The forms by which people do something. Whoever may not do it is not shown them. */
public final class DeedForms {
  public static final String NOTE = "note";
  public static final String TEXT = "text";
  public static final String WHO = "who";
  public static final String ACTION = "action";
  public static final String STEP = "step";

  /** Asks what an action would do. */
  public static final String TRY = "try";

  /** Has an action run. */
  public static final String RUN = "run";

  public static final String MATCH = "match";
  public static final String DURATION = "duration";
  public static final String UNTIL = "until";
  public static final String REASON = "reason";

  /** The longest list of labels, one a line. */
  public static final int MAX_MATCH = 4_000;

  private static final int MAX_TIME = 40;

  private DeedForms() {}

  /** All that can be done about an incident on its page. */
  public static String ofIncidentPage(
      Incident incident, Iterable<Runbook> runbooks, Visitor visitor) {
    if (!visitor.may(Role.RESPONDER)) {
      return "";
    }
    StringBuilder html = new StringBuilder(2048);
    if (incident.isOpen()) {
      html.append("<h3>Say that you take care of it</h3>")
          .append(acknowledge(incident.id(), visitor, Filled.NOTHING));
      for (Runbook runbook : runbooks) {
        for (Action action : runbook.actions()) {
          html.append(action(incident.id(), runbook, action, visitor));
        }
      }
    }
    return html.append("<h3>Write something down</h3>")
        .append(note(incident.id(), visitor, Filled.NOTHING))
        .toString();
  }

  /** Says that somebody takes care of an incident. */
  public static String acknowledge(IncidentId id, Visitor visitor, Filled filled) {
    return begin(ofIncident(id) + "/acknowledge", filled)
        + line("A note, if there is something to say", NOTE, PlainText.MAX_LINE, filled)
        + who(visitor, filled)
        + "<button>I take care of it</button></form>";
  }

  /** Writes a note. */
  public static String note(IncidentId id, Visitor visitor, Filled filled) {
    return begin(ofIncident(id) + "/notes", filled)
        + area("Note", TEXT, PlainText.MAX_TEXT, filled)
        + who(visitor, filled)
        + "<button>Write it down</button></form>";
  }

  private static String action(IncidentId id, Runbook runbook, Action action, Visitor visitor) {
    return "<h3>"
        + escaped(runbook.name() + ": " + action.name())
        + "</h3>"
        + begin(place(id, runbook.name()), Filled.NOTHING)
        + hidden(ACTION, action.name())
        + hidden(STEP, TRY)
        + who(visitor, Filled.NOTHING)
        + "<button>Say what it would do, and ask</button></form>";
  }

  /** Asks before something is run. */
  public static String confirm(
      IncidentId id, String runbook, Visitor visitor, Filled filled, String would) {
    return "<p>It would: <span class=\"text\">"
        + escaped(would)
        + "</span></p><p>Nothing was done yet.</p>"
        + begin(place(id, runbook), filled)
        + hidden(ACTION, filled.value(ACTION))
        + hidden(STEP, RUN)
        + who(visitor, filled)
        + "<button>Run it now</button></form>";
  }

  private static String place(IncidentId id, String runbook) {
    return ofIncident(id) + "/runbooks/" + encoded(runbook);
  }

  /** Makes a silence. */
  public static String silence(Visitor visitor, Filled filled) {
    return begin("/silences", filled)
        + area(
            "Targets: a label a line, as in team=shop, env=~prod|staging or target=shop",
            MATCH,
            MAX_MATCH,
            filled)
        + line("For how long, as in 2h", DURATION, MAX_TIME, filled)
        + line("Or until when, as in 2026-01-31T12:00:00Z", UNTIL, MAX_TIME, filled)
        + line("Why", REASON, PlainText.MAX_LINE, filled)
        + who(visitor, filled)
        + "<button>Silence them</button></form>";
  }

  /** Ends a silence. */
  public static String end(String id) {
    return "<form method=\"post\" action=\"/silences/"
        + encoded(id)
        + "/end\">"
        + WhoPart.TOKEN
        + "<button>End it</button></form>";
  }

  private static String begin(String place, Filled filled) {
    Optional<Filled.Problem> problem = filled.problem().filter(found -> found.field().isEmpty());
    return problem.map(found -> problem("", found.why())).orElse("")
        + "<form class=\"deed\" method=\"post\" action=\""
        + escaped(place)
        + "\">"
        + WhoPart.TOKEN;
  }

  private static String problem(String field, String why) {
    return "<span class=\"problem\" role=\"alert\" id=\"problem-"
        + field
        + "\">"
        + escaped(why)
        + "</span>";
  }

  private static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escaped(value) + "\">";
  }

  private static String line(String label, String name, int most, Filled filled) {
    return "<label>"
        + escaped(label)
        + "<input name=\""
        + name
        + "\" maxlength=\""
        + most
        + "\" value=\""
        + escaped(filled.value(name))
        + "\""
        + wrong(name, filled);
  }

  private static String area(String label, String name, int most, Filled filled) {
    String wrong = wrong(name, filled);
    int end = wrong.indexOf('>') + 1;
    // The first line feed after the tag is not part of what is in it.
    return "<label>"
        + escaped(label)
        + "<textarea name=\""
        + name
        + "\" rows=\"3\" maxlength=\""
        + most
        + "\""
        + wrong.substring(0, end)
        + "\n"
        + escaped(filled.value(name))
        + "</textarea>"
        + wrong.substring(end);
  }

  /** The end of a field's tag and of its label, with what is wrong. */
  private static String wrong(String name, Filled filled) {
    Optional<Filled.Problem> problem = filled.problem().filter(found -> found.field().equals(name));
    return problem
        .map(
            found ->
                " aria-invalid=\"true\" aria-describedby=\"problem-"
                    + name
                    + "\">"
                    + problem(name, found.why())
                    + "</label>")
        .orElse("></label>");
  }

  /** Who nobody is told apart says so themselves. */
  private static String who(Visitor visitor, Filled filled) {
    return visitor.asker() instanceof Asker.Local
        ? line("Your name", WHO, PlainText.MAX_NAME / 2, filled)
        : "";
  }
}
