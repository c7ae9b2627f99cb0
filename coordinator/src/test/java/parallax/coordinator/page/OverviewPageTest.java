package parallax.coordinator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.config.observation.Reason.HTTP_STATUS;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.policy.Receiver;
import parallax.config.problem.Problem;
import parallax.config.secret.Secret;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Told;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

final class OverviewPageTest {
  private final Shown shown = new Shown();
  private final OverviewPage page = new OverviewPage(new Frame(new Assets(), "1.2.3"));

  private static TargetView view(String name, TargetState state) {
    return new TargetView(
        Examples.target(name),
        Examples.verdict(name, state, Examples.NOON.minusSeconds(125)),
        List.of(),
        UptimeHistory.EMPTY.with(Examples.NOON.minusSeconds(125), state),
        Optional.empty());
  }

  private String html() {
    return page.render(shown.snapshot(), shown.configuration(), "", Optional.empty());
  }

  @Test
  void showsTheWorstFirstWithStateInWordsAndCause() {
    shown.show(
        List.of(
            view("a", TargetState.UP),
            view("b", TargetState.UNKNOWN),
            view("c", TargetState.DEGRADED),
            view("d", TargetState.DOWN)));
    String html = html();
    assertThat(html)
        .contains("<title>1 down, 1 degraded, 1 unknown, 1 up · Parallax</title>")
        .contains("<td class=\"state down\">DOWN</td>")
        .contains("TCP: connection refused")
        .contains("unconfirmed: seen from one place only")
        .contains("<time datetime=\"2026-03-01T11:57:55Z\">2026-03-01 11:57:55 UTC</time>")
        .contains("UTC</time> <span>(2m 5s)</span>")
        .contains("http-equiv=\"refresh\" content=\"10\"");
    assertThat(List.of(">d</a>", ">c</a>", ">b</a>", ">a</a>").stream().map(html::indexOf))
        .isSorted();
  }

  @Test
  void whatComesFromOutsideIsEscapedAndNothingRuns() {
    shown.show(
        List.of(
            view("https://e.com/?a=1&b=2", TargetState.DOWN)
                .withVerdict(Examples.verdict("shop", TargetState.DOWN, Examples.NOON))));
    shown.rejected(List.of(new Problem(Path.of("x.yaml"), 1, 2, "<script>alert(1)</script>")));
    assertThat(
            page.render(
                shown.snapshot(), shown.configuration(), "\"><script>alert()", Optional.empty()))
        .contains("127.0.0.1:8080 &lt;b&gt;&amp;&quot;quoted&quot;&lt;/b&gt;")
        .contains("x.yaml:1:2: &lt;script&gt;")
        .doesNotContain("<script>", "alert()", "style=\"", "onload");
  }

  @Test
  void openIncidentsComeFirstAndLeadToTheirNotebooks() {
    shown.show(List.of(view("shop", TargetState.DOWN)), List.of(Told.shared(), Told.ours()));
    String html = html();
    assertThat(html)
        .contains(
            "<a href=\"/incidents/shared\">shop and 1 more are not working: TCP: connect timeout,")
        .contains("from tokyo only · since <time", "2 targets")
        .doesNotContain("/incidents/ours");
    assertThat(html.indexOf("/incidents/shared")).isLessThan(html.indexOf("/targets?state=down"));
  }

  @Test
  void statesAreCountedAndTheFleetIsShown() {
    shown.show(List.of(view("a", TargetState.UP), view("b", TargetState.UP)));
    assertThat(html())
        .contains("<a class=\"state up\" href=\"/targets?state=up\">UP</a> <b>2</b>")
        .contains("<a class=\"state down\" href=\"/targets?state=down\">DOWN</a> <b>0</b>")
        .contains("<li class=\"up\"><a href=\"/probes#embedded\">embedded</a> <small>here, looks");
  }

