package parallax.coordinator.api.forms;

import static parallax.coordinator.page.deed.DeedForms.ACTION;
import static parallax.coordinator.page.deed.DeedForms.DURATION;
import static parallax.coordinator.page.deed.DeedForms.MATCH;
import static parallax.coordinator.page.deed.DeedForms.NOTE;
import static parallax.coordinator.page.deed.DeedForms.REASON;
import static parallax.coordinator.page.deed.DeedForms.STEP;
import static parallax.coordinator.page.deed.DeedForms.TEXT;
import static parallax.coordinator.page.deed.DeedForms.UNTIL;
import static parallax.coordinator.page.deed.DeedForms.WHO;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.api.access.Door;
import parallax.coordinator.api.access.Personal;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.people.Deed;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.deed.DeedForms;
import parallax.coordinator.page.deed.DeedPage;
import parallax.coordinator.page.deed.Filled;
import parallax.coordinator.words.Say;

/** All forms that there are. */
final class Forms {
  private static final String INCIDENT = "/incidents/{id}";
  private static final String SILENCES = "/silences";
  private static final String API = "/api/v1";

  private final List<Deed> deeds;
  private final Frame frame;

  Forms(List<Deed> deeds, Frame frame) {
    this.deeds = List.copyOf(deeds);
    this.frame = frame;
  }

  List<PageForm> all() {
    return List.of(
        new PageForm(
            at("POST", INCIDENT + "/acknowledge", INCIDENT + "/acknowledge"),
            List.of(NOTE, WHO),
            sent -> texts(sent, NOTE, WHO),
            (sent, _) -> Door.seeOther(incident(sent)),
            (sent, filled) ->
                about(sent, "deed.acknowledge.title", forms(sent).acknowledge(id(sent), filled))),
        new PageForm(
            at("POST", INCIDENT + "/notes", INCIDENT + "/notes"),
            List.of(TEXT, WHO),
            sent -> texts(sent, TEXT, WHO),
            (sent, _) -> Door.seeOther(incident(sent)),
            (sent, filled) -> about(sent, "deed.note.title", forms(sent).note(id(sent), filled))),
        new PageForm(
            at("POST", INCIDENT + "/runbooks/{name}", INCIDENT + "/runbooks/{name}"),
            List.of(ACTION, STEP, WHO),
            sent -> texts(sent, ACTION, WHO).put("dry_run", isTried(sent)),
            this::ran,
            (sent, filled) -> titled(sent, sent.parameters().getLast(), failed(sent, filled))),
        new PageForm(
            at("POST", SILENCES, SILENCES),
            List.of(MATCH, DURATION, UNTIL, REASON, WHO),
            sent -> texts(sent, DURATION, UNTIL, REASON, WHO).put(MATCH, matchers(sent)),
            (_, _) -> Door.seeOther(SILENCES),
            (sent, filled) -> silence(sent, "silences.new", forms(sent).silence(filled))),
        new PageForm(
            at("DELETE", SILENCES + "/{id}", SILENCES + "/{id}/end"),
            List.of(),
            _ -> new JsonObject(),
            (_, _) -> Door.seeOther(SILENCES),
            (sent, filled) -> silence(sent, "deed.silence.over", failed(sent, filled))));
  }

  /** The deed of the API, at a place for forms. */
  private Deed at(String method, String path, String place) {
    Deed deed =
        deeds.stream()
            .filter(each -> each.method().equals(method) && each.path().equals(API + path))
            .findFirst()
            .orElseThrow();
    return new Deed("POST", place, deed.role(), deed.answer());
  }

  /** Fields that are text; one that is blank is as good as left out. */
  private static JsonObject texts(PageForm.Sent sent, String... fields) {
    JsonObject body = new JsonObject();
    for (String field : fields) {
      if (!sent.value(field).isBlank()) {
        body.put(field, sent.value(field));
      }
    }
    return body;
  }

  private static JsonObject matchers(PageForm.Sent sent) throws Request.Unusable {
    String written = sent.value(MATCH);
    if (written.length() > DeedForms.MAX_MATCH) {
      throw new Request.Unusable(MATCH + " has more than " + DeedForms.MAX_MATCH + " characters");
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String line : written.lines().map(String::strip).toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values
            .computeIfAbsent(line.substring(0, equals).strip(), _ -> new ArrayList<>())
            .add(line.substring(equals + 1).strip());
      } else if (!line.isEmpty()) {
        throw new Request.Unusable(
            MATCH + " must have lines such as team=shop, not " + PlainText.line(line, 60));
      }
    }
    JsonObject match = new JsonObject();
    values.forEach(
        (label, all) ->
            match.put(label, all.size() == 1 ? all.getFirst() : new JsonArray(List.copyOf(all))));
    return match;
  }

  private static boolean isTried(PageForm.Sent sent) {
    return !sent.value(STEP).equals(DeedForms.RUN);
  }

  /** An action that was only tried is asked about before it is run. */
  private Reply ran(PageForm.Sent sent, Reply reply) {
    if (!isTried(sent)) {
      return Door.seeOther(incident(sent));
    }
    String would = Optional.ofNullable(new JsonObject(reply.body()).getString("would")).orElse("");
    String runbook = sent.parameters().getLast();
    Filled filled = new Filled(sent.values(), Optional.empty());
    DeedPage.Shown shown =
        titled(
            sent,
            say(sent).of("deed.action.ask", runbook, sent.value(ACTION)),
            forms(sent).confirm(id(sent), runbook, filled, would));
    String html = new DeedPage(frame.in(sent.visitor().language())).render(shown);
    return Door.page(200, Personal.filled(html, sent.visitor(), incident(sent)));
  }

  private static String failed(PageForm.Sent sent, Filled filled) {
    return "<p class=\"problem\" role=\"alert\">"
        + Html.escaped(filled.problem().map(Filled.Problem::why).map(say(sent)::known).orElse(""))
        + "</p>";
  }

  private static Say say(PageForm.Sent sent) {
    return Say.in(sent.visitor().language());
  }

  private static DeedForms forms(PageForm.Sent sent) {
    return new DeedForms(sent.visitor());
  }

  /** About an incident, with a title that is a text. */
  private static DeedPage.Shown about(PageForm.Sent sent, String title, String form) {
    return titled(sent, say(sent).of(title), form);
  }

  private static DeedPage.Shown titled(PageForm.Sent sent, String title, String form) {
    return new DeedPage.Shown(title, "/incidents", incident(sent), form);
  }

  private static DeedPage.Shown silence(PageForm.Sent sent, String title, String form) {
    return new DeedPage.Shown(say(sent).of(title), SILENCES, SILENCES, form);
  }

  private static IncidentId id(PageForm.Sent sent) {
    return new IncidentId(sent.parameters().getFirst());
  }

  private static String incident(PageForm.Sent sent) {
    return Html.ofIncident(id(sent));
  }
}
