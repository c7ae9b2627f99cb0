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
import parallax.coordinator.words.Say;

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

  private final Visitor visitor;
  private final Say say;

  /** Those of somebody, in their language. */
  public DeedForms(Visitor visitor) {
    this.visitor = visitor;
    say = Say.in(visitor.language());
  }

  /** All that can be done about an incident on its page. */
  public String ofIncidentPage(Incident incident, Iterable<Runbook> runbooks) {
    if (!visitor.may(Role.RESPONDER)) {
      return "";
    }
    StringBuilder html = new StringBuilder(2048);
    if (incident.isOpen()) {
      html.append("<h3>" + say.html("deed.acknowledge.title") + "</h3>")
          .append(acknowledge(incident.id(), Filled.NOTHING));
      for (Runbook runbook : runbooks) {
        for (Action action : runbook.actions()) {
          html.append(action(incident.id(), runbook, action));
        }
      }
    }
    return html.append("<h3>" + say.html("deed.note.title") + "</h3>")
        .append(note(incident.id(), Filled.NOTHING))
        .toString();
  }

  /** Says that somebody takes care of an incident. */
  public String acknowledge(IncidentId id, Filled filled) {
    return begin(ofIncident(id) + "/acknowledge", filled)
        + line(say.of("deed.acknowledge.note"), NOTE, PlainText.MAX_LINE, filled)
        + who(filled)
        + button("deed.acknowledge.do");
  }

  /** Writes a note. */
  public String note(IncidentId id, Filled filled) {
    return begin(ofIncident(id) + "/notes", filled)
        + area(say.of("deed.note"), TEXT, PlainText.MAX_TEXT, filled)
        + who(filled)
        + button("deed.note.do");
  }

  private String action(IncidentId id, Runbook runbook, Action action) {
    return "<h3>"
        + escaped(runbook.name() + ": " + action.name())
        + "</h3>"
        + begin(place(id, runbook.name()), Filled.NOTHING)
        + hidden(ACTION, action.name())
        + hidden(STEP, TRY)
        + who(Filled.NOTHING)
        + button("deed.action.try");
  }

  /** Asks before something is run. */
  public String confirm(IncidentId id, String runbook, Filled filled, String would) {
    return "<p>"
        + say.html("deed.action.would", "<span class=\"text\">" + escaped(would) + "</span>")
        + "</p><p>"
        + say.html("deed.action.not")
        + "</p>"
        + begin(place(id, runbook), filled)
        + hidden(ACTION, filled.value(ACTION))
        + hidden(STEP, RUN)
        + who(filled)
        + button("deed.action.run");
  }

  private static String place(IncidentId id, String runbook) {
    return ofIncident(id) + "/runbooks/" + encoded(runbook);
  }

  /** Makes a silence. */
  public String silence(Filled filled) {
    return begin("/silences", filled)
        + area(say.of("deed.silence.match"), MATCH, MAX_MATCH, filled)
        + line(say.of("deed.silence.duration"), DURATION, MAX_TIME, filled)
        + line(say.of("deed.silence.until"), UNTIL, MAX_TIME, filled)
        + line(say.of("deed.silence.why"), REASON, PlainText.MAX_LINE, filled)
        + who(filled)
        + button("deed.silence.do");
  }

  /** Ends a silence. */
  public String end(String id) {
    return "<form method=\"post\" action=\"/silences/"
        + encoded(id)
        + "/end\">"
        + WhoPart.TOKEN
        + button("deed.silence.end");
  }

  /** Sends a form, and ends it. */
  private String button(String key) {
    return "<button>" + say.html(key) + "</button></form>";
  }

  private String begin(String place, Filled filled) {
    Optional<Filled.Problem> problem = filled.problem().filter(found -> found.field().isEmpty());
    return problem.map(found -> problem("", found.why())).orElse("")
        + "<form class=\"deed\" method=\"post\" action=\""
        + escaped(place)
        + "\">"
        + WhoPart.TOKEN;
  }

  private String problem(String field, String why) {
    return "<span class=\"problem\" role=\"alert\" id=\"problem-"
        + field
        + "\">"
        + escaped(say.known(why))
        + "</span>";
  }

  private static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escaped(value) + "\">";
  }

  private String line(String label, String name, int most, Filled filled) {
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

  private String area(String label, String name, int most, Filled filled) {
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
  private String wrong(String name, Filled filled) {
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
  private String who(Filled filled) {
    return visitor.asker() instanceof Asker.Local
        ? line(say.of("deed.who"), WHO, PlainText.MAX_NAME / 2, filled)
        : "";
  }
}
