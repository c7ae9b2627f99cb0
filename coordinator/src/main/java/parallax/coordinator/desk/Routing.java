package parallax.coordinator.desk;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.policy.Maintenance;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.policy.Route.Conditions;
import parallax.config.policy.Severity;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Nature;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.verdict.Cause;

/** Who hears of which trouble, as users wrote it. */
final class Routing {
  /** Nobody hears of anything. */
  static final Routing NONE = new Routing(List.of(), List.of(), Map.of(), List.of());

  private final List<Receiver> receivers;
  private final List<Route> general;
  private final Map<TargetName, Watched> watched;
  private final List<Maintenance> maintenance;

  /**
   * A target.
   *
   * @param routes that match its labels, in their order; one list for all that have the same
   */
  private record Watched(Target target, List<Route> routes) {}

  private Routing(
      List<Receiver> receivers,
      List<Route> general,
      Map<TargetName, Watched> watched,
      List<Maintenance> maintenance) {
    this.receivers = List.copyOf(receivers);
    this.general = List.copyOf(general);
    this.watched = Map.copyOf(watched);
    this.maintenance = List.copyOf(maintenance);
  }

  static Routing of(Configuration configuration) {
    List<String> everybody = configuration.receivers().stream().map(Receiver::name).toList();
    Route toAll = new Route(new TreeMap<>(), everybody, Optional.empty(), List.of());
    List<Route> routes = configuration.routes().isEmpty() ? List.of(toAll) : configuration.routes();
    List<Route> general = routes.stream().filter(route -> route.match().isEmpty()).toList();
    Map<SortedMap<String, String>, List<Route>> byLabels = new HashMap<>();
    Map<TargetName, Watched> watched = new HashMap<>();
    for (Target target : configuration.targets()) {
      List<Route> own =
          byLabels.computeIfAbsent(
              target.labels(),
              labels -> routes.stream().filter(route -> route.matches(labels)).toList());
      watched.put(target.name(), new Watched(target, own));
    }
    return new Routing(
        configuration.receivers(),
        general.isEmpty() ? List.of(toAll) : general,
        watched,
        configuration.maintenance());
  }

  /** How bad it is. Whether it looks like a block makes no difference to who is told. */
  static Severity severity(Incident incident) {
    return Nature.of(incident, Interference.NONE).severity(incident);
  }

  /**
   * Who hears of an incident, and how.
   *
   * @param isHushed whether some of its targets bring nobody now: maintenance, or a silence
   */
  record Audience(SortedMap<String, Terms> terms, boolean isHushed) {}

  /** Who hears of an incident now. */
  Audience audience(Incident incident, List<DeskInput.Silence> silences, Instant now) {
    SortedMap<String, Terms> terms = new TreeMap<>();
    if (incident.subject() == Incident.Subject.VANTAGE) {
      add(terms, general, incident, now);
      return new Audience(terms, false);
    }
    List<Maintenance> quiet = maintenance.stream().filter(each -> each.covers(now)).toList();
    Set<List<Route>> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean hushed = false;
    for (TargetName name : incident.targets()) {
      Watched target = watched.get(name);
      if (target == null) {
        continue;
      }
      if (isHushed(target.target(), quiet, silences, now)) {
        hushed = true;
      } else if (asked.add(target.routes())) {
        add(terms, target.routes(), incident, now);
      }
    }
    return new Audience(terms, hushed);
  }

  private static boolean isHushed(
      Target target, List<Maintenance> quiet, List<DeskInput.Silence> silences, Instant now) {
    for (Maintenance each : quiet) {
      if (each.matches(target.labels())) {
        return true;
      }
    }
    for (DeskInput.Silence silence : silences) {
      if (silence.covers(target, now)) {
        return true;
      }
    }
    return false;
  }

  private static void add(
      SortedMap<String, Terms> terms, List<Route> routes, Incident incident, Instant now) {
    Severity severity = severity(incident);
    for (Route route : routes) {
      if (fits(route.when(), incident, severity)) {
        route.to().forEach(name -> terms.merge(name, Terms.named(route, severity, now), Terms::or));
        for (Route.Escalation later : route.escalate()) {
          Terms then = Terms.later(route, later.after(), severity, now);
          later.to().forEach(name -> terms.merge(name, then, Terms::or));
        }
        if (!route.continues()) {
          return;
        }
      }
    }
  }

  private static boolean fits(Conditions when, Incident incident, Severity severity) {
    Cause cause = incident.cause();
    return fits(when.scopes(), incident.scope().extent())
        && (when.layers().isEmpty() || cause.layer().filter(when.layers()::contains).isPresent())
        && fits(when.severities(), severity)
        && (when.providers().isEmpty() || when.providers().stream().anyMatch(cause::isTroubleOf));
  }

  private static <T> boolean fits(Set<T> wanted, T found) {
    return wanted.isEmpty() || wanted.contains(found);
  }

  /** Who stands in for a receiver. */
  Optional<Receiver.Substitute> substitute(String receiver) {
    return receiver(receiver).flatMap(known -> known.handling().otherwise());
  }

  /** How many letters a receiver gets at most, and in which time. */
  Optional<Receiver.Cap> cap(String receiver) {
    return receiver(receiver).flatMap(known -> known.handling().atMost());
  }

  private Optional<Receiver> receiver(String name) {
    return receivers.stream().filter(receiver -> receiver.name().equals(name)).findFirst();
  }
}
