package parallax.deploy.bgp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.visibility.RouteVerdict.ForeignOrigin;
import parallax.probe.bgp.visibility.RouteVerdict.NewNeighbour;
import parallax.probe.bgp.visibility.RouteVerdict.PathShifted;
import parallax.probe.bgp.visibility.RouteVerdict.Reached;
import parallax.probe.bgp.visibility.RouteVerdict.ValidityTurned;
import parallax.probe.bgp.visibility.Tally;
import parallax.probe.bgp.watch.VerdictText;

/** What a watched prefix does, a line each time: for people, or as JSON. */
final class WatchLines {
  private final PrintWriter out;
  private final boolean json;

  WatchLines(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Whether the reader of the lines has gone. */
  boolean isUnheard() {
    return out.checkError();
  }

  /** How it stands at a full minute. */
  void minute(Instant now, Reached reached) {
    if (json) {
      line(reach(head("visibility", now, reached), reached));
    } else {
      out.println(
          now
              + " prefix="
              + reached.prefix()
              + " "
              + VerdictText.seen(reached.tally())
              + " reach="
              + reached.reach());
    }
    out.flush();
  }

  /** What has changed. */
  void verdict(Instant now, RouteVerdict verdict) {
    if (json) {
      line(object(now, verdict));
    } else {
      out.println(now + " verdict " + VerdictText.of(verdict));
    }
    out.flush();
  }

  private void line(JsonObject object) {
    out.println(object.encode());
  }

  private static JsonObject head(String type, Instant now, RouteVerdict verdict) {
    return new JsonObject()
        .put("type", type)
        .put("time", now.toString())
        .put("prefix", verdict.prefix().toString());
  }

  private static JsonObject object(Instant now, RouteVerdict verdict) {
    return switch (verdict) {
      case Reached it ->
          reach(head("reach", now, it), it)
              .put("since", it.since().toString())
              .put("firstLoss", it.firstLoss().map(Instant::toString).orElse(null))
              .put("lastLoss", it.lastLoss().map(Instant::toString).orElse(null));
      case ForeignOrigin it ->
          head("foreign-origin", now, it)
              .put("announced", it.announced().toString())
              .put("origin", it.origin())
              .put("normal", new JsonArray(List.copyOf(it.normal())))
              .put("rpki", it.validity().map(Enum::name).orElse(null))
              .put("voters", it.voters())
              .put("weight", it.weight().name())
              .put("since", it.since().toString());
      case NewNeighbour it ->
          head("new-neighbour", now, it)
              .put("announced", it.announced().toString())
              .put("origin", it.origin())
              .put("neighbour", it.neighbour())
              .put("rpki", it.validity().map(Enum::name).orElse(null))
              .put("voters", it.voters())
              .put("weight", it.weight().name())
              .put("since", it.since().toString());
      case PathShifted it ->
          head("path-shifted", now, it)
              .put("usual", neighbours(it.usual()))
              .put("current", neighbours(it.current()))
              .put("moved", it.moved())
              .put("weight", it.weight().name())
              .put("since", it.since().toString());
      case ValidityTurned it ->
          head("validity", now, it)
              .put("origin", it.origin())
              .put("before", it.before().map(Enum::name).orElse(null))
              .put("now", it.now().map(Enum::name).orElse(null))
              .put("since", it.since().toString());
    };
  }

  /** How many have it by each neighbour of the origin. */
  private static JsonObject neighbours(Map<Long, Integer> all) {
    JsonObject object = new JsonObject();
    all.forEach((neighbour, voters) -> object.put(Long.toString(neighbour), voters));
    return object;
  }

  private static JsonObject reach(JsonObject object, Reached reached) {
    JsonObject collectors = new JsonObject();
    reached.tally().byCollector().forEach((name, count) -> collectors.put(name, count(count)));
    JsonObject origins = new JsonObject();
    reached.origins().forEach((origin, voters) -> origins.put(Long.toString(origin), voters));
    return object
        .put("reach", reached.reach().name())
        .put("seeing", reached.tally().seeing())
        .put("known", reached.tally().known())
        .put("collectors", collectors)
        .put("origins", origins)
        .put("coveredBy", reached.coveredBy().map(Object::toString).orElse(null));
  }

  private static JsonObject count(Tally.Count count) {
    return new JsonObject().put("seeing", count.seeing()).put("known", count.known());
  }
}
