package parallax.coordinator.store.table;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A place in a list, opaque to whoever carries it: a number and a text that order the rows. */
record Cursor(long number, String text) {
  private static final int MAX_LENGTH = 1024;

  /** The cursor that was handed out. Throws IllegalArgumentException when it was not. */
  static Optional<Cursor> parse(Optional<String> opaque) {
    return opaque.map(
        value -> {
          if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("not a cursor of this list");
          }
          String plain = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
          int colon = plain.indexOf(':');
          try {
            return new Cursor(
                Long.parseLong(plain.substring(0, Math.max(0, colon))), plain.substring(colon + 1));
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a cursor of this list", e);
          }
        });
  }

  String opaque() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((number + ":" + text).getBytes(StandardCharsets.UTF_8));
  }
}
