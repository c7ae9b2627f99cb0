package parallax.probe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.PartsSeen;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.WebApp;
import parallax.probe.fixture.WebApp.Said;
import parallax.probe.fixture.Written;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;

/** A page of a small application, as YAML says it. */
class PageCheckTest {
  private final WebApp app = new WebApp();
  private final WebApp cdn = new WebApp("127.0.0.2");
  private LoopbackProbe probe;

  @BeforeEach
  void start() {
    probe = LoopbackProbe.ofOperator(Map.of());
    app.at("/app.js", "text/javascript", "run()")
        .at("/late.js", "text/javascript", "later()")
        .at("/main.css", "text/css", "@import 'more.css'; a { background: url(a.png) }")
        .at("/more.css", "text/css", "@font-face { src: url('/f.woff2') } /* url(never.png) */")
        .at("/a.png", "image/png", "png")
        .at("/b.png", "image/png", "png")
        .at("/f.woff2", "font/woff2", "font");
    page(
        """
        <link rel="stylesheet" href="main.css"><script src="/app.js"></script>
        <script async src="late.js"></script><link rel=icon href=/b.png>
        <img src="a.png" srcset="a.png 1x, b.png 2x"><img src="data:image/png;base64,AA">
        """);
  }

  @AfterEach
  void stop() {
    probe.close();
    app.close();
    cdn.close();
  }

  private void page(String head) {
    app.at("/", "text/html; charset=utf-8", "<!doctype html><title>Shop</title>" + head);
  }

  private CheckResult run(String block) {
    return run(probe, block);
  }

  private CheckResult run(LoopbackProbe by, String block) {
    return by.run(
        Written.check(
            "targets:\n  - {name: shop, url: \"" + app.url() + "/\", page: {" + block + "}}\n"));
  }

  private static Finding why(CheckResult result) {
    return result.outcome().why().orElseThrow();
  }

  private static PartsSeen parts(CheckResult result) {
    return result.facts().parts().orElseThrow();
  }

