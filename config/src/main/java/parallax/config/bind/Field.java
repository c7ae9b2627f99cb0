package parallax.config.bind;

/**
 * A key of a mapping.
 *
 * @param description for people who write it: what it does, and what holds when it is left out
 */
public record Field<T>(String key, Kind<T> kind, boolean required, String description) {
  public static <T> Field<T> optional(String key, Kind<T> kind, String description) {
    return new Field<>(key, kind, false, description);
  }

  public static <T> Field<T> required(String key, Kind<T> kind, String description) {
    return new Field<>(key, kind, true, description);
  }
}
