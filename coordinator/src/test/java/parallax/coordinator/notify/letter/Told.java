package parallax.coordinator.notify.letter;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.ObservationId;
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
import parallax.coordinator.core.verdict.Vote.Ballot;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Occasion;

/** Incidents to tell, for tests. */
public final class Told {
  public static final Instant ONSET = Instant.parse("2026-11-21T14:58:32Z");
  public static final Instant NOW = ONSET.plus(Duration.ofSeconds(125));
  public static final LetterSettings TOKYO =
      new LetterSettings(
          Optional.of(URI.create("https://parallax.example.com")),
          List.of(
              new LetterSettings.Runbook(
                  new TreeMap<>(Map.of("layer", "dns_auth")),
                  "name servers",
                  URI.create("https://wiki.example.com/dns"))),
          new TreeMap<>(Map.of(new TargetName("shop"), new TreeMap<>(Map.of("team", "web")))),
          ZoneId.of("Asia/Tokyo"));

  private static final List<String> REGIONS = List.of("tokyo", "frankfurt", "virginia");

  private Told() {}

  /** Causes as they come, by name. */
  static SortedMap<String, Incident> causes(Scope scope) {
    SortedMap<String, Incident> all = new TreeMap<>();
    all.put("dyn", dyn(scope));
    all.put("status", one(scope, Layer.HTTP, Reason.HTTP_STATUS, "503, expected 200"));
    all.put("expired", one(scope, Layer.TLS, Reason.CERTIFICATE_EXPIRED, "on 2026-11-21"));
    all.put("slow", notable(one(scope, Layer.HTTP, Reason.HTTP_SLOW, "2300 ms, allowed 1000 ms")));
    all.put("soon", certificateSoon(scope));
    all.put("domain", domainSoon(scope));
    return all;
  }

  /** Something that runs out, not near enough for its check to fail. */
  static Incident certificateSoon(Scope scope) {
    return notable(one(scope, Layer.TLS, Reason.CERTIFICATE_EXPIRES_SOON, "in 12 days"));
  }

  /** Something that runs out, so near that its check fails. */
  static Incident domainSoon(Scope scope) {
    return one(scope, Layer.REGISTRATION, Reason.REGISTRATION_EXPIRES_SOON, "2 days left");
  }

  /** Many targets behind the same name servers. */
  public static Incident dyn(Scope scope) {
    List<TargetName> targets =
        IntStream.rangeClosed(1, 12).mapToObj(n -> new TargetName("shop-" + n)).toList();
    List<Vote> votes = new ArrayList<>();
    for (int number = 0; number < 9; number++) {
      votes.add(
          vote(number, CheckKind.DNS_AUTH, Layer.DNS_AUTH, Reason.NAME_SERVERS_TIMEOUT, "4 of 4"));
      votes.add(vote(number, CheckKind.HTTP, Layer.DNS, Reason.DNS_TIMEOUT, "after 5 s"));
    }
    return incident(
        targets,
        scope,
        new Cause(
            Optional.of(Layer.DNS_AUTH),
            new Finding(Reason.NAME_SERVERS_TIMEOUT, "4 of 4 do not answer"),
            "dns:dyn"),
        votes);
  }

  /** One target with a trouble of its own. */
  public static Incident one(Scope scope, Layer layer, Reason reason, String detail) {
    List<Vote> votes =
        IntStream.range(0, 6)
            .mapToObj(n -> vote(n, CheckKind.HTTP, layer, reason, detail))
            .toList();
    return incident(
        List.of(new TargetName("shop")),
        scope,
        new Cause(Optional.of(layer), new Finding(reason, detail), "target:shop"),
        votes);
  }

  /** The same, where nothing fails. */
  static Incident notable(Incident incident) {
    return with(
        incident,
        incident.votes().stream()
            .map(
                vote ->
                    new Vote(
                        vote.id(),
                        vote.vantage(),
                        vote.check(),
                        vote.layer(),
                        vote.at(),
                        Ballot.NOTABLE,
                        vote.finding(),
                        0))
            .toList(),
        incident.why());
  }

