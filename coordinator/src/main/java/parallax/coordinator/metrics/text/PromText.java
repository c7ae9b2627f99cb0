package parallax.coordinator.metrics.text;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import parallax.config.metrics.ExpositionFormat;

/**
 * Writes metrics as text: Prometheus' own format 0.0.4 or OpenMetrics 1.0. Made for families of
 * many series: what repeats is encoded once by the caller, and a sample costs a few copies of
 * bytes. What is written is taken away in parts, so that a page is never held as a whole.
 */
public final class PromText {
  /** The types of a family that are written here. */
  public enum Type {
    GAUGE,
    COUNTER,
    HISTOGRAM,
    INFO
  }

  /** What is written is taken away in parts of about so many bytes. */
  public static final int PART = 512 * 1024;

  private static final int MAX_DIGITS = 20;
  private static final long NANOS = 1_000_000_000;
  private static final int NANO_PLACES = 9;

  private final ExpositionFormat format;
  private byte[] out = new byte[PART + PART / 4];
  private Buffer taken = Buffer.buffer();
  private int length;

  /** An empty page. */
  public PromText(ExpositionFormat format) {
    this.format = format;
  }

  public ExpositionFormat format() {
    return format;
  }

  /** Whether there is enough to be taken away. */
  public boolean isFull() {
    return length >= PART;
  }

  /**
   * What was written since this was asked last; good until it is asked again, so that a long page
   * passes through the same memory.
   */
  public Buffer take() {
    if (taken.length() < length) {
      taken = Buffer.buffer(new byte[out.length]);
    }
    taken.setBytes(0, out, 0, length);
    Buffer part = taken.slice(0, length);
    length = 0;
    return part;
  }

  /**
   * Begins a family.
   *
   * @param name as its samples are named, so a counter's ends in _total and an info's in _info
   */
  public PromText family(String name, Type type, String help) {
    String family = name;
    String typeName =
        switch (type) {
          case GAUGE -> "gauge";
          case COUNTER -> "counter";
          case HISTOGRAM -> "histogram";
          case INFO -> format == ExpositionFormat.OPENMETRICS ? "info" : "gauge";
        };
    if (format == ExpositionFormat.OPENMETRICS) {
      family =
          switch (type) {
            case COUNTER -> without(name, "_total");
            case INFO -> without(name, "_info");
            case GAUGE, HISTOGRAM -> name;
          };
    }
    text("# HELP ").text(family).text(" ").text(escaped(help, false)).line();
    return text("# TYPE ").text(family).text(" ").text(typeName).line();
  }

  /**
   * A sample.
   *
   * @param labels rendered by {@link #labels}, braces included, or empty
   */
  public PromText sample(String name, String labels, long value) {
    return text(name).text(labels).text(" ").number(value).line();
  }

  public PromText sample(String name, String labels, double value) {
    return text(name).text(labels).text(" ").number(value).line();
  }

  /** Text of the same format that was made elsewhere, without an end marker. */
  public PromText text(String text) {
    int from = length;
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = from;
        return bytes(text.getBytes(StandardCharsets.UTF_8));
      }
      out[from + i] = (byte) c;
    }
    length = from + text.length();
    return this;
  }

  /** The end of a line. */
  public PromText line() {
    room(1);
    out[length++] = '\n';
    return this;
  }

  /** What was encoded before, in UTF-8. */
  public PromText bytes(byte[] encoded) {
    room(encoded.length);
    System.arraycopy(encoded, 0, out, length, encoded.length);
    length += encoded.length;
    return this;
  }

  /** Where the next byte goes, until what was written is taken away. */
  public int mark() {
    return length;
  }

  /** What was written since a {@link #mark}. */
  public byte[] since(int mark) {
    return Arrays.copyOfRange(out, mark, length);
  }

  /** Once more so many bytes as they were written from a {@link #mark} on. */
  public PromText again(int mark, int bytes) {
    room(bytes);
    System.arraycopy(out, mark, out, length, bytes);
    length += bytes;
    return this;
  }

  /** A number without a fraction. */
  public PromText number(long value) {
    if (value == Long.MIN_VALUE) {
      return text(Long.toString(value));
    }
    room(MAX_DIGITS);
    long rest = value;
    if (rest < 0) {
      out[length++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long bound = 10; digits < MAX_DIGITS - 1 && rest >= bound; bound *= 10) {
      digits++;
    }
    digits(rest, digits);
    return this;
  }

  /** The last so many digits of a number, from where the next byte goes. */
  private void digits(long number, int digits) {
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      out[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** A number as Prometheus reads it. */
  public PromText number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? number((long) value)
        : text(Double.toString(value));
  }

  /** Nanoseconds, none negative, as seconds: exact, and without needless digits. */
  public PromText seconds(long nanos) {
    number(nanos / NANOS);
    long rest = nanos % NANOS;
    if (rest == 0) {
      return this;
    }
    room(MAX_DIGITS);
    out[length++] = '.';
    int places = NANO_PLACES;
    while (rest % 10 == 0) {
      rest /= 10;
      places--;
    }
    digits(rest, places);
    return this;
  }

  /** The end marker that OpenMetrics asks for. */
  public PromText end() {
    return format == ExpositionFormat.OPENMETRICS ? text("# EOF\n") : this;
  }

  private void room(int more) {
    if (length + more > out.length) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
    }
  }

  /** In UTF-8. */
  public static byte[] encoded(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Labels in braces: {@code {a="1",b="2"}}. */
  public static String labels(String... namesAndValues) {
    return open(namesAndValues).concat("}");
  }

  /** Labels without the closing brace, to be followed by more. */
  public static String open(String... namesAndValues) {
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
