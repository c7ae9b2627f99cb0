package parallax.deploy.demo.net;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who holds which domain, by RDAP (RFC 9082, RFC 9083). Safe from any thread. */
final class Registry {
  private static final int NOT_FOUND = 404;

  private final Map<String, String> statuses = new ConcurrentHashMap<>();

  /** The status of a domain from now on, in the words of RFC 8056. */
  void record(String domain, String status) {
    statuses.put(domain, status);
  }

  void answer(String domain, HttpServerResponse response) {
    response.putHeader("Content-Type", "application/rdap+json");
    String status = statuses.get(domain);
    if (status == null) {
      response
          .setStatusCode(NOT_FOUND)
          .end(new JsonObject().put("errorCode", NOT_FOUND).put("title", "Not Found").encode());
      return;
    }
    response.end(
        new JsonObject()
            .put("objectClassName", "domain")
            .put("ldhName", domain)
            .put("status", new JsonArray().add(status))
            .put(
                "events",
                new JsonArray()
                    .add(event("registration", "2013-03-01T10:00:00Z"))
                    .add(event("expiration", "2099-03-01T10:00:00Z")))
            .put(
                "entities",
                new JsonArray().add(registrar().put("entities", new JsonArray().add(abuse()))))
            .encode());
  }

  private static JsonObject event(String action, String date) {
    return new JsonObject().put("eventAction", action).put("eventDate", date);
  }

  private static JsonObject registrar() {
    return entity("registrar", card("fn", "Demo Names"));
  }

  private static JsonObject abuse() {
    return entity("abuse", card("email", "abuse@demo-names.example"));
  }

  private static JsonObject entity(String role, JsonArray card) {
    return new JsonObject()
        .put("objectClassName", "entity")
        .put("roles", new JsonArray().add(role))
        .put("vcardArray", new JsonArray().add("vcard").add(card));
  }

  private static JsonArray card(String property, String value) {
    return new JsonArray()
        .add(property("version", "4.0"))
        .add(property("fn", "Demo Names"))
        .add(property(property, value));
  }

  private static JsonArray property(String name, String value) {
    return new JsonArray().add(name).add(new JsonObject()).add("text").add(value);
  }
}
