package parallax.coordinator.api.people;

import java.io.IOException;
import java.util.Locale;
import parallax.config.target.TargetName;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.json.Json;
import parallax.coordinator.postmortem.Draft;
import parallax.coordinator.postmortem.MarkdownDraft;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Words;

/** An incident as the first draft of what people write about it. */
public final class ExportApi {
  private static final String MARKDOWN = "text/markdown; charset=utf-8";

  private ExportApi() {}

  private enum Format {
    MD,
    JSON
  }

  public static Reply of(Draft draft, Request request) throws Request.Unusable {
    Format format = request.word("format", Format.values(), Format::name).orElse(Format.MD);
    String name = "incident-" + draft.incident().id().value().replaceAll("[^a-z0-9-]", "_");
    Reply reply =
        switch (format) {
          case MD -> Reply.text(MARKDOWN, MarkdownDraft.of(draft));
          case JSON -> Reply.json(Json.object(json -> write(json, draft)));
        };
    String file = name + "." + format.name().toLowerCase(Locale.ROOT);
    return reply.with("Content-Disposition", "attachment; filename=\"" + file + "\"");
  }

  private static void write(Json json, Draft draft) throws IOException {
    Incident incident = draft.incident();
    CoreJson.incident(json, incident);
    CoreJson.blocked(json, Words.blocked(incident));
    json.text("summary", Words.of(incident))
        .number("reopened", incident.reopened())
        .instant("exported", draft.at())
        .number("durationSeconds", draft.duration().toSeconds());
    CoreJson.why(json, incident.why());
    NotesApi.acknowledged(json, draft.acknowledged());
    json.items("evidence", draft.evidence(), CoreJson::vote)
        .items("against", draft.against(), CoreJson::vote)
        .texts("well", incident.well().stream().map(TargetName::value).toList())
        .items("told", draft.told(), ExportApi::told)
        .items("timeline", draft.timeline(), NotesApi::line);
  }

  private static void told(Json json, Draft.Told told) throws IOException {
    Store.Delivery delivery = told.delivery();
    json.text("receiver", delivery.receiver())
        .text("notice", delivery.kind().name().toLowerCase(Locale.ROOT))
        .instant("planned", delivery.planned())
        .instant("delivered", delivery.delivered());
    if (told.delay().isPresent()) {
      json.number("delaySeconds", told.delay().get().toMillis() / 1e3);
    } else {
      json.nothing("delaySeconds");
    }
    json.flag("givenUp", delivery.givenUp()).text("lastError", delivery.lastError());
  }
}
