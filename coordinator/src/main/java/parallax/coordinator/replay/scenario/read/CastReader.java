package parallax.coordinator.replay.scenario.read;

import java.util.List;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.target.Label;
import parallax.config.target.TargetName;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioProbe;
import parallax.coordinator.replay.scenario.ScenarioTarget;
import parallax.coordinator.replay.scenario.ScenarioTarget.NameServers;
import parallax.coordinator.replay.scenario.ScenarioTarget.Servers;

/** The {@code probes} and the {@code targets}. */
final class CastReader {
  private static final int MAX_PREFIXES = 32;
  private static final long MAX_ASN = 4_294_967_295L;
  private static final long MIN_STATUS = 100;
  private static final long MAX_STATUS = 599;

  private static final Field<String> PROBE_ID =
      Field.required("id", label(), "Unique among probes.");
  private static final Field<String> REGION =
      Field.required("region", label(), "Where the probe stands.");
  private static final Field<String> COUNTRY =
      Field.required(
          "country",
          Kinds.text("[A-Z]{2}", 2, "must be a country code such as DE"),
          "Where the probe stands, ISO 3166-1 alpha-2.");
  private static final Field<Long> ASN = Field.required("asn", asn(), "The autonomous system.");
  private static final Field<String> RESOLVER =
      Field.required("resolver", ScenarioKinds.name(), "The recursive resolver it uses.");

  static final Kind<List<ScenarioProbe>> PROBES =
      ScenarioKinds.unique(
          Kinds.fields(
              Shape.of("scenario probe", "Who looks.", PROBE_ID, REGION, COUNTRY, ASN, RESOLVER),
              (values, _, _) -> probe(values)),
          "probe",
          ScenarioProbe::id,
          1,
          Scenario.MAX_PROBES);

  private static final Field<String> PROVIDER =
      Field.required("provider", ScenarioKinds.name(), "Who runs the name servers.");
  private static final Field<List<String>> PREFIXES =
      Field.required("prefixes", prefixes(), "The routes to the servers.");
  private static final Field<NameServers> DNS =
      Field.required(
          "dns",
          Kinds.fields(
              Shape.of("scenario dns", "The name servers.", PROVIDER, ASN, PREFIXES),
              (values, _, _) -> nameServers(values)),
          "The name servers.");

  private static final Field<String> CDN =
      Field.optional("cdn", ScenarioKinds.name(), "The content delivery network in front.");
  private static final Field<String> CLOUD =
      Field.optional("cloud", ScenarioKinds.name(), "The cloud it runs in.");
  private static final Field<String> CLOUD_REGION =
      Field.optional("region", ScenarioKinds.name(), "The region of the cloud.");
  private static final Field<Servers> WEB =
      Field.required(
          "web",
          Kinds.fields(
              Shape.of("scenario web", "The servers.", ASN, PREFIXES, CDN, CLOUD, CLOUD_REGION),
              (values, _, _) -> servers(values)),
          "The servers.");

  private static final Field<String> TARGET_ID =
      Field.required(
          "id",
          ScenarioKinds.name()
              .then(
                  (text, node, reading) ->
                      TargetName.isValid(text)
                          ? Optional.of(text)
                          : reading.wrong(node, "must be a name without spaces and quotes")),
          "Unique among targets.");
  private static final Field<String> DOMAIN = text("domain", "The registered domain.");
  private static final Field<String> TLD = text("tld", "The top-level domain.");
  private static final Field<String> REGISTRY = text("registry", "Who runs the TLD.");
  private static final Field<String> REGISTRAR = text("registrar", "Who registered the domain.");
  private static final Field<String> OPERATOR = text("operator", "Who runs the service.");
  private static final Field<String> CA = text("ca", "Who issued the certificate.");
  private static final Field<List<Long>> ACCEPT =
      Field.required(
          "accept",
          Kinds.listOf(Kinds.wholeNumber(MIN_STATUS, MAX_STATUS), 1, ScenarioKinds.MAX_VALUES),
          "The HTTP statuses that count as fine.");

  static final Kind<List<ScenarioTarget>> TARGETS =
      ScenarioKinds.unique(
          Kinds.fields(
              Shape.of(
                  "scenario target",
                  "What should be up.",
                  TARGET_ID,
                  DOMAIN,
                  TLD,
                  REGISTRY,
                  REGISTRAR,
                  OPERATOR,
                  DNS,
                  WEB,
                  CA,
                  ACCEPT),
              (values, _, _) -> target(values)),
          "target",
          ScenarioTarget::id,
          1,
          Scenario.MAX_TARGETS);

  private CastReader() {}

  private static Field<String> text(String key, String description) {
    return Field.required(key, ScenarioKinds.name(), description);
  }

  private static Kind<String> label() {
    return ScenarioKinds.name()
        .then(
            (text, node, reading) ->
                Label.isValid(text)
                    ? Optional.of(text)
                    : reading.wrong(
                        node, "must be lower-case letters, digits and inner hyphens, 1 to 63"));
  }

  static Kind<Long> asn() {
    return Kinds.wholeNumber(0, MAX_ASN);
  }

  static Kind<List<String>> prefixes() {
    Kind<String> prefix =
        Kinds.text(
            "[0-9A-Fa-f.:]+/[0-9]{1,3}",
            ScenarioKinds.MAX_NAME,
            "must be a prefix such as 192.0.2.0/24");
    return Kinds.listOf(prefix, 1, MAX_PREFIXES);
  }

  private static Optional<ScenarioProbe> probe(Values values) {
    return ScenarioKinds.hasAll(values, PROBE_ID, REGION, COUNTRY, ASN, RESOLVER)
        ? Optional.of(
            new ScenarioProbe(
                values.get(PROBE_ID).orElseThrow(),
                values.get(REGION).orElseThrow(),
                values.get(COUNTRY).orElseThrow(),
                values.get(ASN).orElseThrow(),
                values.get(RESOLVER).orElseThrow()))
        : Optional.empty();
  }

  private static Optional<NameServers> nameServers(Values values) {
    return ScenarioKinds.hasAll(values, PROVIDER, ASN, PREFIXES)
        ? Optional.of(
            new NameServers(
                values.get(PROVIDER).orElseThrow(),
                values.get(ASN).orElseThrow(),
                values.get(PREFIXES).orElseThrow()))
        : Optional.empty();
  }

  private static Optional<Servers> servers(Values values) {
    return ScenarioKinds.hasAll(values, ASN, PREFIXES)
        ? Optional.of(
            new Servers(
                values.get(ASN).orElseThrow(),
                values.get(PREFIXES).orElseThrow(),
                values.get(CDN),
                values.get(CLOUD),
                values.get(CLOUD_REGION)))
        : Optional.empty();
  }

  private static Optional<ScenarioTarget> target(Values values) {
    return ScenarioKinds.hasAll(
            values, TARGET_ID, DOMAIN, TLD, REGISTRY, REGISTRAR, OPERATOR, DNS, WEB, CA, ACCEPT)
        ? Optional.of(
            new ScenarioTarget(
                values.get(TARGET_ID).orElseThrow(),
                values.get(DOMAIN).orElseThrow(),
                values.get(TLD).orElseThrow(),
                values.get(REGISTRY).orElseThrow(),
                values.get(REGISTRAR).orElseThrow(),
                values.get(OPERATOR).orElseThrow(),
                values.get(DNS).orElseThrow(),
                values.get(WEB).orElseThrow(),
                values.get(CA).orElseThrow(),
                values.get(ACCEPT).orElseThrow().stream().map(Long::intValue).toList()))
        : Optional.empty();
  }
}
