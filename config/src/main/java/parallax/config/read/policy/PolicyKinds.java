package parallax.config.read.policy;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.read.check.LabelReader;

/** What the parts of policy share. */
public final class PolicyKinds {
  private static final int MAX_NAME = 63;
  private static final String NAME_PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";
  private static final int MAX_ADDRESS = 254;
  private static final int MAX_ZONE = 64;
  private static final int MAX_CULPRIT = 128;
  private static final String CULPRIT = "^[A-Za-z0-9][A-Za-z0-9 ._:/+-]{0,127}$";

  private PolicyKinds() {}

  /** The name of a receiver, a provider or a maintenance. */
  public static Kind<String> name() {
    return Kinds.text(
        NAME_PATTERN,
        MAX_NAME,
        "must be a name of letters, digits, dots, hyphens and underscores, 1 to 63 characters");
  }

  /** Whether something holds. */
  public static Kind<Boolean> truth() {
    Map<String, Boolean> words = new LinkedHashMap<>();
    words.put("true", true);
    words.put("false", false);
    return Kinds.choice(words);
  }

  /** Whose trouble it is. */
  public static Kind<String> culprit() {
    return Kinds.text(
        CULPRIT,
        MAX_CULPRIT,
        "must be the name of a provider, or a culprit such as registrar:Example");
  }

  /** A time zone. */
  public static Kind<ZoneId> zone() {
    return Kinds.text(MAX_ZONE)
        .then(
            (text, node, reading) ->
                ZoneId.getAvailableZoneIds().contains(text)
                    ? Optional.of(ZoneId.of(text))
                    : reading.wrong(node, "must be an IANA time zone such as Asia/Tokyo"));
  }

  /** One or several of an enum's words. */
  public static <E extends Enum<E>> Kind<List<E>> words(Class<E> type) {
    Map<String, E> meanings = new LinkedHashMap<>();
    for (E each : type.getEnumConstants()) {
      meanings.put(each.name().toLowerCase(Locale.ROOT), each);
    }
    return Kinds.oneOrMany(Kinds.choice(meanings), meanings.size());
  }

  /** Labels that a target must carry. */
  public static final Field<SortedMap<String, String>> MATCH =
      Field.optional(
          "match",
          LabelReader.KIND.map(PolicyKinds::sorted),
          "Labels a target must carry. Left out: every target.");

  static SortedMap<String, String> sorted(List<Pair<String>> pairs) {
    SortedMap<String, String> labels = new TreeMap<>();
    pairs.forEach(pair -> labels.put(pair.key(), pair.value()));
    return labels;
  }

  /** An e-mail address (RFC 5321 section 4.1.2, without quoted local parts). */
  public static Kind<String> address() {
    return Kinds.text(
        "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$",
        MAX_ADDRESS, "must be an e-mail address such as oncall@example.com");
  }
}
