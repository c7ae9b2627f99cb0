package parallax.probe.bgp.rislive.message;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.probe.bgp.route.PathAttributes.Aggregator;
import parallax.probe.bgp.route.PathAttributes.Origin;

/** Values that the service writes as text, or that would lose digits as binary fractions. */
final class FieldText {
  private static final String DOMAIN = ".ripe.net";
  private static final int MAX_HOST = 64;
  private static final int MAX_ASN_DIGITS = 10;
  private static final int NANO_DIGITS = 9;

  /** Up to the year 2286. */
  private static final int MAX_SECONDS_DIGITS = 10;

  private FieldText() {}

  /**
   * Seconds since 1970 with a decimal fraction, exact to the nanosecond, what follows cut off; no
   * exponent.
   */
  static Optional<Instant> instant(String number) {
    int point = number.indexOf('.');
    int whole = point < 0 ? number.length() : point;
    if (whole < 1 || whole > MAX_SECONDS_DIGITS) {
      return Optional.empty();
    }
    int digits = Math.min(NANO_DIGITS, number.length() - whole - 1);
    long seconds = 0;
    long nanos = 0;
    for (int at = 0; at < number.length(); at++) {
      int digit = number.charAt(at) - '0';
      boolean plain = digit >= 0 && digit <= 9;
      if (!plain && at != point) {
        return Optional.empty();
      }
      if (at < whole) {
        seconds = seconds * 10 + digit;
      } else if (at > whole && at <= whole + digits) {
        nanos = nanos * 10 + digit;
      }
    }
    for (int digit = Math.max(0, digits); digit < NANO_DIGITS; digit++) {
      nanos *= 10;
    }
    return Optional.of(Instant.ofEpochSecond(seconds, nanos));
  }

  /** A decimal number of 32 bits, without sign. */
  static OptionalLong asn(String text) {
    long value = 0;
    for (int at = 0; at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9 || at >= MAX_ASN_DIGITS) {
        return OptionalLong.empty();
      }
      value = value * 10 + digit;
    }
    return text.isEmpty() || value > PathWords.MAX_ASN
        ? OptionalLong.empty()
        : OptionalLong.of(value);
  }

  /** One name for a collector: {@code rrc21}, as old and as new messages have it. */
  static Optional<String> collector(String host) {
    boolean plain = !host.isEmpty() && host.length() <= MAX_HOST;
    for (int at = 0; at < host.length() && plain; at++) {
      char letter = host.charAt(at);
      plain =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || letter == '-'
              || letter == '.';
    }
    if (!plain) {
      return Optional.empty();
    }
    String name = host.toLowerCase(Locale.ROOT);
    boolean known = name.endsWith(DOMAIN) && name.length() > DOMAIN.length();
    return Optional.of(known ? name.substring(0, name.length() - DOMAIN.length()) : name);
  }

  static Origin origin(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "IGP" -> Origin.IGP;
      case "EGP" -> Origin.EGP;
      default -> Origin.INCOMPLETE;
    };
  }

  /** {@code 64500:192.0.2.1}. */
  static Optional<Aggregator> aggregator(String text) {
    int colon = text.indexOf(':');
    OptionalLong asn = asn(text.substring(0, Math.max(0, colon)));
    return asn.isEmpty()
        ? Optional.empty()
        : AddressReader.address(text.substring(colon + 1))
            .map(address -> new Aggregator(asn.getAsLong(), address));
  }
}
