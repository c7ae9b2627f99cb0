package parallax.coordinator.api.people;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.policy.ApiToken.Role;
import parallax.config.text.DurationText;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.json.Json;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.People;

/** Times for which nobody is to be told of some targets. */
public final class SilencesApi {
  public static final String PATH = "/api/v1/silences";
  private static final String ONE = PATH + "/{id}";
  private static final int MAX_DURATION_TEXT = 40;
  private static final List<String> FIELDS =
      List.of("match", "from", "until", "duration", "reason", "who");

  private final People people;
  private final InstantSource clock;

  public SilencesApi(People people, InstantSource clock) {
    this.people = people;
    this.clock = clock;
  }

  public List<Deed> deeds() {
    return List.of(
        new Deed("POST", PATH, Role.OPERATOR, this::add),
        new Deed("DELETE", ONE, Role.OPERATOR, this::end));
  }

  /** Those that are not over; since {@code since}, where it is given, also those that are. */
  public Reply list(Request request) throws Request.Unusable {
    Instant now = clock.instant();
    Instant since = request.instant("since").orElse(now);
    return Reply.json(
        Json.page(
            people.silences(since), Optional.empty(), (json, each) -> silence(json, each, now)));
  }

  private Reply add(Wish wish) throws Request.Unusable {
    wish.only(FIELDS);
    Instant from = wish.instant("from").orElse(wish.at());
    if (from.isBefore(wish.at())) {
      from = wish.at();
    }
    if (from.isAfter(wish.at().plus(Silence.FURTHEST))) {
      throw new Request.Unusable(
          "from must be within " + Silence.FURTHEST.toDays() + " days from now");
    }
    Silence.Wish asked =
        new Silence.Wish(
            matchers(wish),
            from,
            until(wish, from),
            PlainText.line(wish.needed("reason", PlainText.MAX_LINE), PlainText.MAX_LINE));
    String who = wish.caller().signed(wish.text("who", PlainText.MAX_NAME));
    Silence silence = Silence.made(asked, who, wish.at());
    if (!people.silence(silence)) {
      return Reply.problem(409, "there are " + People.MAX_SILENCES + " silences, end some first");
    }
    return reply(201, silence, wish.at()).with("Location", PATH + "/" + silence.id());
  }

  private Reply end(Wish wish) throws Request.Unusable {
    wish.only(List.of());
    Optional<Silence> ended =
        people.endSilence(wish.parameter(), wish.caller().signed(Optional.empty()), wish.at());
    return ended
        .map(silence -> reply(200, silence, wish.at()))
        .orElseGet(() -> Reply.problem(404, "there is no silence of this id"));
  }

  private static Instant until(Wish wish, Instant from) throws Request.Unusable {
    Optional<Instant> until = wish.instant("until");
    Optional<String> written = wish.text("duration", MAX_DURATION_TEXT);
    if (until.isPresent() == written.isPresent()) {
      throw new Request.Unusable("one of until and duration is needed");
    }
    Instant end = until.isPresent() ? until.get() : from.plus(duration(written.orElseThrow()));
    if (!from.isBefore(end) || Duration.between(from, end).compareTo(Silence.LONGEST) > 0) {
      throw new Request.Unusable(
          "a silence ends after it begins, and within " + Silence.LONGEST.toDays() + " days");
    }
    return end;
  }

  private static Duration duration(String written) throws Request.Unusable {
    return DurationText.parse(written)
        .filter(length -> length.compareTo(Silence.LONGEST) <= 0)
        .orElseThrow(
            () ->
                new Request.Unusable(
                    "duration must be written like 30m, 2h or 3d, at most "
                        + Silence.LONGEST.toDays()
                        + "d"));
  }

  private static List<LabelMatcher> matchers(Wish wish) throws Request.Unusable {
    if (!(wish.body().getValue("match") instanceof JsonObject match)
        || match.isEmpty()
        || match.size() > Silence.MAX_MATCHERS) {
      throw new Request.Unusable(
          "match must be an object of 1 to "
              + Silence.MAX_MATCHERS
              + " labels with their values; the label target stands for the target's name");
    }
    List<LabelMatcher> matchers = new ArrayList<>();
    for (Map.Entry<String, Object> entry : match) {
      matchers.add(matcher(entry.getKey(), entry.getValue()));
    }
    return matchers;
  }

  private static LabelMatcher matcher(String label, Object value) throws Request.Unusable {
    String field = "match." + PlainText.line(label, PlainText.MAX_NAME);
    if (value instanceof String text && text.startsWith("~")) {
      return switch (LabelMatcher.like(label, text.substring(1))) {
        case LabelMatcher.Read.Good(LabelMatcher matcher) -> matcher;
        case LabelMatcher.Read.Bad(String why) -> throw new Request.Unusable(field + ": " + why);
      };
    }
    List<String> values = Wish.texts(field, value);
    boolean fits =
        values.size() <= LabelMatcher.MAX_VALUES
            && values.stream().allMatch(each -> each.length() <= LabelMatcher.MAX_VALUE);
    if (!fits) {
      throw new Request.Unusable(field + " has too many values, or one that is too long");
    }
    return new LabelMatcher.OneOf(label, values);
  }

  private static Reply reply(int status, Silence silence, Instant now) {
    return Reply.json(status, Json.object(json -> silence(json, silence, now)));
  }

  private static void silence(Json json, Silence silence, Instant now) throws IOException {
    json.text("id", silence.id())
        .text("state", state(silence, now))
        .object(
            "match",
            match -> {
              for (LabelMatcher matcher : silence.match()) {
                switch (matcher) {
                  case LabelMatcher.OneOf(var label, var values) -> match.texts(label, values);
                  case LabelMatcher.Like(var label, var pattern) ->
                      match.text(label, "~" + pattern.pattern());
                }
              }
            })
        .instant("from", silence.from())
        .instant("until", silence.until())
        .text("who", silence.who())
        .text("reason", silence.reason())
        .instant("created", silence.created())
        .instant("ended", silence.ended());
  }

  private static String state(Silence silence, Instant now) {
    if (silence.covers(now)) {
      return "active";
    }
    return now.isBefore(silence.from()) && silence.ended().isEmpty() ? "pending" : "over";
  }
}
