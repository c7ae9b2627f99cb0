package parallax.deploy.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What the coordinator says, asked as anybody would ask it. */
final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI page;

  /**
   * @param page where the coordinator serves HTTP
   */
  Api(URI page) {
    this.page = page;
  }

  /** How everything is just now: verdicts by target, and incidents that are not over. */
  record Overview(SortedMap<String, Standing> targets, List<Trouble> open) {
    boolean isWell() {
      return !targets.isEmpty()
          && open.isEmpty()
          && targets.values().stream().allMatch(target -> target.state().equals("UP"));
    }
  }

  /**
   * A target's verdict.
   *
   * @param words why, where it is not up
   */
  record Standing(String state, String words) {}

  /**
   * An incident.
   *
   * @param layer empty: none
   * @param detail the rest of the sentence: what was seen
   */
  record Trouble(
      String id,
      List<String> targets,
      String scope,
      List<String> regions,
      String layer,
      String reason,
      String culprit,
      String detail) {
    static Trouble of(JsonObject incident) {
      JsonObject cause = object(incident, "cause");
      return new Trouble(
          incident.getString("id", ""),
          texts(incident.getJsonArray("targets", new JsonArray())),
          text(incident, "scope"),
          texts(incident.getJsonArray("regions", new JsonArray())),
          text(cause, "layer"),
          text(cause, "reason"),
          text(cause, "culprit"),
          text(cause, "detail"));
    }

    /** In one line. */
    String words() {
      return scope
          + (regions.isEmpty() ? "" : " " + String.join(", ", regions))
          + (layer.isEmpty() ? "" : ", " + layer + ": " + reason)
          + ", culprit "
          + culprit
          + (targets.isEmpty() ? "" : ", hit: " + String.join(", ", targets));
    }
  }

  /** Empty when the coordinator does not answer. */
  Optional<Overview> look() {
    return get("/api/v1/targets?limit=100")
        .flatMap(
            targets ->
                get("/api/v1/incidents?state=open")
                    .map(incidents -> new Overview(standings(targets), troubles(incidents))));
  }

  /** Whether routes to all of these are seen, as far as a target tells. */
  boolean seesRoutes(String target, List<String> prefixes) {
    List<String> seen = new ArrayList<>();
    get("/api/v1/targets/" + target)
        .map(one -> one.getJsonArray("routes", new JsonArray()))
        .ifPresent(
            routes ->
                objects(routes).stream()
                    .filter(route -> route.getValue("sight") != null)
                    .forEach(route -> seen.add(text(route, "prefix"))));
    return seen.containsAll(prefixes);
  }

  private static SortedMap<String, Standing> standings(JsonObject targets) {
    SortedMap<String, Standing> standings = new TreeMap<>();
    for (JsonObject target : objects(targets.getJsonArray("items", new JsonArray()))) {
      JsonObject verdict = object(target, "verdict");
      standings.put(
          text(target, "name"), new Standing(text(verdict, "state"), text(verdict, "summary")));
    }
    return standings;
  }

  private static List<Trouble> troubles(JsonObject incidents) {
    return objects(incidents.getJsonArray("items", new JsonArray())).stream()
        .map(Trouble::of)
        .toList();
  }

  private static List<JsonObject> objects(JsonArray array) {
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(one -> Screen.plain(String.valueOf(one))).sorted().toList();
  }

  private static JsonObject object(JsonObject parent, String name) {
    return Optional.ofNullable(parent.getJsonObject(name)).orElseGet(JsonObject::new);
  }

  private static String text(JsonObject object, String name) {
    return Screen.plain(Optional.ofNullable(object.getString(name)).orElse(""));
  }

  private Optional<JsonObject> get(String path) {
    HttpRequest request = HttpRequest.newBuilder(page.resolve(path)).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(new JsonObject(answer.body()))
          : Optional.empty();
    } catch (IOException | DecodeException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