  @Test
  void fetchesAllThatAPageAndItsStylesLoadOnce() {
    CheckResult result = run("");

    assertThat(result.outcome()).isEqualTo(new Outcome.Up());
    assertThat(app.asked())
        .containsExactlyInAnyOrder(
            "GET /",
            "GET /main.css",
            "GET /app.js",
            "GET /late.js",
            "GET /b.png",
            "GET /a.png",
            "GET /more.css",
            "GET /f.woff2");
    assertThat(parts(result).parts()).hasSize(8).allMatch(part -> part.fault().isEmpty());
    assertThat(parts(result).parts().getFirst().name()).isEqualTo("page");
    long bytes = parts(result).parts().stream().mapToLong(part -> part.bytes().orElse(0L)).sum();
    assertThat(result.facts().bodyBytes()).contains(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "/app.js,   Down,     script",
    "/main.css, Down,     style",
    "/more.css, Down,     style",
    "/late.js,  Degraded, script",
    "/a.png,    Degraded, image",
    "/f.woff2,  Degraded, font"
  })
  void whatThePageWaitsForMakesItDownAndAllElseDegraded(String path, String outcome, String kind) {
    app.at(path, _ -> Said.status(503));
    CheckResult result = run("");

    assertThat(result.outcome().getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(why(result))
        .isEqualTo(
            new Finding(
                Reason.PAGE_RESOURCE_FAILED,
                kind
                    + " "
                    + app.url()
                    + path
                    + ": unexpected status: 503 Service Unavailable, expected 200-299"));
  }

  @Test
  void theWeightsAreTheConfigurations() {
    app.at("/app.js", _ -> Said.status(404));
    app.at("/a.png", _ -> Said.status(404));
    assertThat(run("blocking: degraded").outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(run("blocking: ignore, others: ignore").outcome()).isEqualTo(new Outcome.Up());
    CheckResult down = run("blocking: ignore, others: down");
    assertThat(down.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(why(down).detail()).contains("/a.png");
    assertThat(why(run("others: down")).detail()).contains("/app.js (2 of 7 fail)");
  }

  @Test
  void aHashThatDoesNotMatchIsAFault() throws Exception {
    String right =
        "sha384-"
            + Base64.getEncoder()
                .encodeToString(
                    MessageDigest.getInstance("SHA-384")
                        .digest("run()".getBytes(StandardCharsets.UTF_8)));
    page("<script src=/app.js integrity='sha256-AAAA " + right + "'></script>");
    assertThat(run("").outcome()).isEqualTo(new Outcome.Up());

    app.at("/app.js", "text/javascript", "run(); steal()");
    CheckResult changed = run("");
    assertThat(changed.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(why(changed).reason()).isEqualTo(Reason.PAGE_INTEGRITY);
    assertThat(why(changed).detail()).contains("/app.js: has sha384-");
  }

  @ParameterizedTest
  @CsvSource({
    "/app.js,   text/html, Down",
    "/main.css, text/html, Down",
    "/main.css, text/plain, Down",
    "/a.png,    text/html, Degraded",
    "/app.js,   text/plain, Up"
  })
  void aPageInPlaceOfAScriptIsNone(String path, String type, String outcome) {
    app.at(path, type, "<h1>Sorry</h1>");
    CheckResult result = run("");
    assertThat(result.outcome().getClass().getSimpleName()).isEqualTo(outcome);
    result
        .outcome()
        .why()
        .ifPresent(why -> assertThat(why.reason()).isEqualTo(Reason.PAGE_RESOURCE_TYPE));
  }

  @Test
  void thePageItselfComesFirst() {
    app.at("/", _ -> Said.status(500));
    CheckResult result = run("");
    assertThat(why(result).reason()).isEqualTo(Reason.HTTP_STATUS);
    assertThat(app.asked()).containsExactly("GET /");

    app.at("/", "application/json", "{}");
    assertThat(why(run("")).reason()).isEqualTo(Reason.PAGE_NOT_HTML);
  }

  @Test
  void countsWhatIsBeyondItsBoundsAndDoesNotFetchIt() {
    StringBuilder images = new StringBuilder();
    for (int number = 0; number < 500; number++) {
      images.append("<img src=/many/").append(number).append(".png>");
      app.at("/many/" + number + ".png", "image/png", "x".repeat(1_000));
    }
    page(images.toString());
    CheckResult few = run("resources: 20");
    assertThat(app.asked()).hasSize(21);
    assertThat(parts(few).parts().size() + parts(few).more()).isEqualTo(501);

    int before = app.asked().size();
    CheckResult bytes = run("resources: 300, bytes: 30KiB");
    assertThat(bytes.outcome()).isEqualTo(new Outcome.Up());
    // The page itself has 12 kB; what is under way when the limit is reached is finished.
    assertThat(app.asked().size() - before).isBetween(18, 20 + PageLoad.AT_ONCE);
  }

  @Test
  void neverAsksForMoreThanAFewAtOnce() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(PageLoad.AT_ONCE);
    StringBuilder images = new StringBuilder();
    for (int number = 0; number < 30; number++) {
      images.append("<img src=/slow/").append(number).append(">");
      app.at(
          "/slow/" + number,
          _ -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            full.countDown();
            try {
              full.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            now.decrementAndGet();
            return Said.of("image/png", "x");
          });
    }
    page(images.toString());
    assertThat(run("").outcome()).isEqualTo(new Outcome.Up());
    assertThat(most.get()).isEqualTo(PageLoad.AT_ONCE);
  }

  @Test
  void othersAreLeftAloneWhereOnlyThePagesOwnHostIsMeant() {
    cdn.at("/x.js", _ -> Said.status(404));
    page("<script src=" + cdn.url() + "/x.js></script><script src=/app.js></script>");
    assertThat(run("hosts: same").outcome()).isEqualTo(new Outcome.Up());
    assertThat(cdn.asked()).isEmpty();
    assertThat(run("").outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(cdn.asked()).containsExactly("GET /x.js");
  }

  @Test
  void aPageDoesNotLeadTheProbeWhereTheMachineForbids() {
    page("<script src=" + cdn.url() + "/x.js></script>");
    NetworkPolicy policy = NetworkPolicy.forProbe(List.of(Cidr.parse("127.0.0.1/32")), List.of());
    try (LoopbackProbe strict = new LoopbackProbe(policy, Map.of(), ipv6 -> true)) {
      assertThat(why(run(strict, "")).detail()).contains("redirect to a forbidden address");
      assertThat(cdn.asked()).isEmpty();
    }
  }

  @Test
  void aStyleThatImportsItselfAndOthersWithoutEndComesToAnEnd() {
    app.at(
        "/main.css",
        request ->
            Said.of("text/css", "@import url(main.css?" + System.identityHashCode(request) + ");"));
    CheckResult result = run("timeout: 10s");
    assertThat(result.outcome()).isEqualTo(new Outcome.Up());
    assertThat(app.asked().stream().filter(asked -> asked.contains("main.css")).count())
        .isBetween(2L, PageLoad.MAX_DEPTH + 1L);
  }

  @Test
  void hostilePagesAreReadWithinTheirBounds() {
    page("<div>".repeat(150_000) + "<img src=/a.png srcset='" + ",a ".repeat(40_000) + "'>");
    assertThat(run("others: ignore, resources: 5").outcome()).isEqualTo(new Outcome.Up());
    page(
        "<img src='//[::bad/x'><img src='http://a:b@127.0.0.1/'><img src='\u202E'>"
            + "<img src='/\u202Eevil\u0007.png?token=geheim'>");
    CheckResult result = run("");
    assertThat(why(result).detail()).doesNotContain("\u202E", "\u0007", "geheim");
  }

  @Test
  void whatTakesTooLongIsAFaultOfItsOwn() {
    CountDownLatch over = new CountDownLatch(1);
    app.at(
        "/late.js",
        _ -> {
          try {
            over.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Said.status(200);
        });
    CheckResult result = run("timeout: 1s");
    over.countDown();
    assertThat(result.outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(why(result).detail()).contains("/late.js: no response in time");
  }
}
