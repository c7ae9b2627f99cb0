package parallax.coordinator.store.document;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;

/** An incident with its evidence as one JSON document. */
public final class IncidentJson {
  private IncidentJson() {}

  public static String write(Incident incident) {
    JsonObject json =
        new JsonObject()
            .put("id", incident.id().value())
            .put("subject", incident.subject().name())
            .put("targets", texts(incident.targets().stream().map(TargetName::value)))
            .put("scope", incident.scope().name())
            .put("regions", texts(incident.regions().stream().map(Region::value)));
    incident.cause().layer().ifPresent(layer -> json.put("layer", layer.name()));
    json.put("culprit", incident.cause().culprit());
    finding(json, incident.cause().finding());
    json.put("onset", Micros.of(incident.onset())).put("opened", Micros.of(incident.opened()));
    incident.published().ifPresent(at -> json.put("published", Micros.of(at)));
    incident.resolved().ifPresent(at -> json.put("resolved", Micros.of(at)));
    JsonArray votes = new JsonArray();
    incident.votes().forEach(vote -> votes.add(json(vote)));
    return json.put("reopened", incident.reopened())
        .put("votes", votes)
        .put("well", texts(incident.well().stream().map(TargetName::value)))
        .put("why", json(incident.why()))
        .encode();
  }

  private static JsonArray texts(Stream<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static void finding(JsonObject json, Finding finding) {
    json.put("reason", finding.reason().name()).put("detail", finding.detail());
  }

  private static JsonObject json(Vote vote) {
    JsonObject json =
        new JsonObject()
            .put("probe", vote.vantage().probe().value())
            .put("boot", vote.id().boot())
            .put("sequence", vote.id().sequence())
            .put("region", vote.vantage().region().value());
    vote.vantage().asn().ifPresent(asn -> json.put("asn", asn));
    json.put("check", vote.check().name())
        .put("layer", vote.layer().name())
        .put("at", Micros.of(vote.at()))
        .put("ballot", vote.ballot().name())
        .put("weight", vote.weight());
    vote.finding().ifPresent(finding -> finding(json, finding));
    return json;
  }

  private static JsonObject json(Why why) {
    JsonArray explanations = new JsonArray();
    for (Why.Explanation each : why.explanations()) {
      explanations.add(
          new JsonObject().put("name", each.name()).put("probability", each.probability()));
    }
    JsonArray shares = new JsonArray();
    for (Why.Share each : why.shares()) {
      shares.add(
          new JsonObject()
              .put("group", each.group())
              .put("failing", each.failing())
              .put("looking", each.looking()));
    }
    JsonArray rivals = new JsonArray();
    for (Why.Rival each : why.rivals()) {
      rivals.add(
          new JsonObject()
              .put("culprit", each.culprit())
              .put("failing", each.failing())
              .put("dependants", each.dependants())
              .put("gain", each.gain()));
    }
    return new JsonObject()
        .put("rule", why.rule())
        .put("explanations", explanations)
        .put("shares", shares)
        .put("rivals", rivals)
        .put("wouldChange", texts(why.wouldChange().stream()));
  }

  /** The incident, unless a later version wrote it with words that this one does not know. */
  public static Optional<Incident> read(String document) {
    JsonObject json = new JsonObject(document);
    Optional<Scope> scope = Words.read(Scope.class, json.getString("scope"));
    Optional<Incident.Subject> subject =
        Words.read(Incident.Subject.class, json.getString("subject", "SERVICE"));
    Optional<Finding> finding = finding(json);
    if (scope.isEmpty() || subject.isEmpty() || finding.isEmpty()) {
      return Optional.empty();
    }
    Instant opened = Micros.instant(json.getLong("opened"));
    // The first version published at once, and kept whole observations as evidence.
    Optional<Instant> published =
        json.containsKey("votes") ? instant(json, "published") : Optional.of(opened);
    return Optional.of(
        new Incident(
            new IncidentId(json.getString("id")),
            subject.get(),
            texts(json, "targets").map(TargetName::new).toList(),
            scope.get(),
            texts(json, "regions").map(Region::new).toList(),
            new Cause(
                Words.read(Layer.class, json.getString("layer")),
                finding.get(),
                json.getString("culprit", "")),
            Micros.instant(json.getLong("onset")),
            opened,
            published,
            instant(json, "resolved"),
            json.getInteger("reopened", 0),
            objects(json, json.containsKey("votes") ? "votes" : "evidence")
                .flatMap(each -> vote(each).stream())
                .toList(),
            texts(json, "well").map(TargetName::new).toList(),
            why(json.getJsonObject("why", new JsonObject()))));
  }

  private static Optional<Instant> instant(JsonObject json, String name) {
    return Optional.ofNullable(json.getLong(name)).map(Micros::instant);
  }

  private static Stream<String> texts(JsonObject json, String name) {
    JsonArray array = json.getJsonArray(name, new JsonArray());
    return IntStream.range(0, array.size()).mapToObj(array::getString);
  }

  private static Stream<JsonObject> objects(JsonObject json, String name) {
    JsonArray array = json.getJsonArray(name, new JsonArray());
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject);
  }

