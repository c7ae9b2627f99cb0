package parallax.config.read.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.check.BgpSpec.RoutePolicy;
import parallax.config.text.HostText;

/** The {@code bgp} block. */
public final class BgpReader {
  private static final int MAX_ITEMS = 1_000;
  private static final int MAX_PREFIX = 49;

  /** The greatest AS number (RFC 6793). */
  private static final long MAX_ASN = 4_294_967_295L;

  private static final Field<List<Long>> ORIGINS =
      Field.optional(
          "origins",
          Kinds.oneOrMany(asn(), MAX_ITEMS),
          "Autonomous systems that may announce the prefixes. Left out: learnt.");
  private static final Field<List<String>> PREFIXES =
      Field.optional(
          "prefixes",
          Kinds.oneOrMany(
              Kinds.text(MAX_PREFIX)
                  .then(
                      (text, node, reading) ->
                          HostText.isPrefix(text)
                              ? Optional.of(text)
                              : reading.wrong(
                                  node,
                                  "must be a network without host bits, as in 192.0.2.0/24 or"
                                      + " 2001:db8::/32")),
              MAX_ITEMS),
          "Networks in CIDR notation. Left out: learnt.");

  private static final Field<Boolean> WATCH =
      Field.optional(
          "watch",
          Kinds.choice(onOff()),
          "Whether routes to the target are watched. Left out: on.");

  public static final Kind<BgpSettings> KIND =
      Kinds.fields(
          Shape.of("bgp", "The routes to the target.", WATCH, ORIGINS, PREFIXES),
          (values, _, _) ->
              Optional.of(
                  new BgpSettings(
                      values.get(WATCH).orElse(true),
                      new RoutePolicy(
                          new TreeSet<>(values.get(ORIGINS).orElse(List.of())),
                          values.get(PREFIXES).orElse(List.of())))));

  /** What a {@code bgp} block of a target says. */
  public record BgpSettings(boolean watched, RoutePolicy policy) {
    public static final BgpSettings DEFAULT = new BgpSettings(true, RoutePolicy.LEARNT);
  }

  private BgpReader() {}

  /** A switch. */
  static Map<String, Boolean> onOff() {
    Map<String, Boolean> meanings = new LinkedHashMap<>();
    meanings.put("on", true);
    meanings.put("off", false);
    return meanings;
  }

  /** An AS number. */
  public static Kind<Long> asn() {
    return Kinds.wholeNumber(1, MAX_ASN);
  }
}
