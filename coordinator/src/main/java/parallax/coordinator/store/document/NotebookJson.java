package parallax.coordinator.store.document;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Reading;

/** What happened in an incident as a JSON document; its kind stands beside it. */
public final class NotebookJson {
  private NotebookJson() {}

  public static String write(Happening what) {
    JsonObject json =
        switch (what) {
          case Happening.Opened(var reading, int targets) ->
              new JsonObject().put("reading", json(reading)).put("targets", targets);
          case Happening.Joined(var first, int count) ->
              new JsonObject()
                  .put("first", new JsonArray(first.stream().map(TargetName::value).toList()))
                  .put("count", count);
          case Happening.Changed(var from, var to) ->
              new JsonObject().put("from", json(from)).put("to", json(to));
          case Happening.Published _, Happening.Resolved _ -> new JsonObject();
          case Happening.Reopened(int times) -> new JsonObject().put("times", times);
          case Happening.Told(var receiver, var kind, boolean arrived, var error) ->
              new JsonObject()
                  .put("receiver", receiver)
                  .put("kind", kind.name())
                  .put("arrived", arrived)
                  .put("error", error);
          case Happening.Acknowledged(var note) -> new JsonObject().put("note", note);
          case Happening.Note(var text) -> new JsonObject().put("text", text);
          case Happening.Action(var step, var outcome) ->
              new JsonObject().put("step", step).put("outcome", outcome);
        };
    return json.encode();
  }

  private static JsonObject json(Reading reading) {
    JsonObject json =
        new JsonObject()
            .put("scope", reading.scope().name())
            .put("regions", new JsonArray(reading.regions().stream().map(Region::value).toList()));
    reading.cause().layer().ifPresent(layer -> json.put("layer", layer.name()));
    return json.put("culprit", reading.cause().culprit())
        .put("reason", reading.cause().finding().reason().name())
        .put("detail", reading.cause().finding().detail());
  }

  /** What happened, unless a later version wrote it with words that this one does not know. */
  public static Optional<Happening> read(String kind, String document) {
    return Words.read(Happening.Kind.class, kind)
        .flatMap(known -> read(known, new JsonObject(document)));
  }

  private static Optional<Happening> read(Happening.Kind kind, JsonObject json) {
    return switch (kind) {
      case OPENED ->
          reading(json, "reading")
              .map(reading -> new Happening.Opened(reading, json.getInteger("targets", 0)));
      case JOINED ->
          Optional.of(
              new Happening.Joined(
                  texts(json, "first").stream().map(TargetName::new).toList(),
                  json.getInteger("count", 0)));
      case CHANGED ->
          reading(json, "from")
              .flatMap(from -> reading(json, "to").map(to -> new Happening.Changed(from, to)));
      case PUBLISHED -> Optional.of(new Happening.Published());
      case RESOLVED -> Optional.of(new Happening.Resolved());
      case REOPENED -> Optional.of(new Happening.Reopened(json.getInteger("times", 1)));
      case TOLD ->
          Words.read(Notice.Kind.class, json.getString("kind"))
              .map(
                  told ->
                      new Happening.Told(
                          json.getString("receiver", ""),
                          told,
                          json.getBoolean("arrived", false),
                          json.getString("error", "")));
      case ACKNOWLEDGED -> Optional.of(new Happening.Acknowledged(json.getString("note", "")));
      case NOTE -> Optional.of(new Happening.Note(json.getString("text", "")));
      case ACTION ->
          Optional.of(
              new Happening.Action(json.getString("step", ""), json.getString("outcome", "")));
    };
  }

  private static Optional<Reading> reading(JsonObject all, String name) {
    JsonObject json = all.getJsonObject(name, new JsonObject());
    Optional<Scope> scope = Words.read(Scope.class, json.getString("scope"));
    Optional<Reason> reason = Words.read(Reason.class, json.getString("reason"));
    if (scope.isEmpty() || reason.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Reading(
            scope.get(),
            texts(json, "regions").stream().map(Region::new).toList(),
            new Cause(
                Words.read(Layer.class, json.getString("layer")),
                new Finding(reason.get(), json.getString("detail", "")),
                json.getString("culprit", ""))));
  }

  private static List<String> texts(JsonObject json, String name) {
    JsonArray array = json.getJsonArray(name, new JsonArray());
    return IntStream.range(0, array.size()).mapToObj(array::getString).toList();
  }
}
