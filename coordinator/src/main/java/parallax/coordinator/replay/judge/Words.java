package parallax.coordinator.replay.judge;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import parallax.coordinator.replay.record.Label;
import parallax.coordinator.replay.record.RecordedIncident;

/** Times, lists, labels and incidents in words. */
public final class Words {
  private static final int MAX_SHOWN = 6;
  private static final int MS_DIGITS = 3;

  private Words() {}

  /** Seconds, with as many decimals as it takes: {@code 636 s}, {@code 12.345 s}. */
  public static String time(long millis) {
    BigDecimal seconds = BigDecimal.valueOf(millis, MS_DIGITS).stripTrailingZeros();
    return seconds.toPlainString() + " s";
  }

  static String anyOf(List<?> choices) {
    return choices.stream().map(String::valueOf).collect(Collectors.joining(" or "));
  }

  /** A list, cut where nobody reads on. */
  static String list(List<?> items) {
    if (items.isEmpty()) {
      return "nothing";
    }
    String shown =
        items.stream().limit(MAX_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    return items.size() > MAX_SHOWN
        ? shown + " and " + (items.size() - MAX_SHOWN) + " more"
        : shown;
  }

  /** {@code REGIONAL (na-east)}. */
  public static String scope(Label label) {
    return label.regions().isEmpty()
        ? label.scope().toString()
        : label.scope() + " (" + String.join(", ", label.regions()) + ")";
  }

  /** {@code GLOBAL, dns_auth, dns:dyn}. */
  public static String label(Label label) {
    return scope(label)
        + label.layer().map(layer -> ", " + layer.yamlName()).orElse("")
        + ", "
        + label.culprit();
  }

  /** {@code GLOBAL, tls, target:shop on shop, published at 661 s}: as it was last. */
  public static String incident(RecordedIncident incident) {
    String touched = incident.targets().isEmpty() ? "" : " on " + list(incident.targets());
    return label(incident.labels().getLast())
        + touched
        + ", published at "
        + time(incident.publishedMs());
  }
}
