package parallax.coordinator.words;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.reading.Signature;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Texts;

/** What the core found, in words for people, in one language. */
public final class Sentences {
  /** More regions, places or shortcomings than this are only counted. */
  private static final int MAX_TOLD = 8;

  private static final long MINUTE = Duration.ofMinutes(1).toSeconds();
  private static final long HOUR = Duration.ofHours(1).toSeconds();
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private static final Map<String, Reason> REASONS =
      Arrays.stream(Reason.values())
          .collect(Collectors.toUnmodifiableMap(Reason::text, reason -> reason, (one, _) -> one));

  private final Say say;

  Sentences(Say say) {
    this.say = say;
  }

  /** The words of letters; empty in English, of which each reason has its own. */
  private Optional<Texts> letters() {
    return switch (say.language()) {
      case EN -> Optional.empty();
      case JA -> Optional.of(Texts.of(Letter.Language.JAPANESE));
    };
  }

  /** For whom, as the rest of a sentence. */
  public String of(Scope scope) {
    return say.of("scope." + scope.name());
  }

  /** A layer; in English its code. */
  public String of(Layer layer) {
    return letters().map(words -> words.say("layer." + layer.name())).orElseGet(layer::name);
  }

  /** A reason. */
  public String of(Reason reason) {
    return letters().map(words -> words.say("reason." + reason.name())).orElseGet(reason::text);
  }

  /** A finding as it tells itself in English, in this language; empty when it is none. */
  Optional<String> known(String english) {
    int colon = english.indexOf(": ");
    String first = colon < 0 ? english : english.substring(0, colon);
    return Optional.ofNullable(REASONS.get(first))
        .map(this::of)
        .map(said -> colon < 0 ? said : say.of("cause", said, english.substring(colon + 2)));
  }

  /** A sign of a block. */
  public String of(Signature sign) {
    return letters().map(words -> words.say("signature." + sign.name())).orElseGet(sign::words);
  }

  /** What explains the looks, by the name that the core gives it. */
  public String explanation(String name) {
    boolean known = say.texts().containsKey("explanation." + name);
    return known ? say.of("explanation." + name) : name;
  }

  /** What a look found, by the name that the API gives it. */
  public String fact(String name) {
    return say.texts().containsKey("found." + name) ? say.of("found." + name) : name;
  }

  /** A reason with what was seen. */
  public String of(Finding finding) {
    String reason = of(finding.reason());
    return finding.detail().isEmpty()
        ? reason
        : say.of("cause", reason, say.known(finding.detail()));
  }

  /** What broke first, with what was seen. */
  public String of(Cause cause) {
    String found = of(cause.finding());
    return cause.layer().map(layer -> say.of("cause", of(layer), found)).orElse(found);
  }

