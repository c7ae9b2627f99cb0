package parallax.coordinator.metrics;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes metrics as text: Prometheus' own format 0.0.4 or OpenMetrics 1.0. Made for families of
 * many series: what repeats is rendered once by the caller, and a sample costs a few copies.
 */
public final class PromText {
  /** Which of the two texts. */
  public enum Format {
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    public String contentType() {
      return contentType;
    }

    /** The format that suits an Accept header (RFC 9110 section 12.5.1). */
    public static Format accepted(String accept) {
      return accept.contains("application/openmetrics-text") ? OPENMETRICS : PROMETHEUS;
    }
  }

  /** The types of a family that are written here. */
  public enum Type {
    GAUGE,
    COUNTER,
    HISTOGRAM,
    INFO
  }

  /** Text is encoded in parts of about this many characters, so that it is not held twice. */
  private static final int PART = 64 * 1024;

  private final Format format;
  private final StringBuilder out = new StringBuilder(PART + PART / 4);
  private final Buffer encoded;

  /**
   * An empty page.
   *
   * @param expectedLength in bytes; only saves copying
   */
  PromText(Format format, int expectedLength) {
    this.format = format;
    encoded = Buffer.buffer(expectedLength);
  }

  Format format() {
    return format;
  }

  /**
   * Begins a family.
   *
   * @param name as its samples are named, so a counter's ends in _total and an info's in _info
   */
  PromText family(String name, Type type, String help) {
    String family = name;
    String typeName =
        switch (type) {
          case GAUGE -> "gauge";
          case COUNTER -> "counter";
          case HISTOGRAM -> "histogram";
          case INFO -> format == Format.OPENMETRICS ? "info" : "gauge";
        };
    if (format == Format.OPENMETRICS) {
      family =
          switch (type) {
            case COUNTER -> without(name, "_total");
            case INFO -> without(name, "_info");
            case GAUGE, HISTOGRAM -> name;
          };
    }
    out.append("# HELP ").append(family).append(' ').append(escaped(help, false)).append('\n');
    out.append("# TYPE ").append(family).append(' ').append(typeName).append('\n');
    return this;
  }

  /**
   * A sample.
   *
   * @param labels rendered by {@link #labels}, braces included, or empty
   */
  PromText sample(String name, String labels, long value) {
    out.append(name).append(labels).append(' ').append(value).append('\n');
    return encoded(PART);
  }

  PromText sample(String name, String labels, double value) {
    out.append(name).append(labels).append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(value);
    }
    out.append('\n');
    return encoded(PART);
  }

  /** A sample whose labels come in two parts, the second closing the brace. */
  PromText sample(String name, String open, String close, long value) {
    out.append(name).append(open).append(close).append(' ').append(value).append('\n');
    return encoded(PART);
  }

  PromText sample(String name, String open, String close, double value) {
    return sample(name, open.concat(close), value);
  }

  /** Text of the same format that was made elsewhere, without an end marker. */
  PromText verbatim(String text) {
    out.append(text);
    return this;
  }

  /** The page, with the end marker that OpenMetrics asks for. */
  Buffer page() {
    if (format == Format.OPENMETRICS) {
      out.append("# EOF\n");
    }
    encoded(0);
    return encoded;
  }

  private PromText encoded(int from) {
    if (out.length() >= from) {
      encoded.appendBytes(out.toString().getBytes(StandardCharsets.UTF_8));
      out.setLength(0);
    }
    return this;
  }

  /** Labels in braces: {@code {a="1",b="2"}}. */
  static String labels(String... namesAndValues) {
    return open(namesAndValues).concat("}");
  }

  /** Labels without the closing brace, to be followed by more. */
  static String open(String... namesAndValues) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      text.append(i > 0 ? "," : "")
          .append(namesAndValues[i])
          .append("=\"")
          .append(escaped(namesAndValues[i + 1], true))
          .append('"');
    }
    return text.toString();
  }

  private static String escaped(String text, boolean quotes) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
    return quotes ? escaped.replace("\"", "\\\"") : escaped;
  }

  private static String without(String name, String suffix) {
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }
}
