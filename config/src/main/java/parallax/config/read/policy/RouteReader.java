package parallax.config.read.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.observation.Layer;
import parallax.config.policy.QuietHours;
import parallax.config.policy.Route;
import parallax.config.policy.Route.Conditions;
import parallax.config.policy.Route.Escalation;
import parallax.config.policy.Route.Extent;
import parallax.config.policy.Severity;
import parallax.config.problem.Problems;
import parallax.config.text.Nearest;

/** The {@code routes}. */
public final class RouteReader {
  private static final int MAX_RECEIVERS = 32;
  private static final int MAX_ESCALATIONS = 16;
  private static final int MAX_PROVIDERS = 64;
  private static final Duration MIN_DIGEST = Duration.ofMinutes(5);
  private static final Duration MAX_DIGEST = Duration.ofDays(1);
  private static final Duration MIN_WAIT = Duration.ofMinutes(1);
  private static final Duration MAX_WAIT = Duration.ofDays(30);

  private static final Field<List<Located<String>>> TO =
      Field.required(
          "to",
          Kinds.oneOrMany(PolicyKinds.name().located(), MAX_RECEIVERS),
          "Names of receivers.");
  private static final Field<Duration> AFTER =
      Field.required(
          "after",
          Kinds.duration(MIN_WAIT, MAX_WAIT),
          "How long an incident must have been open and unacknowledged.");
  private static final Field<Duration> REMIND =
      Field.optional(
          "remind",
          Kinds.duration(MIN_WAIT, MAX_WAIT),
          "How often an open incident is told again. Left out: never.");

  private record Further(Duration after, List<Located<String>> to) {}

  private static final Field<List<Further>> ESCALATE =
      Field.optional(
          "escalate",
          Kinds.listOf(
              Kinds.fields(
                  Shape.of("escalation", "Receivers that are told later.", AFTER, TO),
                  (values, _, _) ->
                      values
                          .get(AFTER)
                          .flatMap(after -> values.get(TO).map(to -> new Further(after, to)))),
              1,
              MAX_ESCALATIONS),
          "Further receivers, told while an incident stays open and unacknowledged.");

  private static final Field<List<Extent>> SCOPE =
      Field.optional(
          "scope",
          PolicyKinds.words(Extent.class),
          "For whom the target is not as it should be. Left out: for anybody.");
  private static final Field<List<Layer>> LAYER =
      Field.optional(
          "layer", PolicyKinds.words(Layer.class), "The layer that broke first. Left out: any.");
  private static final Field<List<Severity>> SEVERITY =
      Field.optional(
          "severity",
          PolicyKinds.words(Severity.class),
          "How bad it is: critical, warning, or note, as of what will run out. Left out: any.");
  private static final Field<List<Located<String>>> PROVIDER =
      Field.optional(
          "provider",
          Kinds.oneOrMany(PolicyKinds.culprit().located(), MAX_PROVIDERS),
          "Whose trouble it is: names of providers, or culprits such as asn:64500. Left out: any.");
  private static final Field<Boolean> CONTINUE =
      Field.optional(
          "continue",
          PolicyKinds.truth(),
          "Whether the routes behind this one are asked, too. Left out: false.");
  private static final Field<QuietHours> QUIET =
      Field.optional("quiet", QuietReader.KIND, "Hours in which nothing begins to be told.");
  private static final Field<Duration> DIGEST =
      Field.optional(
          "digest",
          Kinds.duration(MIN_DIGEST, MAX_DIGEST),
          "How often what is not critical is told, all in one letter. Left out: at once.");

  /** A route of which one of them is wrong could be taken for a wider one. */
  private static final List<Field<?>> NARROWING =
      List.of(PolicyKinds.MATCH, SCOPE, LAYER, SEVERITY, PROVIDER, CONTINUE);

  /** A route and where its receivers and providers are named. */
  public record Written(
      Route route, List<Located<String>> named, List<Located<String>> providers) {}

  /** Names that routes may use. */
  public record Names(List<String> receivers, List<String> providers) {}

