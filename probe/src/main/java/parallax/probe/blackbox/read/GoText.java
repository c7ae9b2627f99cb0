package parallax.probe.blackbox.read;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as Go writes them. */
public final class GoText {
  private static final int MAX_LENGTH = 40;
  private static final Pattern DURATION =
      Pattern.compile("[+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+");
  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoText() {}

  /** A duration as Go's time.ParseDuration takes it; a fraction of a nanosecond is dropped. */
  public static Optional<Duration> duration(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (text.length() > MAX_LENGTH || !DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      String number = parts.group(1);
      String whole = number.endsWith(".") ? number + "0" : number;
      long unit = NANOS.getOrDefault(parts.group(2), 1L);
      nanos = nanos.add(new BigDecimal(whole).multiply(BigDecimal.valueOf(unit)));
    }
    if (nanos.compareTo(LONGEST) > 0) {
      return Optional.empty();
    }
    Duration duration = Duration.ofNanos(nanos.longValue());
    return Optional.of(text.startsWith("-") ? duration.negated() : duration);
  }

  /** A number of bytes with a unit ({@code 10MB}, {@code 5KiB}), or without one. */
  static Optional<Long> bytes(String text) {
    Matcher parts =
        Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([KMGT]?)(i?)(?:B?)", Pattern.CASE_INSENSITIVE)
            .matcher(text);
    if (text.length() > MAX_LENGTH || !parts.matches()) {
      return Optional.empty();
    }
    String unit = parts.group(2).toUpperCase(java.util.Locale.ROOT);
    int power = unit.isEmpty() ? 0 : "KMGT".indexOf(unit) + 1;
    // The exporter's parser counts KB, as KiB, by 1024.
    BigDecimal size = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(1024).pow(power));
    return size.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(size.longValue());
  }
}
