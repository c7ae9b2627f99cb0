package parallax.config.check.http;

import java.math.BigDecimal;

/** A scalar of a JSON document (RFC 8259 section 3). */
public sealed interface JsonScalar {
  record JsonText(String value) implements JsonScalar {}

  /** Equal by value: 1, 1.0 and 1e0 are the same number. */
  record JsonNumber(BigDecimal value) implements JsonScalar {
    public JsonNumber {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
  }

  record JsonBoolean(boolean value) implements JsonScalar {}

  record JsonNull() implements JsonScalar {}
}
