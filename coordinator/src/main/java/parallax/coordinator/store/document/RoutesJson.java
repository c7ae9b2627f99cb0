package parallax.coordinator.store.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Facts.RouteRole;
import parallax.config.observation.Facts.RouteSeen;
import parallax.config.observation.Facts.RouteSight;

/** Routes that a look saw, as they are kept. */
public final class RoutesJson {
  private RoutesJson() {}

  static void write(JsonGenerator json, List<RouteSeen> routes) throws IOException {
    json.writeArrayFieldStart("routes");
    for (RouteSeen route : routes) {
      json.writeStartObject();
      json.writeStringField("prefix", route.prefix());
      json.writeStringField("role", route.role().name());
      json.writeArrayFieldStart("origins");
      for (long origin : route.origins()) {
        json.writeNumber(origin);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("addresses");
      for (String address : route.addresses()) {
        json.writeString(address);
      }
      json.writeEndArray();
      if (route.sight().isPresent()) {
        write(json, route.sight().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, RouteSight sight) throws IOException {
    json.writeStringField("reach", sight.reach());
    json.writeNumberField("seeing", sight.seeing());
    json.writeNumberField("known", sight.known());
    if (sight.origin().isPresent()) {
      json.writeNumberField("origin", sight.origin().get());
    }
    if (sight.coveredBy().isPresent()) {
      json.writeStringField("coveredBy", sight.coveredBy().get());
    }
    json.writeNumberField("since", sight.since().toEpochMilli());
    if (sight.firstLoss().isPresent()) {
      json.writeNumberField("firstLoss", sight.firstLoss().get().toEpochMilli());
    }
  }

  /** Reads an array; the parser stands at its start and ends at its end. */
  static List<RouteSeen> read(JsonParser json) throws IOException {
    List<RouteSeen> routes = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      one(json).ifPresent(routes::add);
    }
    return routes;
  }

  private static Optional<RouteSeen> one(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    List<Long> origins = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      switch (json.nextToken()) {
        case VALUE_STRING -> texts.put(field, json.getText());
        case VALUE_NUMBER_INT -> numbers.put(field, json.getLongValue());
        case START_ARRAY -> {
          for (JsonToken item = json.nextToken();
              item != null && item.isScalarValue();
              item = json.nextToken()) {
            if (item == JsonToken.VALUE_NUMBER_INT && field.equals("origins")) {
              origins.add(json.getLongValue());
            } else if (item == JsonToken.VALUE_STRING && field.equals("addresses")) {
              addresses.add(json.getText());
            }
          }
        }
        default -> json.skipChildren();
      }
    }
    return role(texts.getOrDefault("role", ""))
        .map(
            role ->
                new RouteSeen(
                    texts.getOrDefault("prefix", ""),
                    origins,
                    role,
                    addresses,
                    sight(texts, numbers)));
  }

  private static Optional<RouteSight> sight(Map<String, String> texts, Map<String, Long> numbers) {
    long known = numbers.getOrDefault("known", 0L);
    long seeing = numbers.getOrDefault("seeing", 0L);
    if (!texts.containsKey("reach") || seeing < 0 || seeing > known || known > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(
        new RouteSight(
            texts.get("reach"),
            (int) seeing,
            (int) known,
            Optional.ofNullable(numbers.get("origin")),
            Optional.ofNullable(texts.get("coveredBy")),
            Instant.ofEpochMilli(numbers.getOrDefault("since", 0L)),
            Optional.ofNullable(numbers.get("firstLoss")).map(Instant::ofEpochMilli)));
  }

  private static Optional<RouteRole> role(String name) {
    for (RouteRole role : RouteRole.values()) {
      if (role.name().equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
