package parallax.config.check.packet;

import com.google.re2j.Pattern;

/** What an answer must be. */
public sealed interface Answer {
  /**
   * A pattern is found in it.
   *
   * @param pattern of RE2, in linear time; over bytes read as UTF-8
   */
  record Matching(Pattern pattern) implements Answer {}

  /**
   * It begins with these bytes.
   *
   * @param hex two lower-case digits for each byte
   */
  record Beginning(String hex) implements Answer {
    public Beginning {
      if (!Payload.isHex(hex)) {
        throw new IllegalArgumentException("not bytes in hexadecimal: " + hex);
      }
    }
  }
}
