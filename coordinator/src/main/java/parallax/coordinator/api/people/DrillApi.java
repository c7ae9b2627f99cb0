package parallax.coordinator.api.people;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.config.policy.ApiToken.Role;
import parallax.config.problem.Problems;
import parallax.config.text.DurationText;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.drill.Drills;
import parallax.coordinator.drill.Order;
import parallax.coordinator.drill.Report;
import parallax.coordinator.drill.stage.Fault;
import parallax.coordinator.json.Json;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.read.ScenarioReader;

/** Drills: begun, looked at, stopped. Only the coordinator that leads has them. */
public final class DrillApi {
  public static final String PATH = "/api/v1/drill";

  /** The longest scenario, in UTF-16 code units. */
  static final int MAX_SCENARIO = 60_000;

  private static final int MAX_LABELS = 32;
  private static final int MAX_LABEL = 200;
  private static final int MAX_DURATION_TEXT = 40;
  private static final List<String> FIELDS =
      List.of("scenario", "labels", "faults", "length", "begin", "pace", "send", "who");

  private final Drills drills;

  public DrillApi(Drills drills) {
    this.drills = drills;
  }

  public List<Deed> deeds() {
    return List.of(
        new Deed("POST", PATH, Role.ADMIN, this::begin, true),
        new Deed("DELETE", PATH, Role.ADMIN, this::stop, true));
  }

  /** The drill that goes on, or the last one. */
  public Reply show(Request request) {
    return drills
        .newest()
        .map(report -> reply(200, report))
        .orElseGet(
            () -> Reply.problem(404, "there was no drill since this coordinator was started"));
  }

  private Reply begin(Wish wish) throws Request.Unusable {
    wish.only(FIELDS);
    Order order = new Order(what(wish), pace(wish), flag(wish, "send"), wish.instant("begin"));
    if (order.send() && order.begin().isPresent()) {
      throw new Request.Unusable("begin is for what nobody is sent: letters are of now");
    }
    String who = wish.caller().signed(wish.text("who", PlainText.MAX_NAME));
    return switch (drills.begin(order, who)) {
      case Drills.Answer.Begun(Report report) -> reply(201, report).with("Location", PATH);
      case Drills.Answer.Busy(Report report) ->
          Reply.problem(409, "a drill goes on: " + report.title() + ", begun by " + report.who());
      case Drills.Answer.Refused(String why) -> Reply.problem(409, why);
    };
  }

  private Reply stop(Wish wish) throws Request.Unusable {
    wish.only(List.of());
    return drills
        .stop(wish.caller().signed(Optional.empty()))
        .map(report -> reply(200, report))
        .orElseGet(() -> Reply.problem(409, "no drill goes on"));
  }

  private static Order.What what(Wish wish) throws Request.Unusable {
    Optional<String> scenario = wish.text("scenario", MAX_SCENARIO);
    @Nullable Object faults = wish.body().getValue("faults");
    if (scenario.isPresent() == (faults != null)) {
      throw new Request.Unusable("one of scenario and faults is needed");
    }
    Optional<Duration> length = length(wish);
    SortedMap<String, String> labels = labels(wish);
    if (faults == null) {
      if (length.isPresent()) {
        throw new Request.Unusable("length is of faults; a scenario has its own");
      }
      return new Order.What.Labelled(scenario(scenario.orElseThrow()), labels);
    }
    if (!labels.isEmpty()) {
      throw new Request.Unusable("labels are of a scenario's targets; those of faults have theirs");
    }
    return new Order.What.Faults(faults(faults), length.orElse(Order.USUAL_FAULT));
  }

  private static Scenario scenario(String text) throws Request.Unusable {
    Problems problems = new Problems();
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    Optional<Scenario> read = ScenarioReader.read(Path.of("scenario.yaml"), bytes, problems);
    if (read.isEmpty()) {
      throw new Request.Unusable(
          problems.errors().stream()
              .findFirst()
              .map(first -> PlainText.line(first.toString(), PlainText.MAX_LINE))
              .orElse("the scenario cannot be read"));
    }
    return read.get();
  }

  private static List<Fault> faults(Object written) throws Request.Unusable {
    List<String> texts = Wish.texts("faults", written);
    if (texts.size() > Order.MAX_FAULTS) {
      throw new Request.Unusable("a drill has at most " + Order.MAX_FAULTS + " faults");
    }
    List<Fault> faults = new ArrayList<>();
    for (String text : texts) {
      try {
        faults.add(Fault.parse(text));
      } catch (Fault.Unclear e) {
        throw new Request.Unusable(PlainText.line(String.valueOf(e.getMessage()), MAX_MESSAGE));
      }
    }
    return faults;
  }

