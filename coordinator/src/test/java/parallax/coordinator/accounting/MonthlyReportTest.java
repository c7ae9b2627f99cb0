package parallax.coordinator.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.parser.ParserDelegator;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.target.Objective;
import parallax.config.target.Target;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.Store;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

final class MonthlyReportTest {
  private static final Month BERLIN = Month.parse("2026-10", "Europe/Berlin");
  private static final Month MARCH = Month.parse("2026-03", "UTC");
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  private static final Instant KEPT = Instant.parse("2026-03-29T00:00:00Z");
  private static final Latency TOOK =
      new Latency(
          CheckKind.HTTP,
          12_345,
          Duration.ofNanos(12_345_678),
          Duration.ofMillis(250),
          Duration.ofMillis(2_500));

  private static Store.Interval interval(TargetState state, String from, String until) {
    return new Store.Interval(
        Examples.target("shop").name(),
        state,
        Optional.empty(),
        Optional.empty(),
        Instant.parse(from),
        until.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(until)));
  }

  private static TargetAccount account(
      Month month, Instant end, Spans maintenance, Store.Interval... intervals) {
    return MonthlyReport.account(
        Examples.target("shop"),
        new MonthlyReport.Recorded(List.of(intervals), List.of(), Optional.empty()),
        maintenance,
        month.from(),
        end);
  }

  @Test
  void aMonthInWhichTheClocksAreSetBackHasAnHourMore() {
    TargetAccount october =
        account(
            BERLIN,
            BERLIN.until(),
            Spans.NONE,
            interval(TargetState.UP, "2026-01-01T00:00:00Z", "2026-10-10T00:00:00Z"),
            interval(TargetState.DOWN, "2026-10-10T00:00:00Z", "2026-10-10T07:27:00Z"),
            interval(TargetState.DEGRADED, "2026-10-10T07:27:00Z", ""));

    assertThat(BERLIN.from()).isEqualTo("2026-09-30T22:00:00Z");
    assertThat(BERLIN.until()).isEqualTo("2026-10-31T23:00:00Z");
    assertThat(october.up().plus(october.down())).isEqualTo(Duration.ofHours(31 * 24 + 1));
    assertThat(october.uptime()).hasValue(0.99);
    assertThat(october.unknown()).isZero();
  }

  @Test
  void whatBeganInTheMiddleOfTheMonthIsNotKnownBefore() {
    TargetAccount account =
        account(
            MARCH,
            MARCH.until(),
            Spans.NONE,
            interval(TargetState.UP, "2026-03-21T00:00:00Z", "2026-03-22T00:00:00Z"),
            interval(TargetState.UNKNOWN, "2026-03-22T00:00:00Z", "2026-03-23T00:00:00Z"),
            interval(TargetState.UP, "2026-03-23T00:00:00Z", "2026-05-01T00:00:00Z"));

    assertThat(account.unknown()).isEqualTo(Duration.ofDays(21));
    assertThat(account.up()).isEqualTo(Duration.ofDays(10));
    assertThat(account.uptime()).hasValue(1);
    assertThat(account(MARCH, MARCH.until(), Spans.NONE).uptime()).isEmpty();
  }

  @Test
  void maintenanceCountsNeitherWay() {
    long from = Instant.parse("2026-03-10T01:00:00Z").toEpochMilli();
    Spans night = Spans.of(List.of(new Spans.Span(from, from + Duration.ofHours(2).toMillis())));

    TargetAccount account =
        account(
            MARCH,
            MARCH.until(),
            night,
            interval(TargetState.UP, "2026-03-01T00:00:00Z", "2026-03-10T00:00:00Z"),
            interval(TargetState.DOWN, "2026-03-10T00:00:00Z", "2026-03-10T04:00:00Z"),
            interval(TargetState.UP, "2026-03-10T04:00:00Z", "2026-04-10T00:00:00Z"));

    assertThat(account.maintenance()).isEqualTo(Duration.ofHours(2));
    assertThat(account.down()).isEqualTo(Duration.ofHours(2));
    assertThat(account.up().plus(account.down()).plus(account.maintenance()))
        .isEqualTo(Duration.ofDays(31));
  }

  @Test
  void aMonthThatGoesOnEndsNow() {
    Instant now = Instant.parse("2026-03-02T00:00:00Z");

    TargetAccount account =
        account(MARCH, now, Spans.NONE, interval(TargetState.UP, "2026-02-01T00:00:00Z", ""));

    assertThat(account.up()).isEqualTo(Duration.ofDays(1));
    assertThat(account.unknown()).isZero();
  }

  private static Incident incident(Target of, String id, String onset, String resolved) {
    Incident open =
        Judged.incident(
            id,
            List.of(of.name()),
            Scope.GLOBAL,
            Examples.cause(),
            Instant.parse(onset),
            Instant.parse(onset),
            List.of());
    return new Incident(
        open.id(),
        open.subject(),
        open.targets(),
        open.scope(),
        open.regions(),
        open.cause(),
        open.onset(),
        open.opened(),
        open.published(),
        resolved.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(resolved)),
        open.reopened(),
        open.votes(),
        open.well(),
        open.why());
  }

  private static MonthlyReport report(Target target) {
    return report(target, Optional.of(TOOK));
  }

  private static MonthlyReport report(Target target, Optional<Latency> latency) {
    List<Incident> incidents =
        List.of(
            incident(target, "open", "2026-03-31T23:30:00Z", ""),
            incident(target, "inside", "2026-03-10T00:00:00Z", "2026-03-10T01:00:00Z"),
            incident(target, "before", "2026-02-27T00:00:00Z", "2026-03-01T00:00:00Z"),
            incident(target, "over-the-start", "2026-02-28T22:00:00Z", "2026-03-01T01:00:00Z"),
            incident(target, "after", "2026-04-01T00:00:00Z", ""));
    TargetAccount account =
        MonthlyReport.account(
            target,
            new MonthlyReport.Recorded(
                List.of(
                    interval(TargetState.DOWN, "2026-02-28T22:00:00Z", "2026-03-01T01:00:00Z"),
                    interval(TargetState.UP, "2026-03-01T01:00:00Z", "")),
                incidents,
                latency),
            Spans.NONE,
            MARCH.from(),
            MARCH.until());
    return new MonthlyReport(
        MARCH,
        MARCH.until(),
        LATER,
        latency.isPresent() ? KEPT : MARCH.until(),
        List.of(account),
        false);
  }

  private static Target aimed(String name) {
    return Examples.target(name).with(Optional.of(new Objective(0.999, Duration.ofDays(30))));
  }

  @Test
  void incidentsAreThoseThatTouchTheMonth() {
    MonthlyReport report = report(aimed("shop"));
    TargetAccount account = report.targets().getFirst();

    assertThat(account.lapses())
        .extracting(Lapse::id)
        .containsExactly("over-the-start", "inside", "open");
    assertThat(account.meanTimeToRepair(MARCH)).contains(Duration.ofHours(2));
    assertThat(account.meanTimeBetweenFailures(MARCH)).contains(account.up().dividedBy(2));
    assertThat(account.longest(LATER))
        .contains(Duration.between(Instant.parse("2026-03-31T23:30:00Z"), LATER));
    assertThat(account.isMet()).contains(false);
  }

  @Test
  void csvIsQuotedAndNeverAFormula() {
    String csv = ReportFormat.CSV.write(report(aimed("=HYPERLINK(1,2)")), Language.EN);
    String[] lines = csv.split("\r\n", -1);

    assertThat(lines).hasSize(3);
    assertThat(lines[0]).startsWith("month,zone,target,uptime_ratio,up_seconds");
    assertThat(lines[1])
        .startsWith("2026-03,UTC,\"'=HYPERLINK(1,2)\",0.99865591,")
        .contains(",3,", ",0.999,no,", "Up is UP and DEGRADED, down is DOWN.")
        .endsWith(",http,12345,0.012346,0.250000,2.500000,2026-03-29T00:00:00Z");
    assertThat(lines[2]).isEmpty();
  }

  @Test
  void jsonIsAnObjectALine() {
    List<JsonObject> lines =
        ReportFormat.JSON
            .write(report(Examples.target("shop")), Language.JA)
            .lines()
            .map(JsonObject::new)
            .toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().getJsonArray("method"))
        .hasSize(MonthlyReport.method(Say.in(Language.EN)).size());
    assertThat(lines.getFirst().getString("latencyFrom")).isEqualTo("2026-03-29T00:00:00Z");
    assertThat(lines.getFirst().getDouble("latencyError")).isEqualTo(0.01);
    JsonObject shop = lines.getLast();
    assertThat(shop.getDouble("downSeconds")).isEqualTo(3600);
    assertThat(shop.getValue("objective")).isNull();
    assertThat(shop.getJsonArray("incidents").getJsonObject(2).getValue("resolved")).isNull();
    assertThat(shop.getJsonArray("incidents").getJsonObject(1).getDouble("seconds"))
        .isEqualTo(3600);
    assertThat(shop.getJsonObject("latency"))
        .isEqualTo(
            new JsonObject()
                .put("check", "http")
                .put("looks", 12_345)
                .put("p50Ms", 12.346)
                .put("p95Ms", 250.0)
                .put("p99Ms", 2500.0));
  }

  /** What a parser of HTML finds: the elements in their order, and the text. */
  private static final class Seen extends HTMLEditorKit.ParserCallback {
    private final List<String> tags = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void handleStartTag(HTML.Tag tag, MutableAttributeSet attributes, int position) {
      tags.add(tag.toString());
    }

    @Override
    public void handleText(char[] data, int position) {
      text.append(data).append('\n');
    }
  }

  @Test
  void htmlStandsByItselfAndTakesNoTextForMarkup() throws Exception {
    String html = ReportFormat.HTML.write(report(aimed("https://e.com/?a=1&b=2#(x)")), Language.EN);
    Seen seen = new Seen();
    new ParserDelegator().parse(new StringReader(html), seen, true);

    assertThat(seen.tags).contains("html", "table", "caption", "h1", "h2", "li");
    assertThat(seen.tags).filteredOn("table"::equals).hasSize(3);
    assertThat(seen.text.toString())
        .contains("Availability in 2026-03", "99.86 %", "99.9 %: missed", "it goes on")
        .contains("https://e.com/?a=1&b=2#(x)", "MTBF is the time up divided")
        .contains("12.3 ms", "250 ms", "2500 ms", "Looks from 2026-03-29 00:00:00 +00:00");
    assertThat(html)
        .contains("?a=1&amp;b=2")
        .doesNotContain("<script", "<link", "<img", " src=", "url(", "@import", "javascript:");
  }

  @Test
  void inJapaneseItIsTheSameReport() {
    String html = ReportFormat.HTML.write(report(aimed("shop")), Language.JA);
    assertThat(html)
        .contains("<html lang=\"ja\">", "2026-03 の稼働状況", "99.9%: 未達", "継続中", "MTBF は")
        .doesNotContain("Availability", "Uptime", "it goes on", "How it is counted", "Target<");
  }

  @Test
  void withoutLooksThatAreKeptNoLatencyIsTold() {
    MonthlyReport report = report(aimed("shop"), Optional.empty());
    assertThat(ReportFormat.HTML.write(report, Language.EN))
        .contains("No looks of this month are kept any more.");
    List<JsonObject> lines =
        ReportFormat.JSON.write(report, Language.EN).lines().map(JsonObject::new).toList();
    assertThat(lines.getFirst().getValue("latencyFrom")).isNull();
    assertThat(lines.getLast().getValue("latency")).isNull();
    assertThat(ReportFormat.CSV.write(report, Language.EN)).endsWith(",,,,,,\r\n");
  }

  @Test
  void whatIsNoMonthIsRefused() {
    assertThatThrownBy(() -> Month.parse("2026-13", "UTC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-10");
    assertThatThrownBy(() -> Month.parse("2026-01", "Nowhere/Else"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Europe/Berlin");
  }
}