  public static final Kind<Located<Written>> KIND =
      Kinds.<Written>fields(
              Shape.of(
                  "route",
                  "Which receivers hear of what; the first route that matches is taken.",
                  PolicyKinds.MATCH,
                  SCOPE,
                  LAYER,
                  SEVERITY,
                  PROVIDER,
                  CONTINUE,
                  TO,
                  REMIND,
                  ESCALATE,
                  QUIET,
                  DIGEST),
              (values, _, _) ->
                  values
                      .get(TO)
                      .filter(_ -> NARROWING.stream().noneMatch(field -> isWrong(field, values)))
                      .map(to -> written(to, values)))
          .located();

  private RouteReader() {}

  private static boolean isWrong(Field<?> field, Values values) {
    boolean empty = values.get(field).filter(List.of()::equals).isPresent();
    return empty || values.isWrong(field);
  }

  private static Written written(List<Located<String>> to, Values values) {
    List<Further> escalate = values.get(ESCALATE).orElse(List.of());
    List<Located<String>> named = new ArrayList<>(to);
    escalate.forEach(further -> named.addAll(further.to()));
    List<Escalation> escalations =
        escalate.stream()
            .map(further -> new Escalation(further.after(), names(further.to())))
            .toList();
    List<Located<String>> providers = values.get(PROVIDER).orElse(List.of());
    Conditions when =
        new Conditions(
            Set.copyOf(values.get(SCOPE).orElse(List.of())),
            Set.copyOf(values.get(LAYER).orElse(List.of())),
            Set.copyOf(values.get(SEVERITY).orElse(List.of())),
            new TreeSet<>(names(providers)));
    Route route =
        new Route(
            values.get(PolicyKinds.MATCH).orElse(new TreeMap<>()),
            when,
            values.get(CONTINUE).orElse(false),
            names(to),
            values.get(REMIND),
            escalations,
            values.get(QUIET),
            values.get(DIGEST));
    return new Written(route, named, providers);
  }

  private static List<String> names(List<Located<String>> to) {
    return to.stream().map(Located::value).toList();
  }

  /**
   * Notes routes to nobody, and routes that an earlier one leaves nothing to.
   *
   * @param names of all; empty when they are not all known
   */
  public static List<Route> check(
      List<Located<Written>> routes, Optional<Names> names, Problems problems) {
    for (int index = 0; index < routes.size(); index++) {
      Located<Written> route = routes.get(index);
      names.ifPresent(known -> checkNames(route.value(), known, problems));
      unreachable(route, routes.subList(0, index), problems);
    }
    return routes.stream().map(route -> route.value().route()).toList();
  }

  private static void checkNames(Written route, Names known, Problems problems) {
    route.named().forEach(name -> checkReceiver(name, known.receivers(), problems));
    route.providers().forEach(name -> checkProvider(name, known.providers(), problems));
  }

  /** Notes a provider that is nobody's. */
  public static void checkProvider(
      Located<String> name, List<String> providers, Problems problems) {
    boolean culprit = name.value().contains(":");
    if (!culprit && !providers.contains(name.value())) {
      problems.error(
          name.place(),
          "there is no provider '"
              + name.value()
              + "', "
              + Nearest.of(name.value(), providers)
                  .map(nearest -> "did you mean '" + nearest + "'?")
                  .orElse("add it to 'providers', or write a culprit as kind:name"));
    }
  }

  /** Notes a name that is no receiver's. */
  public static void checkReceiver(
      Located<String> name, List<String> receivers, Problems problems) {
    if (!receivers.contains(name.value())) {
      String hint =
          Nearest.of(name.value(), receivers)
              .map(nearest -> "did you mean '" + nearest + "'?")
              .orElse(
                  "there are: " + (receivers.isEmpty() ? "none" : String.join(", ", receivers)));
      problems.error(name.place(), "there is no receiver '" + name.value() + "', " + hint);
    }
  }

  private static void unreachable(
      Located<Written> route, List<Located<Written>> earlier, Problems problems) {
    for (Located<Written> before : earlier) {
      Route wider = before.value().route();
      if (!wider.continues() && wider.takesAllOf(route.value().route())) {
        problems.error(
            route.place(),
            "this route is unreachable: the route at "
                + before.place()
                + " takes "
                + (wider.isLast() ? "all its targets" : "all that it would")
                + "; move this one before it");
        return;
      }
    }
  }
}