  @Test
  void nothingOfThePageStandsInItButIsItsOwnFile() {
    Assets assets = new Assets();
    Matcher places = Pattern.compile("(?:href|src)=\"/assets/([^\"]+)\"").matcher(html());
    List<String> types = new ArrayList<>();
    while (places.find()) {
      types.add(assets.named(places.group(1)).orElseThrow().contentType());
    }
    assertThat(types)
        .containsExactlyInAnyOrder(
            "text/css; charset=utf-8", "text/javascript; charset=utf-8", "image/svg+xml");
    assertThat(html())
        .doesNotContain("<style", "style=", "javascript:")
        .doesNotMatch("(?s).*<script(?! defer src=).*");
    assertThat(Frame.POLICY).startsWith("default-src 'none'").doesNotContain("unsafe", "*", "http");
    assertThat(assets.named("page.css")).isEmpty();
  }

  @Test
  void tenThousandTargetsMakeAShortPage() {
    List<TargetView> views =
        new ArrayList<>(
            IntStream.range(0, 9_999)
                .mapToObj(i -> view("t%05d".formatted(i), TargetState.UP))
                .toList());
    views.add(view("zzz", TargetState.DOWN));
    shown.show(views);
    String html = html();
    assertThat(html.indexOf(">zzz</a>")).isPositive().isLessThan(html.indexOf(">t00000</a>"));
    assertThat(html).contains("and 9900 more targets").hasSizeLessThan(200_000);
  }

  @Test
  void anEmptyConfigurationIsSaidSo() {
    assertThat(html()).contains("No targets are configured.", "<title>no targets");
  }

  @Test
  void almostAllTheTimeIsNotShownAsAllTheTime() {
    TargetView view = view("a", TargetState.UP);
    shown.show(
        List.of(
            view.withUptime(
                UptimeHistory.EMPTY
                    .with(Examples.NOON.minusSeconds(86_400), TargetState.DOWN)
                    .with(Examples.NOON.minusSeconds(86_399), TargetState.UP))));
    assertThat(html()).contains("99.99 %").doesNotContain("100.00 %");
  }

  private static TargetView told(Verdict verdict) {
    TargetView view = view(verdict.target().value(), verdict.state()).withVerdict(verdict);
    for (int probe = 0; probe < 6; probe++) {
      Vote vote = verdict.votes().get(probe);
      Outcome outcome =
          vote.ballot() == Vote.Ballot.FINE ? Outcome.up() : Outcome.down(HTTP_STATUS, "<i>451");
      view =
          view.seeing(
              new Evidence(
                  Examples.observation(
                      vote.vantage(), "shop", vote.check(), outcome, Examples.NOON),
                  Examples.NOON));
    }
    return view;
  }

  @Test
  void showsTheStatePerRegionAndABlockAsWhatItIs() {
    shown.show(List.of(told(Told.blocked("shop"))));
    assertThat(html())
        .contains(
            "<span class=\"down\">tokyo DOWN</span> <span class=\"up\">lima UP</span>",
            "works, but is blocked in tokyo: HTTP 451, unavailable for legal reasons (2 probes)");
  }

  @Test
  void everyVerdictOpensToItsReasonsWithoutScripts() {
    shown.show(List.of(told(Told.blocked("shop")), view("up", TargetState.UP)));
    String html = html();
    assertThat(html)
        .contains("<details><summary>Why</summary>")
        .contains("<dt>Rule</dt><dd>http fails for 2 of 6 probes, 4 of 12 looks")
        .contains("<dd>region:tokyo: 2 of 2 probes</dd>")
        .contains("<dd>regional: 99.0 %</dd>")
        .contains("<dd>cdn:fastly: 2 of 9 targets that stand on it fail, gain 1.3</dd>")
        .contains("<dt>Would change it</dt><dd>failures in other regions too")
        .contains("<td class=\"c-weight\" data-label=\"Weight\">+5.5</td>")
        .contains("<a href=\"/?why=shop#shop\">Keep this open</a>")
        .doesNotContain("<details open>");
    assertThat(html.indexOf(">tokyo-0<")).isLessThan(html.indexOf(">lima-0<"));
    assertThat(page.render(shown.snapshot(), shown.configuration(), "shop", Optional.empty()))
        .containsOnlyOnce("<details open>");
  }

