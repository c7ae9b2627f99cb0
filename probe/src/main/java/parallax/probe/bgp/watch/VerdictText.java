package parallax.probe.bgp.watch;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.visibility.RouteVerdict.ForeignOrigin;
import parallax.probe.bgp.visibility.RouteVerdict.NewNeighbour;
import parallax.probe.bgp.visibility.RouteVerdict.PathShifted;
import parallax.probe.bgp.visibility.RouteVerdict.Reached;
import parallax.probe.bgp.visibility.RouteVerdict.ValidityTurned;
import parallax.probe.bgp.visibility.Tally;

/** Verdicts as {@code key=value}, the same in the log and on a terminal. */
public final class VerdictText {
  private VerdictText() {}

  /** One line without its end. */
  public static String of(RouteVerdict verdict) {
    return switch (verdict) {
      case Reached it -> reached(it);
      case ForeignOrigin it ->
          "prefix="
              + it.prefix()
              + " announced="
              + it.announced()
              + " foreign_origin=AS"
              + it.origin()
              + " normal="
              + it.normal().stream().map(asn -> "AS" + asn).collect(Collectors.joining(","))
              + " voters="
              + it.voters()
              + validity(it.validity().map(Object::toString).orElse(""))
              + " weight="
              + word(it.weight())
              + " since="
              + it.since();
      case NewNeighbour it ->
          "prefix="
              + it.prefix()
              + " announced="
              + it.announced()
              + " new_neighbour=AS"
              + it.neighbour()
              + " origin=AS"
              + it.origin()
              + " voters="
              + it.voters()
              + validity(it.validity().map(Object::toString).orElse(""))
              + " weight="
              + word(it.weight())
              + " since="
              + it.since();
      case PathShifted it ->
          "prefix="
              + it.prefix()
              + " path_shifted="
              + it.moved()
              + " usual="
              + neighbours(it.usual())
              + " now="
              + neighbours(it.current())
              + " weight="
              + word(it.weight())
              + " since="
              + it.since();
      case ValidityTurned it ->
          "prefix="
              + it.prefix()
              + " origin=AS"
              + it.origin()
              + " rpki="
              + it.now().map(VerdictText::word).orElse("unknown")
              + " before="
              + it.before().map(VerdictText::word).orElse("unknown")
              + " since="
              + it.since();
    };
  }

  private static String reached(Reached it) {
    return "prefix="
        + it.prefix()
        + " reach="
        + it.reach()
        + " "
        + seen(it.tally())
        + it.coveredBy().map(outer -> " covered_by=" + outer).orElse("")
        + (it.collectors().isEmpty() ? "" : " out=" + String.join(",", it.collectors()))
        + " since="
        + it.since()
        + it.firstLoss().map(at -> " first_loss=" + at).orElse("");
  }

  /** {@code seen=18/24 rrc00=9/12 rrc24=9/12}. */
  public static String seen(Tally tally) {
    String whole = "seen=" + tally.seeing() + "/" + tally.known();
    return tally.byCollector().entrySet().stream()
        .map(VerdictText::collector)
        .collect(Collectors.joining("", whole, ""));
  }

  private static String collector(Map.Entry<String, Tally.Count> one) {
    return " " + one.getKey() + "=" + one.getValue().seeing() + "/" + one.getValue().known();
  }

  /** {@code AS3356:12,AS174:2}, each with how many use it. */
  private static String neighbours(SortedMap<Long, Integer> all) {
    return all.entrySet().stream()
        .map(one -> "AS" + one.getKey() + ":" + one.getValue())
        .collect(Collectors.joining(","));
  }

  private static String validity(String text) {
    return text.isEmpty() ? "" : " rpki=" + text.toLowerCase(Locale.ROOT);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
