package parallax.probe.blackbox.look;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.Printable;

/**
 * The metrics of one probe: gauges, in the text format 0.0.4 of Prometheus. Confined to one thread.
 */
public final class Samples {
  private static final int MAX_LABEL = 1_024;

  /** Larger numbers are written with an exponent, as Go writes them. */
  private static final int PLAIN_DIGITS = 21;

  private record Family(String help, SortedMap<String, Double> values) {}

  private final SortedMap<String, Family> families = new TreeMap<>();

  /** Sets a gauge without labels. */
  public void set(String name, String help, double value) {
    put(name, help, "", value);
  }

  /** Sets a gauge with labels. */
  public void set(String name, String help, SortedMap<String, String> labels, double value) {
    StringBuilder text = new StringBuilder("{");
    for (Map.Entry<String, String> label : labels.entrySet()) {
      text.append(text.length() > 1 ? "," : "")
          .append(label.getKey())
          .append("=\"")
          .append(escaped(Printable.bounded(label.getValue(), MAX_LABEL)))
          .append('"');
    }
    put(name, help, text.append('}').toString(), value);
  }

  /** Sets a gauge with one label. */
  public void set(String name, String help, String label, String labelValue, double value) {
    set(name, help, new TreeMap<>(Map.of(label, labelValue)), value);
  }

  private void put(String name, String help, String labels, double value) {
    families
        .computeIfAbsent(name, _ -> new Family(help, new TreeMap<>()))
        .values()
        .put(labels, value);
  }

  /** All of them, sorted by name and labels. */
  public String text() {
    StringBuilder out = new StringBuilder();
    families.forEach(
        (name, family) -> {
          out.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
          out.append("# TYPE ").append(name).append(" gauge\n");
          family
              .values()
              .forEach(
                  (labels, value) ->
                      out.append(name)
                          .append(labels)
                          .append(' ')
                          .append(number(value))
                          .append('\n'));
        });
    return out.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** The shortest text that means the number, as Go's format 'g' has it. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    if (exponent >= -4 && exponent < PLAIN_DIGITS) {
      return shortest.toPlainString();
    }
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = value < 0 ? "-" : "";
    return sign
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