  private static final int MAX_MESSAGE = 500;

  private static SortedMap<String, String> labels(Wish wish) throws Request.Unusable {
    @Nullable Object written = wish.body().getValue("labels");
    SortedMap<String, String> labels = new TreeMap<>();
    if (written == null) {
      return labels;
    }
    if (!(written instanceof JsonObject object) || object.size() > MAX_LABELS) {
      throw new Request.Unusable("labels must be an object of at most " + MAX_LABELS + " texts");
    }
    for (Map.Entry<String, Object> each : object) {
      boolean fits = each.getKey().length() <= MAX_LABEL;
      if (!fits || !(each.getValue() instanceof String value) || value.length() > MAX_LABEL) {
        throw new Request.Unusable("a label is two texts of at most " + MAX_LABEL + " characters");
      }
      labels.put(each.getKey(), value);
    }
    return labels;
  }

  private static Optional<Duration> length(Wish wish) throws Request.Unusable {
    Optional<String> written = wish.text("length", MAX_DURATION_TEXT);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> length =
        DurationText.parse(written.get())
            .filter(time -> !time.isZero() && time.compareTo(Fault.LATEST) <= 0);
    if (length.isEmpty()) {
      throw new Request.Unusable(
          "length must be written like 10m or 1h, at most " + Fault.LATEST.toHours() + "h");
    }
    return length;
  }

  private static Optional<Integer> pace(Wish wish) throws Request.Unusable {
    @Nullable Object written = wish.body().getValue("pace");
    if (written == null) {
      return Optional.empty();
    }
    if (written instanceof Integer times && times >= 1 && times <= Order.MAX_PACE) {
      return Optional.of(times);
    }
    throw new Request.Unusable("pace must be a whole number from 1 to " + Order.MAX_PACE);
  }

  private static boolean flag(Wish wish, String field) throws Request.Unusable {
    @Nullable Object written = wish.body().getValue(field);
    if (written == null) {
      return false;
    }
    if (written instanceof Boolean flag) {
      return flag;
    }
    throw new Request.Unusable(field + " must be true or false");
  }

  private static Reply reply(int status, Report report) {
    return Reply.json(status, Json.object(json -> report(json, report)));
  }

  /** Of one that people may notice now: what it is, in short. */
  public static void brief(Json json, Report report) throws IOException {
    json.text("id", report.id())
        .text("title", report.title())
        .text("who", report.who())
        .instant("asked", report.asked())
        .flag("send", report.send());
    if (report.pace().isPresent()) {
      json.number("pace", report.pace().get());
    } else {
      json.nothing("pace");
    }
    json.number("passedSeconds", report.passed().toSeconds())
        .number("lengthSeconds", report.length().toSeconds());
  }

  private static void report(Json json, Report report) throws IOException {
    brief(json, report);
    json.instant("begins", report.begins())
        .text("state", report.ended().isEmpty() ? "running" : "over")
        .instant("ended", report.ended().map(Report.End::at))
        .text("why", report.ended().map(Report.End::why))
        .items("letters", report.letters(), DrillApi::line)
        .number("more", report.more())
        .items("nobody", report.nobody(), DrillApi::line)
        .items("incidents", report.incidents(), DrillApi::affair)
        .texts("remarks", report.remarks());
  }

  private static void line(Json json, Report.Line line) throws IOException {
    json.flag("drill", true)
        .instant("at", line.at())
        .text("kind", line.kind().name().toLowerCase(Locale.ROOT))
        .text("incident", line.incident())
        .text("receiver", line.receiver())
        .text("headline", line.headline())
        .flag("along", line.along());
    switch (line.fate()) {
      case Report.Fate.Kept() -> json.text("fate", "kept").text("lost", Optional.empty());
      case Report.Fate.OnItsWay() -> json.text("fate", "sending").text("lost", Optional.empty());
      case Report.Fate.Arrived _ -> json.text("fate", "arrived").text("lost", Optional.empty());
      case Report.Fate.Lost(String why) -> json.text("fate", "lost").text("lost", why);
    }
  }

  private static void affair(Json json, Report.Affair affair) throws IOException {
    json.text("id", affair.id())
        .text("subject", affair.subject())
        .text("scope", affair.scope())
        .text("culprit", affair.culprit())
        .number("targets", affair.targets())
        .text("summary", affair.summary())
        .instant("onset", affair.onset())
        .instant("published", affair.published())
        .instant("resolved", affair.resolved());
  }
}
