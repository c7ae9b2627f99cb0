package parallax.coordinator.configuration.change;

/**
 * Something that is written otherwise than before. Texts never hold the value of a secret, so both
 * are the same where nothing but a secret changed.
 *
 * @param field as users write it: {@code interval}, {@code labels.team}, {@code http}
 * @param before empty: it was not there
 * @param after empty: it is gone
 */
public record FieldChange(String field, String before, String after) {
  private static final String NOTHING = "nothing";

  @Override
  public String toString() {
    if (before.equals(after)) {
      return field + ": a secret is another";
    }
    return field + ": " + shown(before) + " -> " + shown(after);
  }

  private static String shown(String text) {
    return text.isEmpty() ? NOTHING : text;
  }
}