  private static Optional<Finding> finding(JsonObject json) {
    return Words.read(Reason.class, json.getString("reason"))
        .map(reason -> new Finding(reason, json.getString("detail", "")));
  }

  private static Optional<Vote> vote(JsonObject json) {
    Optional<CheckKind> check = Words.read(CheckKind.class, json.getString("check"));
    Optional<Layer> layer = Words.read(Layer.class, json.getString("layer"));
    Optional<Vote.Ballot> ballot =
        json.containsKey("ballot")
            ? Words.read(Vote.Ballot.class, json.getString("ballot"))
            : ballot(json.getString("outcome", ""));
    if (check.isEmpty() || layer.isEmpty() || ballot.isEmpty()) {
      return Optional.empty();
    }
    ProbeName probe = new ProbeName(json.getString("probe"));
    return Optional.of(
        new Vote(
            new ObservationId(probe, json.getLong("boot"), json.getLong("sequence")),
            new Vantage(
                probe,
                new Region(json.getString("region")),
                Optional.ofNullable(json.getLong("asn"))),
            check.get(),
            layer.get(),
            Micros.instant(json.getLong("at", json.getLong("received", 0L))),
            ballot.get(),
            finding(json),
            json.getDouble("weight", 0.0)));
  }

  /** What an outcome says, as the first version wrote it. */
  private static Optional<Vote.Ballot> ballot(String outcome) {
    return switch (outcome) {
      case "up" -> Optional.of(Vote.Ballot.FINE);
      case "degraded" -> Optional.of(Vote.Ballot.NOTABLE);
      case "down" -> Optional.of(Vote.Ballot.FAILED);
      case "inconclusive" -> Optional.of(Vote.Ballot.COULD_NOT_TELL);
      default -> Optional.empty();
    };
  }

  private static Why why(JsonObject json) {
    return new Why(
        json.getString("rule", ""),
        objects(json, "explanations")
            .map(e -> new Why.Explanation(e.getString("name"), e.getDouble("probability")))
            .toList(),
        objects(json, "shares")
            .map(
                s ->
                    new Why.Share(
                        s.getString("group"), s.getInteger("failing"), s.getInteger("looking")))
            .toList(),
        objects(json, "rivals")
            .map(
                r ->
                    new Why.Rival(
                        r.getString("culprit"),
                        r.getInteger("failing"),
                        r.getInteger("dependants"),
                        r.getDouble("gain")))
            .toList(),
        List.copyOf(texts(json, "wouldChange").toList()));
  }

  /** The outcome with this label; empty when a later version wrote it. */
  public static Optional<Outcome> outcome(String label, Optional<Finding> finding) {
    return switch (label) {
      case "up" -> Optional.of(Outcome.up());
      case "degraded" -> finding.map(Outcome.Degraded::new);
      case "down" -> finding.map(Outcome.Down::new);
      case "inconclusive" -> finding.map(Outcome.Inconclusive::new);
      default -> Optional.empty();
    };
  }
}