  /** Refused in Tokyo, and nowhere else. */
  static Incident blocked(String status) {
    Incident like = one(Scope.REGIONAL, Layer.HTTP, Reason.HTTP_STATUS, status);
    List<Vote> inTokyo =
        like.votes().stream()
            .filter(vote -> vote.vantage().region().value().equals("tokyo"))
            .toList();
    Why why =
        new Why(
            "http fails for 2 of 8 probes",
            List.of(new Why.Explanation("regional", 0.999)),
            List.of(
                new Why.Share("region:frankfurt", 0, 3),
                new Why.Share("region:tokyo", 2, 2),
                new Why.Share("region:virginia", 0, 3)),
            List.of(),
            List.of());
    return with(like, inTokyo, why);
  }

  static Incident own() {
    return new Incident(
        new IncidentId("k2v4q7m3xw5a"),
        Incident.Subject.VANTAGE,
        List.of(),
        Scope.PROBE_LOCAL,
        List.of(),
        new Cause(Optional.empty(), Finding.of(Reason.PROBE_SILENT), "probe:tokyo-1"),
        ONSET,
        ONSET,
        Optional.of(ONSET),
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        Why.rule("a probe was not heard from"));
  }

  private static Incident with(Incident incident, List<Vote> votes, Why why) {
    return new Incident(
        incident.id(),
        incident.subject(),
        incident.targets(),
        incident.scope(),
        incident.regions(),
        incident.cause(),
        incident.onset(),
        incident.opened(),
        incident.published(),
        incident.resolved(),
        incident.reopened(),
        votes,
        incident.well(),
        why);
  }

  private static Incident incident(
      List<TargetName> targets, Scope scope, Cause cause, List<Vote> votes) {
    return new Incident(
        new IncidentId("k2v4q7m3xw5a"),
        Incident.Subject.SERVICE,
        targets,
        scope,
        scope == Scope.REGIONAL ? List.of(new Region("tokyo")) : List.of(),
        cause,
        ONSET,
        ONSET.plusSeconds(20),
        Optional.of(ONSET.plusSeconds(20)),
        Optional.empty(),
        0,
        scope == Scope.NETWORK ? ofOneNetwork(votes) : votes,
        targets.size() > 1 ? List.of(new TargetName("blog"), new TargetName("wiki")) : List.of(),
        why(scope));
  }

  private static List<Vote> ofOneNetwork(List<Vote> votes) {
    return votes.stream().filter(vote -> vote.vantage().asn().equals(Optional.of(64500L))).toList();
  }

  private static Why why(Scope scope) {
    if (scope == Scope.UNCONFIRMED || scope == Scope.PROBE_LOCAL) {
      return Why.rule("one look decides");
    }
    return new Why(
        "http fails for 8 of 9 probes",
        List.of(
            new Why.Explanation(scope.name().toLowerCase(Locale.ROOT), 0.962),
            new Why.Explanation("nothing", 0.03),
            new Why.Explanation("partial", 0.005)),
        List.of(
            new Why.Share("region:frankfurt", 3, 3),
            new Why.Share("region:tokyo", 2, 3),
            new Why.Share("region:virginia", 3, 3)),
        List.of(new Why.Rival("dns:dyn", 12, 14, 31.5), new Why.Rival("cdn:fastly", 4, 9, 7.25)),
        List.of());
  }

  private static Vote vote(int number, CheckKind check, Layer layer, Reason reason, String detail) {
    String region = REGIONS.get(number % REGIONS.size());
    ProbeName probe = new ProbeName(region + "-" + (1 + number / REGIONS.size()));
    return new Vote(
        new ObservationId(probe, 1, number),
        new Vantage(probe, new Region(region), Optional.of(64500L + number / REGIONS.size())),
        check,
        layer,
        ONSET.plusSeconds(100 - number),
        Ballot.FAILED,
        Optional.of(new Finding(reason, detail)),
        5.5);
  }

  /** What there is to tell of an incident. */
  public static Occurrence of(Incident incident, Occasion occasion, Language language) {
    return new Occurrence(
        incident.id() + ":" + occasion + ":ops",
        incident,
        occasion,
        1,
        language,
        false,
        occasion == Occasion.ACKNOWLEDGED ? Optional.of("Aiko") : Optional.empty());
  }
}
