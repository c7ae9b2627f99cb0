package parallax.config.read.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.SecretKinds.Expanded;
import parallax.config.check.HttpSpec.Header;
import parallax.config.problem.Place;

/** Request headers (RFC 9110 section 5). */
public final class HeaderReader {
  /** A field name, a token (RFC 9110 section 5.6.2). */
  static final String NAME_PATTERN = "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$";

  static final String NAME_WORDS = "header names of letters, digits and hyphens";
  static final int MAX_HEADERS = 64;

  /** The longest value, in UTF-16 code units. */
  static final int MAX_VALUE = 8_192;

  private static final List<String> SECRET_NAMES =
      List.of("authorization", "proxy-authorization", "cookie", "x-api-key");
  private static final List<String> SECRET_WORDS =
      List.of("token", "secret", "password", "api-key", "apikey");

  /** What would break the framing of the request. */
  private static final List<String> OURS =
      List.of(
          "connection",
          "content-length",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Headers by their names. */
  public static final Kind<List<Header>> KIND =
      Kinds.table(NAME_PATTERN, NAME_WORDS, SecretKinds.expandable(MAX_VALUE), MAX_HEADERS)
          .then((pairs, _, reading) -> Optional.of(headers(pairs, reading)));

  private HeaderReader() {}

  private static List<Header> headers(List<Pair<Expanded>> pairs, Reading reading) {
    List<Header> headers = new ArrayList<>();
    SortedSet<String> seen = new TreeSet<>();
    for (Pair<Expanded> pair : pairs) {
      boolean fine = isNameFine(pair.key(), pair.place(), seen, reading);
      String value = pair.value().value().reveal();
      if (!pair.value().hasReference() && mustBeReference(pair.key())) {
        reading.refuse(
            pair.place(),
            "can't hold the value of '"
                + pair.key()
                + "', a secret; write ${env:NAME} or ${file:/path}");
      } else if (!isValueFine(value)) {
        reading.refuse(
            pair.place(),
            "has a value for '" + pair.key() + "' with a line break or control character");
      } else if (fine) {
        headers.add(new Header(pair.key(), pair.value().value()));
      }
    }
    return headers;
  }

  /** Whether a header may be sent, and was not given before in other letters. */
  static boolean isNameFine(String name, Place place, SortedSet<String> seen, Reading reading) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (OURS.contains(lower)) {
      reading.refuse(place, "can't set '" + name + "', which belongs to the connection itself");
      return false;
    }
    if (!seen.add(lower)) {
      reading.refuse(place, "holds '" + name + "' twice, in other letters; keep one");
      return false;
    }
    return true;
  }

  static boolean mustBeReference(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_NAMES.contains(lower) || SECRET_WORDS.stream().anyMatch(lower::contains);
  }

  /** A field value has no control characters but the tab (RFC 9110 section 5.5). */
  static boolean isValueFine(String value) {
    return value.chars().allMatch(c -> (c >= ' ' && c != 0x7f) || c == '\t');
  }
}
