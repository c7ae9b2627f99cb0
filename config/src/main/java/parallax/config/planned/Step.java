package parallax.config.planned;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.check.HttpExpect;
import parallax.config.check.JsonPath;

/**
 * One request of several that are made one after another.
 *
 * @param url http or https; may hold captured values after the host
 * @param capture by name what is taken from the answer for later steps
 */
public record Step(
    Template url,
    String method,
    List<TemplateHeader> headers,
    Optional<Template> body,
    SortedMap<String, JsonPath> capture,
    HttpExpect expect) {

  public Step {
    headers = List.copyOf(headers);
    capture = Collections.unmodifiableSortedMap(new TreeMap<>(capture));
  }

  /** A request header. */
  public record TemplateHeader(String name, Template value) {}
}