  /** A length of time in its two largest units: {@code 3d 4h}, {@code 2m 5s}, {@code 0s}. */
  public String of(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds >= DAY) {
      return two(say.of("time.d", seconds / DAY), "time.h", seconds % DAY / HOUR);
    }
    if (seconds >= HOUR) {
      return two(say.of("time.h", seconds / HOUR), "time.m", seconds % HOUR / MINUTE);
    }
    return seconds >= MINUTE
        ? two(say.of("time.m", seconds / MINUTE), "time.s", seconds % MINUTE)
        : say.of("time.s", seconds);
  }

  private String two(String large, String unit, long small) {
    return small == 0 ? large : say.of("time.two", large, say.of(unit, small));
  }

  /** One sentence about a target: how it is, why, for whom, since when. */
  public String of(Verdict verdict) {
    String why = why(verdict);
    Interference blocked = Interference.of(verdict);
    String how =
        switch (verdict.state()) {
          case UP -> up(Shortcoming.of(verdict));
          case DEGRADED ->
              blocked.isLikely()
                  ? of(blocked)
                  : say.of(verdict.works() ? "verdict.but" : "verdict.fails", why);
          case DOWN -> say.of("verdict.down", why);
          case UNKNOWN -> say.of("verdict.unknown", say.known(verdict.why().rule()));
        };
    return say.of("verdict.since", how, verdict.since());
  }

  /** The same where its state stands beside it already; empty when there is nothing to say. */
  public String beside(Verdict verdict) {
    Interference blocked = Interference.of(verdict);
    return switch (verdict.state()) {
      case UP -> also(Shortcoming.of(verdict));
      case DEGRADED -> blocked.isLikely() ? of(blocked) : why(verdict);
      case DOWN -> why(verdict);
      case UNKNOWN -> say.known(verdict.why().rule());
    };
  }

  private String why(Verdict verdict) {
    String cause = verdict.cause().map(this::of).orElse("");
    String where = where(verdict);
    return where.isEmpty() ? cause : say.of("verdict.where", cause, where);
  }

  private String also(List<Shortcoming> shortcomings) {
    return String.join(
        say.of("list.also"), shortcomings.stream().limit(MAX_TOLD).map(this::of).toList());
  }

  /** Up, with what is not as it should be somewhere while all is well elsewhere. */
  private String up(List<Shortcoming> shortcomings) {
    return shortcomings.isEmpty()
        ? say.of("verdict.up")
        : say.of("verdict.but", also(shortcomings));
  }

  /** What is not as it should be, and where: {@code HTTP: slower than allowed, in tokyo only}. */
  public String of(Shortcoming shortcoming) {
    return say.of(
        "shortcoming",
        of(shortcoming.layer()),
        of(shortcoming.reason()),
        where(shortcoming),
        shortcoming.probes(),
        shortcoming.looking());
  }

  /** That it works, but not as it should. */
  public String but(Shortcoming shortcoming) {
    return say.of("verdict.but", of(shortcoming));
  }

  private String where(Shortcoming shortcoming) {
    if (shortcoming.everywhere()) {
      return shortcoming.looking() > 1 ? of(Scope.GLOBAL) : of(Scope.UNCONFIRMED);
    }
    return say.of("shortcoming.in", named(shortcoming.regions()));
  }

  private String where(Verdict verdict) {
    Optional<String> seen =
        verdict.cause().filter(_ -> verdict.works()).stream()
            .flatMap(
                cause ->
                    Shortcoming.of(verdict).stream()
                        .filter(found -> found.reason() == cause.finding().reason()))
            .findFirst()
            .map(this::where);
    return seen.orElseGet(
        () -> verdict.scope().map(scope -> of(scope, verdict.regions())).orElse(""));
  }

  /** What looks like a block, and where. */
  public String of(Interference blocked) {
    return of(blocked, "one");
  }

  private String of(Interference blocked, String count) {
    String sure = blocked.isStated() ? "stated." : "likely.";
    return say.of("blocked." + sure + count, places(blocked));
  }

  private String places(Interference blocked) {
    List<String> places = blocked.places().stream().limit(MAX_TOLD).map(this::of).toList();
    return String.join(say.of("blocked.and"), places);
  }

  private String of(Interference.Place place) {
    String name =
        place.asn().isPresent() && place.region().isPresent()
            ? say.of("place", place.asn().get(), place.region().get())
            : place.name();
    List<String> signs =
        place.signs().stream()
            .map(sign -> say.of("blocked.sign", of(sign.signature()), sign.probes()))
            .toList();
    return say.of("cause", name, String.join(say.of("list.also"), signs));
  }

  private String named(List<Region> regions) {
    return say.list(regions.stream().map(Region::value).toList(), MAX_TOLD);
  }

  /** One sentence about an incident: what, why, for whom, since when or for how long. */
  public String of(Incident incident) {
    String who = subject(incident);
    if (incident.subject() == Incident.Subject.VANTAGE) {
      return say.of("cause", who, of(incident.cause()));
    }
    Interference blocked = blocked(incident);
    String count = isMany(incident) ? "many" : "one";
    if (incident.resolved().isPresent()) {
      String was =
          blocked.isLikely() ? say.of("blocked.was", places(blocked)) : of(incident.cause());
      return say.of("incident.over." + count, who, of(lasted(incident)), was);
    }
    Instant since = incident.onset();
    return blocked.isLikely()
        ? say.of("incident.blocked", who, of(blocked, count), since)
        : say.of(
            "incident.open." + count,
            who,
            through(incident, of(incident.cause())),
            of(incident.scope(), incident.regions()),
            since);
  }

  /** Whether {@link #subject} names several, so that what is said of it is said in the plural. */
  public static boolean isMany(Incident incident) {
    return incident.subject() == Incident.Subject.SERVICE && incident.targets().size() > 1;
  }

  /** Whether an incident looks like a block. */
  public static Interference blocked(Incident incident) {
    return Interference.of(
        incident.scope(), incident.regions(), incident.cause(), incident.votes(), incident.why());
  }

  /** Whom an incident is about: targets, or our own probes. */
  public String subject(Incident incident) {
    if (incident.subject() == Incident.Subject.VANTAGE) {
      return say.of("incident.ours", incident.cause().culprit());
    }
    String who = incident.targets().getFirst().value();
    int more = incident.targets().size() - 1;
    return more > 0 ? say.of("list.more", who, more) : who;
  }

  /** What broke, with the culprit where it is not the target itself. */
  public String through(Incident incident, String cause) {
    String culprit = incident.cause().culprit();
    return culprit.startsWith("target:") ? cause : say.of("incident.through", cause, culprit);
  }

  /** For whom, with the regions where they are known. */
  public String of(Scope scope, List<Region> regions) {
    return regions.isEmpty() ? of(scope) : say.of("scope.regions", named(regions));
  }

  /** From onset to resolution; no time while it is open. */
  public static Duration lasted(Incident incident) {
    Instant end = incident.resolved().orElse(incident.onset());
    Duration time = Duration.between(incident.onset(), end);
    return time.isNegative() ? Duration.ZERO : time;
  }
}
