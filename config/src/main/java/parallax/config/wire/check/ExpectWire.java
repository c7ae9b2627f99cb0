package parallax.config.wire.check;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import parallax.config.check.http.BodyExpect;
import parallax.config.check.http.HttpExpect;
import parallax.config.check.http.JsonPath;
import parallax.config.check.http.JsonScalar;
import parallax.config.text.RegexText;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;

/** What an HTTP answer must be. */
final class ExpectWire {
  /** Characters of a number; the reader of YAML takes no longer ones. */
  private static final int MAX_NUMBER = 1_024;

  /** Places before or behind the point of a number. */
  private static final int MAX_SCALE = 1_000;

  private ExpectWire() {}

  static Assigned.HttpExpect write(HttpExpect expect) {
    BodyExpect body = expect.body();
    Assigned.HttpExpect.Builder out =
        Assigned.HttpExpect.newBuilder()
            .addAllHeader(TargetWire.labels(expect.header()))
            .addAllBodyContains(body.contains())
            .addAllBodyMatches(body.matches().stream().map(Pattern::pattern).toList())
            .addAllBodyExcludes(body.excludes().stream().map(Pattern::pattern).toList());
    expect
        .status()
        .forEach(range -> out.addStatusBuilder().setFirst(range.first()).setLast(range.last()));
    expect.latencyWarn().map(Times::nanos).ifPresent(out::setLatencyWarnNs);
    expect.latencyFail().map(Times::nanos).ifPresent(out::setLatencyFailNs);
    body.json().forEach(json -> out.addBodyJson(write(json)));
    body.size().ifPresent(size -> out.getBodySizeBuilder().setMin(size.min()).setMax(size.max()));
    return out.build();
  }

  private static Assigned.HttpExpect.JsonExpect write(BodyExpect.JsonExpect json) {
    Assigned.HttpExpect.JsonExpect.Builder out = Assigned.HttpExpect.JsonExpect.newBuilder();
    for (JsonPath.Step step : json.path().steps()) {
      switch (step) {
        case JsonPath.Member(String name) -> out.addPathBuilder().setMember(name);
        case JsonPath.Element(int index) -> out.addPathBuilder().setElement(index);
      }
    }
    switch (json.value()) {
      case JsonScalar.JsonText(String value) -> out.setText(value);
      case JsonScalar.JsonNumber(BigDecimal value) -> out.setNumber(value.toString());
      case JsonScalar.JsonBoolean(boolean value) -> out.setTruth(value);
      case JsonScalar.JsonNull _ ->
          out.setNothing(Assigned.HttpExpect.JsonNull.getDefaultInstance());
    }
    return out.build();
  }

  static HttpExpect read(Assigned.HttpExpect in) {
    BodyExpect body =
        new BodyExpect(
            Parts.texts("body_contains", in.getBodyContainsList()),
            patterns("body_matches", in.getBodyMatchesList()),
            patterns("body_excludes", in.getBodyExcludesList()),
            Bounds.items("body_json", in.getBodyJsonList(), Parts.MAX_ITEMS).stream()
                .map(ExpectWire::read)
                .toList(),
            in.hasBodySize() ? Optional.of(read(in.getBodySize())) : Optional.empty());
    return new HttpExpect(
        Bounds.items("status", in.getStatusList(), Parts.MAX_ITEMS).stream()
            .map(range -> new HttpExpect.StatusRange(range.getFirst(), range.getLast()))
            .toList(),
        body,
        TargetWire.labels("header", in.getHeaderList()),
        Parts.durationIf(in.hasLatencyWarnNs(), "latency_warn", in.getLatencyWarnNs()),
        Parts.durationIf(in.hasLatencyFailNs(), "latency_fail", in.getLatencyFailNs()));
  }

  private static List<Pattern> patterns(String field, List<String> texts) {
    return Bounds.items(field, texts, Parts.MAX_ITEMS).stream()
        .map(text -> pattern(field, text))
        .toList();
  }

  static Pattern pattern(String field, String text) {
    return switch (RegexText.compile(text)) {
      case RegexText.Compiled.Good(Pattern pattern) -> pattern;
      case RegexText.Compiled.Bad(String why) ->
          throw new WireFault(Fault.INVALID, field + ": " + why);
    };
  }

  private static BodyExpect.SizeRange read(Assigned.HttpExpect.SizeRange in) {
    return new BodyExpect.SizeRange(in.getMin(), in.getMax());
  }

  private static BodyExpect.JsonExpect read(Assigned.HttpExpect.JsonExpect in) {
    List<JsonPath.Step> steps =
        Bounds.items("path", in.getPathList(), JsonPath.MAX_STEPS).stream()
            .map(ExpectWire::read)
            .toList();
    return new BodyExpect.JsonExpect(new JsonPath(steps), scalar(in));
  }

  private static JsonPath.Step read(Assigned.HttpExpect.JsonStep in) {
    return switch (in.getStepCase()) {
      case MEMBER -> new JsonPath.Member(Parts.text("member", in.getMember()));
      case ELEMENT ->
          new JsonPath.Element(Bounds.number("element", in.getElement(), Integer.MAX_VALUE));
      case STEP_NOT_SET -> throw new WireFault(Fault.UNKNOWN_WORD, "a step of a newer version");
    };
  }

  private static JsonScalar scalar(Assigned.HttpExpect.JsonExpect in) {
    return switch (in.getValueCase()) {
      case TEXT -> new JsonScalar.JsonText(Parts.text("text", in.getText()));
      case NUMBER -> new JsonScalar.JsonNumber(number(in.getNumber()));
      case TRUTH -> new JsonScalar.JsonBoolean(in.getTruth());
      case NOTHING -> new JsonScalar.JsonNull();
      case VALUE_NOT_SET -> throw new WireFault(Fault.UNKNOWN_WORD, "a value of a newer version");
    };
  }

  /** Bounded, because arithmetic with {@code 1e999999999} takes for ever. */
  private static BigDecimal number(String text) {
    BigDecimal value = new BigDecimal(Bounds.text("number", text, MAX_NUMBER));
    if (Math.abs((long) value.scale()) > MAX_SCALE) {
      throw new WireFault(Fault.INVALID, "number has more than " + MAX_SCALE + " places");
    }
    return value;
  }
}
