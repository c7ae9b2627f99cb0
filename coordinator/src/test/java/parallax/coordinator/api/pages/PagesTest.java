package parallax.coordinator.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.page.Frame;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Told;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

final class PagesTest {
  private static final String URL_NAME = "https://example.com/a//b?x=1&y=%20";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicLong nanos = new AtomicLong();
  private FaultyStore store;
  private ApiServer server;
  private WebClient web;

  @BeforeEach
  void start() {
    store = new FaultyStore(SqliteStore.open(folder));
    shown.show(
        List.of(
            view("shop", TargetState.DOWN),
            view("wiki", TargetState.UP),
            view(URL_NAME, TargetState.UP)));
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown,
                store,
                page,
                // Every question is later than the one before.
                () -> nanos.addAndGet(Duration.ofSeconds(1).toNanos()),
                InstantSource.fixed(Examples.NOON)));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private static TargetView view(String name, TargetState state) {
    Outcome outcome = state == TargetState.DOWN ? Examples.REFUSED : Outcome.up();
    return new TargetView(
            Examples.target(name),
            Examples.verdict(name, state, Examples.NOON.minusSeconds(60)),
            List.of(),
            UptimeHistory.EMPTY.with(Examples.NOON.minusSeconds(60), state),
            Optional.empty())
        .seeing(Examples.evidence(name, outcome, Examples.NOON));
  }

  private String page(String path) {
    HttpResponse<String> response = web.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/targets",
        "/targets/shop",
        "/incidents",
        "/regions",
        "/probes",
        "/silences",
        "/configuration",
        "/routes",
        "/calendar",
        "/objectives",
        "/audit"
      })
  void everyPageHasTheFrameAndThePolicy(String path) {
    HttpResponse<String> response = web.get(path);
    assertThat(response.headers().firstValue("Content-Security-Policy")).contains(Frame.POLICY);
    assertThat(response.body())
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .containsOnlyOnce("<main id=\"main\"")
        .containsOnlyOnce("<h1>")
        .contains("<a class=\"skip\" href=\"#main\">")
        .contains("aria-current=\"page\"")
        .doesNotContain("<style", " style=");
  }

  @Test
  void theCalendarCanBeSubscribedTo() {
    HttpResponse<String> response = web.get("/calendar.ics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/calendar; charset=utf-8");
    assertThat(response.body())
        .startsWith("BEGIN:VCALENDAR\r\n")
        .contains("SUMMARY:Certificate of 127.0.0.1 ends");
  }

  @Test
  void aPartThatIsNoNumberIsRefused() {
    for (String path :
        List.of("/reports/2026-13", "/reports/2026-01?zone=x", "/reports/2026-01?format=pdf")) {
      assertThat(web.get(path).statusCode()).as(path).isEqualTo(400);
    }
    for (String path : List.of("/calendar?page=x", "/routes?page=-1", "/routes?page=1001")) {
      assertThat(web.get(path).statusCode()).as(path).isEqualTo(400);
    }
    assertThat(web.get("/audit?after=nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void whatWasDoneIsFoundByWhoAndWhatAndVerified() {
    for (int number = 1; number <= 120; number++) {
      String who = number == 7 ? "alice" : "coordinator";
      store.audit(new AuditEntry(who, "silence", "number " + number), Examples.NOON);
    }
    String newest = page("/audit");
    assertThat(newest)
        .contains("number 120<", "number 21<", "unbroken</span>: 120 rows", "Older</a>")
        .doesNotContain("number 20<");
    Matcher older = Pattern.compile("href=\"(/audit\\?after=[^\"]+)\"").matcher(newest);
    assertThat(older.find()).isTrue();
    assertThat(page(older.group(1)))
        .contains("number 20<", "number 1<")
        .doesNotContain("Older</a>");
    assertThat(page("/audit?who=ALICE")).contains("number 7<").doesNotContain("number 8<");
    assertThat(page("/audit?what=number%2012"))
        .contains("number 12<", "number 120<")
        .doesNotContain("number 13<");
    assertThat(page("/audit?who=nobody")).contains("Nothing of that is on record");
  }

  @Test
  void styleAndScriptMayBeKeptForEver() {
    Matcher places = Pattern.compile("\"(/assets/[^\"]+)\"").matcher(page("/"));
    int found = 0;
    while (places.find()) {
      HttpResponse<String> asset = web.get(places.group(1));
      assertThat(asset.statusCode()).isEqualTo(200);
      assertThat(asset.headers().firstValue("Cache-Control").orElseThrow())
          .contains("immutable", "max-age=31536000");
      found++;
    }
    assertThat(found).isEqualTo(3);
    assertThat(web.get("/assets/page.0000.css").statusCode()).isEqualTo(404);
    assertThat(web.get("/assets/..%2f..%2fopenapi.yaml").statusCode()).isEqualTo(404);
  }

  @Test
  void pagesAreCompressedForWhoeverWantsThat() throws IOException {
    HttpResponse<byte[]> zipped = web.bytes("/", "Accept-Encoding", "gzip, br");
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).contains("</html>");
    }
    assertThat(web.get("/", "Accept-Encoding", "gzip;q=0").body()).contains("</html>");
    Matcher script = Pattern.compile("src=\"([^\"]+)\"").matcher(page("/"));
    assertThat(script.find()).isTrue();
    HttpResponse<byte[]> small = web.bytes(script.group(1), "Accept-Encoding", "gzip");
    assertThat(small.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(small.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(small.body().length).isLessThan(web.bytes(script.group(1)).body().length / 2);
  }

  @Test
  void targetsAreFoundByNameUrlStateAndLabel() {
    assertThat(page("/targets?q=SHO")).contains(">shop</a>", "1 of 3").doesNotContain(">wiki</a>");
    assertThat(page("/targets?q=127.0.0.1")).contains("3 of 3");
    assertThat(page("/targets?state=down")).contains(">shop</a>").doesNotContain(">wiki</a>");
    assertThat(page("/targets?label=team:web")).contains("3 of 3");
    assertThat(page("/targets?label=team")).contains("3 of 3");
    assertThat(page("/targets?label=team:ops")).contains("0 of 3", "No target is like that");
    assertThat(page("/targets?q=%22%3E%3Cscript%3E"))
        .contains("value=\"&quot;&gt;&lt;script&gt;\"");
    assertThat(web.get("/targets?state=purple").statusCode()).isEqualTo(400);
    assertThat(web.get("/targets?after=%20").statusCode()).isEqualTo(400);
  }

  @Test
  void tenThousandTargetsComeInPages() {
    shown.show(
        IntStream.range(0, 10_000)
            .mapToObj(
                i -> view("t%05d".formatted(i), i % 7 == 0 ? TargetState.DOWN : TargetState.UP))
            .toList());
    String place = "/targets?state=down";
    List<String> names = new ArrayList<>();
    while (!place.isEmpty()) {
      String html = page(place);
      assertThat(html.length()).isLessThan(200_000);
      Matcher rows = Pattern.compile("<tr><td><a href=\"/targets/(t\\d+)\"").matcher(html);
      rows.results().forEach(row -> names.add(row.group(1)));
      Matcher next = Pattern.compile("href=\"(/targets\\?[^\"]*after=[^\"&]*)\"").matcher(html);
      place = next.find() ? next.group(1).replace("&amp;", "&") : "";
    }
    assertThat(names).hasSize(1429).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aTargetShowsHowItWasAndFromWhere() {
    store.record(
        store.takeOver(),
        List.of(
            new Effect.VerdictChanged(
                Examples.verdict("shop", TargetState.UP, Examples.NOON.minusSeconds(7_200)))),
        Examples.NOON.minusSeconds(7_200));
    store.append(
        List.of(
            Examples.evidence("shop", Outcome.up(), Examples.NOON.minusSeconds(7_000)),
            Examples.evidence("shop", Examples.REFUSED, Examples.NOON.minusSeconds(100))));
    String html = page("/targets/shop");
    assertThat(html)
        .contains("<h1>shop</h1>", "<span class=\"state down\">DOWN</span>")
        .contains("<title>UP from 2026-03-01 10:00:00 UTC, it lasts</title>")
        .contains("aria-label=\"here: times of trouble: 1, at last DOWN\"")
        .contains("DNS 2.0 ms · connect 3.5 ms")
        .contains("<dt>Certificate ends</dt><dd><time datetime=\"2027-01-01T00:00:00Z\">")
        .contains("issued by Test CA")
        .contains("/api/v1/observations?target=shop")
        .contains("<dt>Rule</dt><dd>one look decides</dd>");
    assertThat(page("/targets/shop?window=7d")).contains("window=7d\" aria-current=\"true\"");
    assertThat(web.get("/targets/shop?window=1y").statusCode()).isEqualTo(400);
  }

  @Test
  void aTargetThatIsNamedByItsUrlIsFoundByTheLinkToIt() {
    Matcher link = Pattern.compile("href=\"(/targets/https[^\"]+)\"").matcher(page("/"));
    assertThat(link.find()).isTrue();
    assertThat(page(link.group(1))).contains("<h1>https://example.com/a//b?x=1&amp;y=%20</h1>");
    HttpResponse<String> nothing = web.get("/targets/none");
    assertThat(nothing.statusCode()).isEqualTo(404);
    assertThat(nothing.body()).contains("No target of this name", "</html>");
  }

  @Test
  void withoutTheRecordATargetIsStillShown() {
    store.fail(true);
    assertThat(page("/targets/shop"))
        .contains("The durable record cannot be read now", "<h2 id=\"phases\">");
  }

  @Test
  void anIncidentIsANotebook() {
    Incident incident = Told.shared();
    store.record(
        store.takeOver(),
        List.of(
            new Effect.IncidentChanged(incident),
            new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, List.of("chat")))),
        Examples.NOON);
    store.note(incident.id(), "kim", new Happening.Acknowledged("on it"), Examples.NOON);
    store.note(incident.id(), "kim", new Happening.Note("looked at\nthe switch"), Examples.NOON);
    assertThat(page("/incidents"))
        .contains("Open: 1", "<a href=\"/incidents/shared\">shop and 1 more are not working");
    assertThat(page("/incidents/shared"))
        .contains("<h1>shop and 1 more are not working: TCP: connect timeout, through asn:64500")
        .contains("<p class=\"state down\">OPEN</p>", "kim, since", "on it")
        .contains("<a href=\"/targets/shop\">shop</a> <span class=\"state down\">DOWN</span>")
        .contains("Not hit though they stand on the same: db")
        .contains("kim: <span class=\"text\">looked at\nthe switch</span>")
        .contains("<td class=\"c-receiver\" data-label=\"Receiver\">chat</td>")
        .contains("on its way, attempts: 0")
        .contains("/api/v1/incidents/shared/export?format=md", "/shared/acknowledge'</pre>");
    HttpResponse<String> nothing = web.get("/incidents/none");
    assertThat(nothing.statusCode()).isEqualTo(404);
    assertThat(nothing.body()).contains("There is no incident of this id");
  }

  @Test
  void anIncidentHasAPictureOnItsPageAndAsAFile() {
    Incident incident = Told.shared();
    store.record(store.takeOver(), List.of(new Effect.IncidentChanged(incident)), Examples.NOON);
    assertThat(page("/incidents/shared"))
        .containsOnlyOnce("<figure class=\"picture\"")
        .contains("Verdict: shop", "/incidents/shared/timeline.png");
    HttpResponse<String> svg = web.get("/incidents/shared/timeline.svg");
    assertThat(svg.statusCode()).isEqualTo(200);
    assertThat(svg.headers().firstValue("Content-Type")).contains("image/svg+xml");
    assertThat(svg.body()).startsWith("<svg xmlns=").contains("First sign");
    HttpResponse<byte[]> png = web.bytes("/incidents/shared/timeline.png");
    assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(png.body()).startsWith((byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G');
    assertThat(web.get("/incidents/none/timeline.svg").statusCode()).isEqualTo(404);
    store.fail(true);
    assertThat(web.get("/incidents/shared/timeline.svg").statusCode()).isEqualTo(503);
  }

  @Test
  void pastIncidentsComeInPages() {
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Incident open =
          Judged.incident(
              "i%02d".formatted(i),
              List.of(new TargetName("shop")),
              Scope.GLOBAL,
              Examples.cause(),
              Examples.NOON.minusSeconds(1000 - i),
              Examples.NOON.minusSeconds(900 - i),
              List.of(Examples.evidence("shop", Examples.REFUSED, Examples.NOON)));
      effects.add(new Effect.IncidentChanged(Judged.resolved(open, Examples.NOON)));
    }
    store.record(store.takeOver(), effects, Examples.NOON);
    String first = page("/incidents");
    Matcher next = Pattern.compile("href=\"(/incidents\\?after=[^\"]+)\"").matcher(first);
    assertThat(next.find()).isTrue();
    String second = page(next.group(1));
    assertThat(first).contains("/incidents/i59\"").doesNotContain("/incidents/i05\"");
    assertThat(second)
        .contains("/incidents/i05\"")
        .doesNotContain("/incidents/i59\"", "Older ones");
    assertThat(web.get("/incidents?after=!!").statusCode()).isEqualTo(400);
    assertThat(page("/targets/shop")).contains("/incidents/i59\"");
  }

  @Test
  void theFleetAndWhatKeepsPeopleFromBeingTold() {
    shown.connected(Examples.connection("tokyo-1", ProbeConnection.State.HELD_BACK));
    store.silence(
        Silence.made(
            new Silence.Wish(
                List.of(new LabelMatcher.OneOf("team", List.of("web", "ops"))),
                Examples.NOON.minusSeconds(60),
                Examples.NOON.plusSeconds(60),
                "moving"),
            "kim",
            Examples.NOON));
    assertThat(page("/probes"))
        .contains("<tr id=\"tokyo-1\">", "tokyo, AS64500", "1.25 s behind, ± 0.04 s")
        .contains("12 looks, 9 dropped", "Parallax/1.2.3, held back at c2; leaves out: 1");
    assertThat(page("/silences")).contains("in force", "team: web or ops", "moving", "kim");
    assertThat(page("/regions"))
        .contains("<th scope=\"row\">here</th>", "1 DOWN</span>", "2 UP</span>");
    assertThat(page("/configuration")).contains("<dt>Revision</dt><dd>abc123</dd>");
  }
}
