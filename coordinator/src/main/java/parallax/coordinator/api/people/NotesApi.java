package parallax.coordinator.api.people;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.json.Json;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.postmortem.Line;
import parallax.coordinator.postmortem.Timeline;
import parallax.coordinator.store.People;

/** What people write down about an incident. */
public final class NotesApi {
  private static final String INCIDENT = "/api/v1/incidents/{id}";
  private static final String WHO = "who";
  private static final String TEXT = "text";
  private static final String NOTE = "note";

  private final People people;

  public NotesApi(People people) {
    this.people = people;
  }

  public List<Deed> deeds() {
    return List.of(
        new Deed("POST", INCIDENT + "/notes", Role.RESPONDER, this::note),
        new Deed("POST", INCIDENT + "/acknowledge", Role.RESPONDER, this::acknowledge));
  }

  private Reply note(Wish wish) throws Request.Unusable {
    wish.only(List.of(TEXT, WHO));
    Happening.Note note = new Happening.Note(wish.needed(TEXT, PlainText.MAX_TEXT));
    return reply(201, people.note(incident(wish), who(wish), note, wish.at()));
  }

  private Reply acknowledge(Wish wish) throws Request.Unusable {
    wish.only(List.of(WHO, NOTE));
    String said = wish.text(NOTE, PlainText.MAX_TEXT).orElse("");
    Happening.Acknowledged deed = new Happening.Acknowledged(said);
    Noted noted = people.note(incident(wish), who(wish), deed, wish.at());
    if (noted instanceof Noted.Already(Entry held)
        && !held.what().equals(deed)
        && !said.isBlank()) {
      // What is said beside it is not lost.
      people.note(incident(wish), who(wish), new Happening.Note(said), wish.at());
    }
    return reply(200, noted);
  }

  private static IncidentId incident(Wish wish) {
    return new IncidentId(wish.parameter());
  }

  private static String who(Wish wish) throws Request.Unusable {
    Optional<String> person = wish.text(WHO, PlainText.MAX_NAME);
    return wish.caller().signed(person);
  }

  private static Reply reply(int written, Noted noted) {
    return switch (noted) {
      case Noted.Written(Entry entry) -> reply(written, entry);
      case Noted.Already(Entry entry) -> reply(200, entry);
      case Noted.Unknown _ -> Reply.problem(404, "there is no incident of this id");
      case Noted.Over _ ->
          Reply.problem(409, "the incident is over; nobody needs to take care of it");
      case Noted.Full _ ->
          Reply.problem(
              409, "the incident has " + Entry.MAX_WITH_PEOPLES + " entries, which is all it can");
    };
  }

  private static Reply reply(int status, Entry entry) {
    return Reply.json(
        status,
        Json.object(
            json -> {
              json.number("sequence", entry.sequence());
              line(json, Timeline.line(entry));
            }));
  }

  /** The fields of a line of the timeline. */
  public static void line(Json json, Line line) throws IOException {
    json.instant("at", line.at())
        .text("event", line.event())
        .text("who", line.who())
        .text("text", line.text());
  }

  /** The field {@code acknowledged}: who takes care of it, null while nobody does. */
  public static void acknowledged(Json json, Optional<Entry> entry) throws IOException {
    if (entry.isEmpty()) {
      json.nothing("acknowledged");
      return;
    }
    String note = entry.get().what() instanceof Happening.Acknowledged(String said) ? said : "";
    json.object(
        "acknowledged",
        fields ->
            fields
                .instant("at", entry.get().happened())
                .text("who", entry.get().who())
                .text("note", note));
  }
}
