package parallax.config.metrics;

import java.util.Locale;

/** The text in which metrics are told: of Prometheus, version 0.0.4, or OpenMetrics 1.0.0. */
public enum ExpositionFormat {
  PROMETHEUS("text/plain; version=0.0.4; charset=utf-8", "text/plain"),
  OPENMETRICS(
      "application/openmetrics-text; version=1.0.0; charset=utf-8", "application/openmetrics-text");

  /** Of a longer Accept header only so much is read. */
  private static final int MAX_RANGES = 32;

  private final String contentType;
  private final String type;

  ExpositionFormat(String contentType, String type) {
    this.contentType = contentType;
    this.type = type;
  }

  public String contentType() {
    return contentType;
  }

  /**
   * The format that suits an Accept header best (RFC 9110 section 12.5.1): OpenMetrics when it is
   * asked for by name and nothing that is asked for by name is preferred to it.
   */
  public static ExpositionFormat accepted(String accept) {
    double open = 0;
    double plain = 0;
    for (String range : accept.split(",", MAX_RANGES)) {
      String[] parts = range.toLowerCase(Locale.ROOT).split(";", MAX_RANGES);
      String type = parts[0].strip();
      if (type.equals(OPENMETRICS.type)) {
        open = Math.max(open, quality(parts));
      } else if (type.equals(PROMETHEUS.type)) {
        plain = Math.max(plain, quality(parts));
      }
    }
    return open > 0 && open >= plain ? OPENMETRICS : PROMETHEUS;
  }

  private static double quality(String[] parts) {
    for (String part : parts) {
      String parameter = part.strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
