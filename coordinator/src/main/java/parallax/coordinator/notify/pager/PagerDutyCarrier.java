package parallax.coordinator.notify.pager;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.Address;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.Judgement;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.http.Post;
import parallax.coordinator.notify.letter.Letter;

/**
 * Takes letters to PagerDuty: Events API v2. One incident of ours is one of theirs, by {@code
 * dedup_key}, so what arrives twice is one. A letter for a test triggers an incident of the lowest
 * severity that somebody has to resolve there, unless a letter of its end follows.
 */
public final class PagerDutyCarrier implements Carrier {
  /** The limits of the API, in characters. */
  static final int MAX_SUMMARY = 1024;

  static final int MAX_DEDUP_KEY = 255;

  private static final int MAX_SHORT = 255;
  private static final int MAX_TEXT = 500;
  private static final int MAX_LINES = 25;
  private static final int MAX_LINKS = 5;

  private final PagerDuty settings;
  private final HttpSender sender;
  private final InstantSource clock;

  public PagerDutyCarrier(PagerDuty settings, HttpSender sender, InstantSource clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    Secret url = Address.under(settings.url(), "/v2/enqueue", "");
    String body = event(letter).put("routing_key", settings.routingKey().reveal()).encode();
    return Judgement.of(sender.send(Post.json(url, body, letter.key())), clock.instant());
  }

  /** The event, without the key of the service. */
  static JsonObject event(Letter letter) {
    JsonObject event =
        new JsonObject()
            .put("event_action", action(letter.occasion()))
            .put("dedup_key", Line.of(letter.incident(), MAX_DEDUP_KEY));
    return event.getString("event_action").equals("trigger") ? trigger(event, letter) : event;
  }

  private static JsonObject trigger(JsonObject event, Letter letter) {
    JsonArray links = new JsonArray();
    letter.links().stream()
        .limit(MAX_LINKS)
        .forEach(
            link ->
                Line.target(link)
                    .ifPresent(
                        url ->
                            links.add(
                                new JsonObject()
                                    .put("href", url)
                                    .put("text", Line.of(link.words(), MAX_SHORT)))));
    event.put("payload", payload(letter)).put("client", "Parallax").put("links", links);
    letter.links().stream()
        .findFirst()
        .flatMap(Line::target)
        .ifPresent(page -> event.put("client_url", page));
    return event;
  }

  private static JsonObject payload(Letter letter) {
    boolean unmarked = letter.drill() && !letter.headline().startsWith(Letter.DRILL);
    String mark = unmarked ? Letter.DRILL + " " : "";
    JsonObject payload =
        new JsonObject()
            .put("summary", Line.of(mark + letter.headline(), MAX_SUMMARY))
            .put("source", source(letter))
            .put("severity", severity(letter.grade()))
            .put("timestamp", letter.times().onset().toString())
            .put("custom_details", details(letter));
    label(letter, "layer").ifPresent(layer -> payload.put("component", layer));
    label(letter, "culprit").ifPresent(culprit -> payload.put("group", culprit));
    label(letter, "reason").ifPresent(reason -> payload.put("class", reason));
    return payload;
  }

  private static JsonObject details(Letter letter) {
    JsonObject details =
        new JsonObject()
            .put("occasion", letter.occasion().name().toLowerCase(Locale.ROOT))
            .put("drill", letter.drill());
    letter.facts().stream()
        .limit(MAX_LINES)
        .forEach(
            fact -> details.put(Line.of(fact.name(), MAX_SHORT), Line.of(fact.text(), MAX_TEXT)));
    details
        .put("evidence", lines(letter.evidence()))
        .put("against", lines(letter.against()))
        .put("targets", lines(letter.members()));
    if (letter.moreMembers() > 0) {
      details.put("more_targets", letter.moreMembers());
    }
    return details;
  }

  private static JsonArray lines(List<String> texts) {
    return new JsonArray(
        texts.stream().limit(MAX_LINES).map(text -> Line.of(text, MAX_TEXT)).toList());
  }

  /** The API wants to know what is affected; it refuses an empty one. */
  private static String source(Letter letter) {
    return letter.members().stream()
        .map(member -> Line.of(member, MAX_SHORT))
        .filter(member -> !member.isEmpty())
        .findFirst()
        .orElse("Parallax");
  }

  private static Optional<String> label(Letter letter, String name) {
    return Optional.ofNullable(letter.labels().get(name))
        .map(value -> Line.of(value, MAX_SHORT))
        .filter(value -> !value.isEmpty());
  }

  private static String action(Letter.Occasion occasion) {
    return switch (occasion) {
      case OPENED, REOPENED, CHANGED, REMINDER, ESCALATED, TEST -> "trigger";
      case ACKNOWLEDGED -> "acknowledge";
      case RESOLVED -> "resolve";
    };
  }

  private static String severity(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> "critical";
      case WARNING -> "warning";
      case NOTE, GOOD -> "info";
    };
  }
}
