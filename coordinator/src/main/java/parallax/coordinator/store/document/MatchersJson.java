package parallax.coordinator.store.document;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import parallax.coordinator.silence.LabelMatcher;

/** What labels must be, as a JSON array. */
public final class MatchersJson {
  private MatchersJson() {}

  public static String write(List<LabelMatcher> match) {
    JsonArray array = new JsonArray();
    for (LabelMatcher matcher : match) {
      JsonObject json = new JsonObject().put("label", matcher.label());
      array.add(
          switch (matcher) {
            case LabelMatcher.OneOf(_, var values) -> json.put("values", new JsonArray(values));
            case LabelMatcher.Like(_, var pattern) -> json.put("like", pattern.pattern());
          });
    }
    return array.encode();
  }

  /** The matchers, unless a later version wrote one that this one does not know. */
  public static Optional<List<LabelMatcher>> read(String document) {
    JsonArray array = new JsonArray(document);
    List<LabelMatcher> read =
        IntStream.range(0, array.size())
            .mapToObj(array::getJsonObject)
            .flatMap(json -> matcher(json).stream())
            .toList();
    return read.isEmpty() || read.size() < array.size() ? Optional.empty() : Optional.of(read);
  }

  private static Optional<LabelMatcher> matcher(JsonObject json) {
    String label = json.getString("label", "");
    Optional<String> like = Optional.ofNullable(json.getString("like"));
    if (like.isPresent()) {
      return LabelMatcher.like(label, like.get()) instanceof LabelMatcher.Read.Good(var matcher)
          ? Optional.of(matcher)
          : Optional.empty();
    }
    JsonArray values = json.getJsonArray("values", new JsonArray());
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LabelMatcher.OneOf(
                label, IntStream.range(0, values.size()).mapToObj(values::getString).toList()));
  }
}
