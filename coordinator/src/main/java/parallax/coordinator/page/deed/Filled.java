package parallax.coordinator.page.deed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed into a form, and what was wrong with it.
 *
 * @param values by field
 * @param problem empty: nothing was sent yet, or all was well
 */
public record Filled(Map<String, String> values, Optional<Problem> problem) {
  /** A form as it is at first. */
  public static final Filled NOTHING = new Filled(Map.of(), Optional.empty());

  public Filled {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Something wrong.
   *
   * @param field beside which it is shown; empty: above the form
   */
  public record Problem(String field, String why) {
    /**
     * What is said of a request, beside the field that it is about.
     *
     * @param fields of the form
     */
    public static Problem of(String why, List<String> fields) {
      return fields.stream()
          .filter(field -> why.matches("(?s)" + field + "\\b.*"))
          .findFirst()
          .or(
              () ->
                  fields.stream()
                      .filter(field -> why.matches("(?s).*\\b" + field + "\\b.*"))
                      .findFirst())
          .map(field -> new Problem(field, why))
          .orElseGet(() -> new Problem("", why));
    }
  }

  /** What was typed into a field. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }
}
