package parallax.config.read.people;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.problem.Problems;
import parallax.config.read.policy.PolicyKinds;
import parallax.config.read.policy.RouteReader;
import parallax.config.runbook.Action;
import parallax.config.runbook.Runbook;
import parallax.config.runbook.Runbook.CauseMatch;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** An item of {@code runbooks}. */
public final class RunbookReader {
  private static final int MAX_PROVIDERS = 64;

  private static final Field<String> NAME =
      Field.required("name", PolicyKinds.name(), "Unique among runbooks.");
  private static final Field<List<Layer>> LAYER =
      Field.optional(
          "layer", PolicyKinds.words(Layer.class), "The layer that broke first. Left out: any.");
  private static final Field<List<Reason>> REASON =
      Field.optional(
          "reason",
          Kinds.oneOrMany(reason(), Reason.values().length),
          "Why it broke, as 'code' of a cause in the API. Left out: any reason.");
  private static final Field<List<Located<String>>> PROVIDER =
      Field.optional(
          "provider",
          Kinds.oneOrMany(PolicyKinds.culprit().located(), MAX_PROVIDERS),
          "Whose trouble it is: names of providers, or culprits such as asn:64500. Left out: any.");
  private static final Field<String> STEPS =
      Field.optional("steps", Kinds.text(Runbook.MAX_STEPS), "What people do, as Markdown.");
  private static final Field<URI> LINK =
      Field.optional(
          "link",
          Kinds.text(UrlText.MAX_LENGTH).then(RunbookReader::link),
          "Where more is written: an http or https URL.");

  /** A runbook and where its providers are named. */
  public record Written(Runbook runbook, List<Located<String>> providers) {}

  public static final Kind<Written> KIND =
      Kinds.fields(
          Shape.of(
              "runbook",
              "What to do about trouble of one kind.",
              NAME,
              PolicyKinds.MATCH,
              LAYER,
              REASON,
              PROVIDER,
              STEPS,
              LINK,
              ActionReader.ACTIONS),
          RunbookReader::written);

  private RunbookReader() {}

  /** One of so many words that a message names none of them. */
  private static Kind<Reason> reason() {
    Map<String, Reason> reasons = new LinkedHashMap<>();
    for (Reason reason : Reason.values()) {
      reasons.put(reason.name().toLowerCase(Locale.ROOT), reason);
    }
    String must = "must be the code of a reason, such as connection_refused";
    return new Kind<>(
        Kinds.choice(reasons).form(),
        (node, reading) ->
            node instanceof Yaml.Scalar scalar && reasons.containsKey(scalar.text())
                ? Optional.of(reasons.get(scalar.text()))
                : reading.wrong(node, must));
  }

  /** Notes providers that are nobody's. */
  public static void check(List<Written> runbooks, List<String> providers, Problems problems) {
    runbooks.forEach(
        written ->
            written
                .providers()
                .forEach(name -> RouteReader.checkProvider(name, providers, problems)));
  }

  private static Optional<Written> written(Values values, Yaml node, Reading reading) {
    Optional<String> steps = values.get(STEPS);
    Optional<URI> link = values.get(LINK);
    List<Action> actions = values.get(ActionReader.ACTIONS).orElse(List.of());
    boolean says =
        values.has(STEPS.key()) || values.has(LINK.key()) || values.has(ActionReader.ACTIONS.key());
    if (!says) {
      return reading.refuse(
          node.place(), "says nothing to do; write 'steps', a 'link' or 'actions'");
    }
    List<Located<String>> providers = values.get(PROVIDER).orElse(List.of());
    TreeSet<String> names = new TreeSet<>();
    providers.forEach(provider -> names.add(provider.value()));
    CauseMatch cause =
        new CauseMatch(
            Set.copyOf(values.get(LAYER).orElse(List.of())),
            Set.copyOf(values.get(REASON).orElse(List.of())),
            names);
    return values
        .get(NAME)
        .map(
            name ->
                new Runbook(
                    name,
                    values.get(PolicyKinds.MATCH).orElse(new TreeMap<>()),
                    cause,
                    steps,
                    link,
                    actions))
        .map(runbook -> new Written(runbook, providers));
  }

  /** Unlike what is looked at, it may have a fragment: the part of a page. */
  private static Optional<URI> link(String text, Yaml node, Reading reading) {
    try {
      URI link = new URI(text);
      String scheme = Optional.ofNullable(link.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (web && link.getHost() != null && link.getRawUserInfo() == null) {
        return Optional.of(link);
      }
    } catch (URISyntaxException e) {
      // Said below, as for every other text that is none.
    }
    return reading.wrong(node, "must be an http or https URL, without a user");
  }
}