  @Test
  void upButSlowInOneRegionIsToldInTheRowOfTheTarget() {
    shown.show(List.of(told(Told.slow("shop"))));
    assertThat(html())
        .contains("<td class=\"state up\">UP</td>")
        .contains("up, but HTTP: slower than allowed, in tokyo only (2 of 6 probes)");
  }

  @Test
  void probesThatAbstainAreNamedWithTheReason() {
    Verdict verdict = Told.blocked("shop");
    Vote abstaining = Told.vote(3, CheckKind.HTTP, Told.LEGAL);
    List<Vote> votes = new ArrayList<>(verdict.votes());
    votes.set(3, abstaining(abstaining));
    shown.show(List.of(told(withVotes(verdict, votes))), List.of(Told.ours()));
    assertThat(html())
        .contains("<h2>Our own side</h2>")
        .contains("<li>probe:tokyo-1: fails where others succeed: 5 of 6 checks fail")
        .contains("<dt>Not counted</dt><dd>tokyo-1: fails where others succeed: 5 of 6 checks")
        .contains("; not counted</td>");
    shown.show(List.of(told(withVotes(verdict, votes))));
    assertThat(html())
        .contains("<dd>tokyo-1: not heard lately, or being doubted</dd>")
        .doesNotContain("Our own side");
  }

  private static Vote abstaining(Vote vote) {
    return new Vote(
        vote.id(),
        vote.vantage(),
        vote.check(),
        vote.layer(),
        vote.at(),
        Vote.Ballot.ABSTAINS,
        vote.finding(),
        0);
  }

  private static Verdict withVotes(Verdict verdict, List<Vote> votes) {
    return new Verdict(
        verdict.target(),
        verdict.state(),
        verdict.scope(),
        verdict.regions(),
        verdict.cause(),
        verdict.since(),
        verdict.confidence(),
        votes,
        verdict.why());
  }

  @Test
  void receiversAtWhichNothingArrivesAreTroubleOfOurOwn() {
    shown.show(List.of(view("a", TargetState.UP)));
    Receiver chat = new Receiver.Webhook("chat", Secret.of("https://hooks.example.com/"));
    shown.tells(List.of(chat), new TreeMap<>());
    assertThat(html()).doesNotContain("Our own side");
    shown.tells(List.of(chat), new TreeMap<>(Map.of("chat", Examples.NOON)));
    assertThat(html())
        .contains("<h2>Our own side</h2>")
        .contains("<li>receiver chat: nothing arrives there of what was to be told since ");
  }

  @Test
  void whatBrokeIsToldInOneLineAndItsTimesAsTimes() {
    Incident plain = Told.shared();
    String detail = "192.0.2.0/24 (a.ns.example.com 192.0.2.1), ".repeat(9);
    Incident wordy =
        Judged.incident(
            "wordy",
            plain.targets(),
            plain.scope(),
            new Cause(
                plain.cause().layer(), new Finding(Reason.ROUTE_WITHDRAWN, detail), "asn:64500"),
            plain.onset(),
            plain.opened(),
            List.of(Examples.evidence("shop", Examples.REFUSED, Examples.NOON)));
    assertThat(OpenIncidents.sentence(wordy, Say.in(Language.EN)))
        .hasSizeLessThan(140)
        .startsWith("shop and 1 more are not working: TCP: routes withdrawn: 192.0.2.0/24")
        .endsWith(" …, through asn:64500");
    assertThat(Html.dated("<b>; since 2026-03-01T12:00:00.123Z; not 2026-99-01T12:00:00Z"))
        .isEqualTo(
            "&lt;b&gt;; since <time datetime=\"2026-03-01T12:00:00Z\">2026-03-01 12:00:00 UTC"
                + "</time>; not 2026-99-01T12:00:00Z");
  }
}
