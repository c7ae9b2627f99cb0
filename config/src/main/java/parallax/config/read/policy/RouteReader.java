package parallax.config.read.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Shape;
import parallax.config.policy.Route;
import parallax.config.policy.Route.Escalation;
import parallax.config.problem.Problems;
import parallax.config.text.Nearest;

/** The {@code routes}. */
public final class RouteReader {
  private static final int MAX_RECEIVERS = 32;
  private static final int MAX_ESCALATIONS = 16;
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

  /** A route and where its receivers are named. */
  public record Written(Route route, List<Located<String>> named) {}

  public static final Kind<Located<Written>> KIND =
      Kinds.<Written>fields(
              Shape.of(
                  "route",
                  "Which receivers hear of which targets; the first route that matches is taken.",
                  PolicyKinds.MATCH,
                  TO,
                  REMIND,
                  ESCALATE),
              (values, _, _) ->
                  values
                      .get(TO)
                      .filter(_ -> !values.isWrong(PolicyKinds.MATCH))
                      .map(
                          to ->
                              written(
                                  values.get(PolicyKinds.MATCH).orElse(new TreeMap<>()),
                                  to,
                                  values.get(REMIND),
                                  values.get(ESCALATE).orElse(List.of()))))
          .located();

  private RouteReader() {}

  private static Written written(
      SortedMap<String, String> match,
      List<Located<String>> to,
      Optional<Duration> remind,
      List<Further> escalate) {
    List<Located<String>> named = new ArrayList<>(to);
    escalate.forEach(further -> named.addAll(further.to()));
    List<Escalation> escalations =
        escalate.stream()
            .map(further -> new Escalation(further.after(), names(further.to())))
            .toList();
    return new Written(new Route(match, names(to), remind, escalations), named);
  }

  private static List<String> names(List<Located<String>> to) {
    return to.stream().map(Located::value).toList();
  }

  /**
   * Notes routes to nobody, and routes that an earlier one leaves nothing to.
   *
   * @param receivers names of all; empty when they are not all known
   */
  public static List<Route> check(
      List<Located<Written>> routes, Optional<List<String>> receivers, Problems problems) {
    for (int index = 0; index < routes.size(); index++) {
      Located<Written> route = routes.get(index);
      receivers.ifPresent(
          known -> route.value().named().forEach(name -> checkReceiver(name, known, problems)));
      unreachable(route, routes.subList(0, index), problems);
    }
    return routes.stream().map(route -> route.value().route()).toList();
  }

  private static void checkReceiver(
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
      SortedMap<String, String> wider = before.value().route().match();
      if (route.value().route().match().entrySet().containsAll(wider.entrySet())) {
        problems.error(
            route.place(),
            "this route is unreachable: the route at "
                + before.place()
                + " takes all its targets; move this one before it");
        return;
      }
    }
  }
}
