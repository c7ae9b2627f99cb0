package parallax.deploy.packing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A component of a CycloneDX 1.6 bill of materials.
 *
 * @param json as it stands there
 */
record Part(JsonObject json) {
  private static final String OWN = "parallax";

  /** By what the graph of dependencies names it. */
  String ref() {
    return json.getString("bom-ref", "");
  }

  String group() {
    return json.getString("group", "");
  }

  String name() {
    return json.getString("name", "");
  }

  String version() {
    return json.getString("version", "");
  }

  /** Whether it is of this project. */
  boolean isOwn() {
    return group().equals(OWN);
  }

  /** Whether its file is not as its authors made it. */
  boolean isChanged() {
    return json.containsKey("pedigree");
  }

  /** The SHA-256 of its file in lower-case hexadecimal digits. */
  Optional<String> sha256() {
    return objects(json.getJsonArray("hashes"))
        .filter(hash -> "SHA-256".equals(hash.getString("alg")))
        .map(hash -> hash.getString("content", "").toLowerCase(Locale.ROOT))
        .findFirst();
  }

  /** Its licences, each an SPDX identifier, or the words of its authors where there is none. */
  Stream<String> licences() {
    return objects(json.getJsonArray("licenses"))
        .map(
            choice -> {
              JsonObject licence = choice.getJsonObject("license", new JsonObject());
              return Stream.of(
                      choice.getString("expression"),
                      licence.getString("id"),
                      licence.getString("name"))
                  .filter(Objects::nonNull)
                  .findFirst()
                  .orElse("");
            });
  }

  /** The objects in an array; none where there is no array. */
  static Stream<JsonObject> objects(@org.jspecify.annotations.Nullable JsonArray array) {
    return array == null
        ? Stream.empty()
        : IntStream.range(0, array.size()).mapToObj(array::getJsonObject);
  }
}
