package parallax.coordinator.notify.letter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Nature;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Vote.Ballot;
import parallax.coordinator.core.verdict.Why;

/** What is known of one incident, piece by piece, in words of one language. Pure. */
record Sayings(Texts texts, Zoned times, Incident incident, Interference blocked, Nature nature) {
  /** More regions, places or signs than this are only counted. */
  static final int MAX_NAMED = 8;

  /** More of what was seen has no room in the first sentence. */
  private static final int MAX_FINDING = 200;

  /** Beyond it nobody gains from a number. */
  private static final double VERY_SURE = 0.99;

  private static final double HARDLY = 0.01;

  static Sayings of(Incident incident, Texts texts, Zoned times) {
    Interference blocked =
        Interference.of(
            incident.scope(),
            incident.regions(),
            incident.cause(),
            incident.votes(),
            incident.why());
    return new Sayings(texts, times, incident, blocked, Nature.of(incident, blocked));
  }

  /** The first sentence, without why it is written. */
  String sentence(Instant now) {
    Map<String, String> parts = new TreeMap<>();
    parts.put("who", who());
    parts.put("whom", whom());
    parts.put("since", times.of(incident.onset()));
    parts.put("cause", cause());
    parts.put("finding", Clean.line(detailed(incident.cause().finding()), MAX_FINDING));
    parts.put("culprit", incident.cause().culprit());
    parts.put("sure", sure());
    parts.put("lasted", times.of(lasted(now)));
    if (blocked.isLikely()) {
      parts.put("places", texts.list(places(), MAX_NAMED));
      parts.put("signs", texts.list(signs(), MAX_NAMED));
    }
    String kind = incident.resolved().isPresent() ? over() : nature.name().toLowerCase(Locale.ROOT);
    String count = nature == Nature.OWN ? "" : incident.targets().size() == 1 ? ".one" : ".many";
    return texts.say("headline." + kind + count, parts);
  }

  private String over() {
    return switch (nature) {
      case OWN -> "over.own";
      case DUE, DEGRADED -> "over.due";
      case DOWN, FAILS, BLOCKED, STATED -> "over";
    };
  }

  /** From the onset to the end, or until now. */
  Duration lasted(Instant now) {
    Duration time = Duration.between(incident.onset(), incident.resolved().orElse(now));
    return time.isNegative() ? Duration.ZERO : time;
  }

  private String who() {
    if (incident.targets().isEmpty()) {
      return incident.cause().culprit();
    }
    String first = incident.targets().getFirst().value();
    int more = incident.targets().size() - 1;
    return more > 0
        ? texts.say("who.more", Map.of("first", first, "more", String.valueOf(more)))
        : first;
  }

  /** For whom. */
  String whom() {
    if (incident.scope() == Scope.REGIONAL && !incident.regions().isEmpty()) {
      List<String> regions = incident.regions().stream().map(Region::value).toList();
      return texts.say("scope.REGIONAL.named", "regions", texts.list(regions, MAX_NAMED));
    }
    Optional<String> network = network();
    return network.isPresent()
        ? texts.say("scope.NETWORK.named", "network", network.get())
        : texts.say("scope." + incident.scope().name());
  }

  /** The one network in which all sit who see it fail. */
  private Optional<String> network() {
    List<Optional<Long>> networks =
        incident.votes().stream()
            .filter(vote -> vote.ballot() == Ballot.FAILED)
            .map(vote -> vote.vantage().asn())
            .distinct()
            .toList();
    return incident.scope() == Scope.NETWORK && networks.size() == 1
        ? networks.getFirst().map(asn -> "AS" + asn)
        : Optional.empty();
  }

  /** What broke first, and through whom, without what was seen. */
  private String cause() {
    Cause cause = incident.cause();
    Map<String, String> parts = new TreeMap<>();
    parts.put("reason", reason(cause.finding()));
    parts.put("culprit", cause.culprit());
    cause.layer().ifPresent(layer -> parts.put("layer", layer(layer)));
    String bare = cause.layer().isPresent() ? "cause" : "cause.bare";
    boolean itself = isTarget(cause.culprit()) || nature == Nature.OWN;
    return texts.say(itself ? bare : bare + ".through", parts);
  }

  /** The layer and the reason, with what was seen. */
  String causeInFull() {
    String seen = detailed(incident.cause().finding());
    return incident
        .cause()
        .layer()
        .map(layer -> texts.say("cause", Map.of("layer", layer(layer), "reason", seen)))
        .orElse(seen);
  }

  /** Whether the culprit is a target itself. */
  static boolean isTarget(String culprit) {
    return culprit.startsWith("target:");
  }

  String reason(Finding finding) {
    return texts.say("reason." + finding.reason().name());
  }

  /** The reason, with what was seen. */
  String detailed(Finding finding) {
    return finding.detail().isEmpty()
        ? reason(finding)
        : texts.say("detailed", Map.of("reason", reason(finding), "detail", finding.detail()));
  }

  String layer(Layer layer) {
    return texts.say("layer." + layer.name());
  }

  /** The layer that broke first, and those that fail with it. */
  Optional<String> domino() {
    return incident.cause().layer().map(this::domino);
  }

  private String domino(Layer first) {
    List<String> then =
        incident.votes().stream()
            .filter(vote -> vote.ballot() == Ballot.FAILED)
            .map(Vote::layer)
            .filter(first::breaks)
            .distinct()
            .sorted()
            .map(this::layer)
            .toList();
    return then.isEmpty()
        ? texts.say("domino.only", "first", layer(first))
        : texts.say(
            "domino.then",
            Map.of("first", layer(first), "then", texts.list(then, Layer.values().length)));
  }

  /** How sure. */
  String sure() {
    if (nature == Nature.DUE) {
      return texts.say("sure.read");
    }
    if (incident.scope() == Scope.UNCONFIRMED) {
      return texts.say("sure.one");
    }
    return incident.why().explanations().isEmpty() ? texts.say("sure.rule") : sure(probability());
  }

  private String sure(double probability) {
    if (probability >= VERY_SURE) {
      return texts.say("sure.very");
    }
    return probability < HARDLY
        ? texts.say("sure.little")
        : texts.say("sure", "percent", percent(probability));
  }

  /** Whole percents, never more than there are. */
  static String percent(double probability) {
    return String.valueOf((int) Math.floor(100 * probability));
  }

  /** That something is wrong with it at all, or with the network. */
  private double probability() {
    return incident.why().explanations().stream()
        .filter(explanation -> explains(explanation.name()))
        .mapToDouble(Why.Explanation::probability)
        .sum();
  }

  /** Whether an explanation is the one that was chosen, or trouble of the target all the same. */
  boolean explains(String explanation) {
    return switch (explanation) {
      case "nothing" -> false;
      case "network" -> incident.scope() == Scope.NETWORK;
      default -> incident.scope() != Scope.NETWORK;
    };
  }

  private List<String> places() {
    return blocked.places().stream().map(this::place).toList();
  }

  private String place(Interference.Place place) {
    if (place.asn().isPresent() && place.region().isPresent()) {
      return texts.say(
          "place",
          Map.of("network", "AS" + place.asn().get(), "region", place.region().get().value()));
    }
    return place.name();
  }

  private List<String> signs() {
    List<String> signs = new ArrayList<>();
    blocked.places().stream()
        .flatMap(place -> place.signs().stream())
        .map(sign -> texts.say("signature." + sign.signature().name()))
        .distinct()
        .forEach(signs::add);
    return signs;
  }
}
