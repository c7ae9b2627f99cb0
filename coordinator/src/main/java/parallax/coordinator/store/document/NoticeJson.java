package parallax.coordinator.store.document;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice.Along;

/** What a notice tells: the document of its incident, with what goes along as one more member. */
public final class NoticeJson {
  private static final String ALONG = "along";

  private NoticeJson() {}

  public static String write(Incident incident, Along along) {
    String document = IncidentJson.write(incident);
    if (along.equals(Along.NOTHING)) {
      return document;
    }
    JsonArray others = new JsonArray();
    along.others().forEach(other -> others.add(other.value()));
    JsonObject json = new JsonObject().put("held", along.held()).put("others", others);
    along.by().ifPresent(by -> json.put("by", by));
    along.within().ifPresent(within -> json.put("within", within.value()));
    return new JsonObject(document).put(ALONG, json).encode();
  }

  /** What goes along; nothing where it cannot be read. */
  public static Along along(String document) {
    if (!document.contains('"' + ALONG + '"')) {
      return Along.NOTHING;
    }
    try {
      JsonObject json = new JsonObject(document).getJsonObject(ALONG, new JsonObject());
      JsonArray others = json.getJsonArray("others", new JsonArray());
      List<IncidentId> ids =
          IntStream.range(0, others.size())
              .mapToObj(others::getString)
              .map(IncidentId::new)
              .toList();
      return new Along(
          json.getInteger("held", 0),
          Optional.ofNullable(json.getString("by")),
          ids,
          Optional.ofNullable(json.getString("within")).map(IncidentId::new));
    } catch (ClassCastException | DecodeException e) {
      return Along.NOTHING;
    }
  }
}
