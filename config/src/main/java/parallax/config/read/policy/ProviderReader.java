package parallax.config.read.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Provider;
import parallax.config.read.check.BgpReader;

/** An item of {@code providers}. */
public final class ProviderReader {
  private static final int MAX_ITEMS = 1_000;
  private static final int MAX_NAME = 253;

  private static final Field<List<String>> CNAME =
      Field.optional(
          "cname",
          Kinds.oneOrMany(
              Kinds.text(
                      "^(\\*\\.)?(([A-Za-z0-9_-]|\\{number\\}){1,63}\\.|\\{region\\}\\.)+"
                          + "[A-Za-z0-9-]{2,63}$",
                      MAX_NAME,
                      "must be a name, or * for any labels and a name, as in *.fastly.net")
                  .map(name -> name.toLowerCase(Locale.ROOT)),
              MAX_ITEMS),
          "Canonical names; * at the start stands for any labels, {number} for digits, {region} for"
              + " a label that belongs to the name of what is shared.");
  private static final Field<List<Long>> ASN =
      Field.optional("asn", Kinds.oneOrMany(BgpReader.asn(), MAX_ITEMS), "Autonomous systems.");
  private static final Field<Provider.Kind> WHAT =
      Field.optional("kind", Kinds.choice(words()), "What it provides. Left out: cdn.");
  private static final Field<String> NAME =
      Field.required(
          "name",
          PolicyKinds.name(),
          "Unique among providers; takes the place of a known one of this name.");

  private record Match(List<String> cnames, List<Long> asns) {}

  private static final Field<Match> MATCH =
      Field.required(
          "match",
          Kinds.fields(
              Shape.of("provider_match", "How a provider is told; any of these.", CNAME, ASN),
              (values, node, reading) -> {
                boolean known = values.has(CNAME.key()) || values.has(ASN.key());
                return known
                    ? Optional.of(match(values))
                    : reading.refuse(node.place(), "needs one of the keys cname, asn");
              }),
          "How the provider is told.");

  public static final Kind<Provider> KIND =
      Kinds.fields(
          Shape.of("provider", "A shared dependency of many targets.", NAME, WHAT, MATCH),
          (values, _, _) -> provider(values));

  private ProviderReader() {}

  private static Optional<Provider> provider(Values values) {
    Optional<String> name = values.get(NAME);
    Optional<Match> match = values.get(MATCH);
    if (name.isEmpty() || match.isEmpty()) {
      return Optional.empty();
    }
    Provider.Kind kind = values.get(WHAT).orElse(Provider.Kind.CDN);
    return Optional.of(new Provider(name.get(), kind, match.get().cnames(), match.get().asns()));
  }

  private static Match match(Values values) {
    return new Match(values.get(CNAME).orElse(List.of()), values.get(ASN).orElse(List.of()));
  }

  private static Map<String, Provider.Kind> words() {
    Map<String, Provider.Kind> words = new LinkedHashMap<>();
    for (Provider.Kind kind : Provider.Kind.values()) {
      words.put(kind.name().toLowerCase(Locale.ROOT), kind);
    }
    return words;
  }
}
