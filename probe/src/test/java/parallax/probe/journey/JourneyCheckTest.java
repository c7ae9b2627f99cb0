package parallax.probe.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.PartsSeen.Part;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.WebApp;
import parallax.probe.fixture.WebApp.Said;
import parallax.probe.fixture.Written;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;

/** Journeys through a small application with a login, as YAML says them. */
class JourneyCheckTest {
  private static final String TOKEN = "t0p/s3cret+\"&<'=é";

  private final WebApp app = new WebApp();
  private final WebApp other = new WebApp("127.0.0.2");
  private LoopbackProbe probe;

  @BeforeEach
  void start() {
    probe =
        LoopbackProbe.ofOperator(
            Map.of(
                "shop.test", List.of("127.0.0.1"),
                "www.shop.test", List.of("127.0.0.1"),
                "cdn.test", List.of("127.0.0.2")));
    app.at(
        "/login",
        request ->
            request.body().contains("\"user\": \"ann\"")
                ? new Said(
                    200,
                    Map.of(
                        "Content-Type", List.of("application/json"),
                        "X-Next", List.of("/area/me?id=7"),
                        "Set-Cookie",
                            List.of("sid=c00kie-5; Path=/; HttpOnly", "old=x; Max-Age=0")),
                    ("{\"n\": 42, \"a\": {\"token\": " + "\"t0p/s3cret+\\\"&<'=é\"}}"))
                : Said.status(403));
    app.at("/me", request -> me(request.header("Authorization"), request.header("Cookie")));
    app.at("/area/me", request -> me("Bearer " + TOKEN, request.header("Cookie")));
  }

  private static Said me(String authorization, String cookie) {
    // The JDK's server reads header bytes as ISO 8859-1.
    boolean fine = authorization.startsWith("Bearer t0p/") && cookie.equals("sid=c00kie-5");
    return fine ? Said.of("text/html", "<p csrf='abc-1'>Ann</p>") : Said.status(401);
  }

  @AfterEach
  void stop() {
    probe.close();
    app.close();
    other.close();
  }

  private CheckResult run(String steps) {
    return run(probe, steps);
  }

  private CheckResult run(LoopbackProbe by, String steps) {
    return by.run(
        Written.check(
            "targets:\n  - name: j\n    timeout: 5s\n    steps:\n"
                + steps.indent(6).replace("APP", app.url()).replace("OTHER", other.url())));
  }

  private static Finding why(CheckResult result) {
    return result.outcome().why().orElseThrow();
  }

  private static final String LOGIN =
      """
      - url: APP/login
        name: log in
        method: POST
        headers: {Content-Type: application/json}
        body: '{"user": "ann"}'
        capture: {token: "$.a.token", n: "$.n"}
      """;

  @Test
  void carriesCookiesAndCapturedValuesFromStepToStep() {
    CheckResult result =
        run(
            LOGIN
                + """
                - {url: APP/me, headers: {Authorization: "Bearer ${token}"}, expect: {body: {contains: Ann}}}
                """);

    assertThat(result.outcome()).isEqualTo(new Outcome.Up());
    List<Part> parts = result.facts().parts().orElseThrow().parts();
    assertThat(parts).extracting(Part::name).containsExactly("step 1 (log in)", "step 2");
    assertThat(parts).allMatch(part -> part.status().equals(java.util.Optional.of(200)));
    assertThat(parts.get(1).start()).isGreaterThanOrEqualTo(parts.get(0).spent().total());
    assertThat(result.timings().total())
        .isEqualTo(parts.get(0).spent().total().plus(parts.get(1).spent().total()));
    assertThat(result.toString()).doesNotContain(TOKEN, "c00kie");
  }

  @Test
  void namesTheStepThatFails() {
    CheckResult result = run(LOGIN + "- {url: APP/me, name: me}\n- {url: APP/never}\n");

    assertThat(why(result).reason()).isEqualTo(Reason.HTTP_STATUS);
    assertThat(why(result).detail()).startsWith("step 2 (me): 401");
    assertThat(app.asked()).containsExactly("POST /login", "GET /me");
  }

  @Test
  void putsValuesInAsEachPlaceNeedsThem() {
    app.at("/take/" + "t0p%2Fs3cret%2B%22%26%3C%27%3D%C3%A9", _ -> Said.status(500));
    List<String> bodies = new java.util.concurrent.CopyOnWriteArrayList<>();
    app.at(
        "/take",
        request -> {
          bodies.add(request.body());
          return Said.status(200);
        });
    CheckResult result =
        run(
            LOGIN
                + """
                - {url: "APP/take?q=${token}&n=${n}"}
                - {url: APP/take, method: POST, body: '{"a": "${token}", "n": ${n}}'}
                - {url: APP/take, method: POST, headers: {Content-Type: application/x-www-form-urlencoded}, body: "a=${token}"}
                - {url: APP/take, method: POST, headers: {Content-Type: text/xml}, body: "<a b='${token}'/>"}
                - {url: APP/take, method: POST, headers: {Content-Type: text/plain}, body: "${token} $${n}"}
                """);

    assertThat(result.outcome()).isEqualTo(new Outcome.Up());
    assertThat(app.asked()).contains("GET /take?q=t0p%2Fs3cret%2B%22%26%3C%27%3D%C3%A9&n=42");
    assertThat(bodies.get(1)).isEqualTo("{\"a\": \"t0p/s3cret+\\\"&<'=é\", \"n\": 42}");
    assertThat(URLDecoder.decode(bodies.get(2), StandardCharsets.UTF_8)).isEqualTo("a=" + TOKEN);
    assertThat(bodies.get(2)).doesNotContain("&", "+\"");
    assertThat(bodies.get(3)).isEqualTo("<a b='t0p/s3cret+&quot;&amp;&lt;&apos;=é'/>");
    assertThat(bodies.get(4)).isEqualTo(TOKEN + " ${n}");
  }

  @Test
  void takesValuesFromHeadersCookiesAndBodies() {
    app.at(
        "/check",
        request -> Said.status(request.target().equals("/check?7&c00kie&abc-1&t0p") ? 200 : 418));
    CheckResult result =
        run(
            LOGIN.replace(
                    "n: \"$.n\"",
                    "id: {header: X-Next, match: 'id=([0-9]+)'}, sid: {cookie: sid, match:"
                        + " '[a-z0-9]+'}, start: {json: '$.a.token', match: '^...'}")
                + """
                - {url: APP/me, headers: {Authorization: "Bearer ${token}"}, capture: {csrf: {body: "csrf='([^']+)"}}}
                - {url: "APP/check?${id}&${sid}&${csrf}&${start}"}
                """);

    assertThat(result.outcome()).isEqualTo(new Outcome.Up());
  }

  @ParameterizedTest
  @ValueSource(strings = {"$.b", "{header: x-none}", "{cookie: old}", "{body: 'never[0-9]'}"})
  void aValueThatIsNotThereFailsItsStep(String source) {
    CheckResult result = run(LOGIN.replace("\"$.n\"", source) + "- {url: \"APP/me?${n}\"}\n");

    assertThat(why(result).reason()).isEqualTo(Reason.CAPTURE_MISSING);
    assertThat(why(result).detail()).startsWith("step 1 (log in): n: no");
    assertThat(app.asked()).hasSize(1);
  }

  @Test
  void goesWhereAnAnswerLeadsButOnlyToHostsThatAreNamed() {
    String follow = "- {url: \"${next}\"}\n";
    String login = LOGIN.replace("\"$.n\"", "\"$.n\", next: {header: x-next}");
    assertThat(run(login + follow).outcome()).isEqualTo(new Outcome.Up());

    app.at(
        "/lead",
        request ->
            new Said(
                200, Map.of("X-To", List.of(request.target().substring("/lead?".length()))), ""));
    other.at("/", "text/plain", "hello");
    String lead =
        "- {url: \"APP/lead?%s\", capture: {next: {header: x-to}}}\n- {url: \"${next}\"%s}\n";

    CheckResult forbidden = run(lead.formatted("OTHER/", ""));
    assertThat(why(forbidden).reason()).isEqualTo(Reason.STEP_URL_FORBIDDEN);
    assertThat(why(forbidden).detail()).doesNotContain("127.0.0.2");
    assertThat(other.asked()).isEmpty();

    String allowed = ", hosts: \"127.0.0.2:" + other.port() + "\"";
    assertThat(run(lead.formatted("OTHER/", allowed)).outcome()).isEqualTo(new Outcome.Up());
    assertThat(why(run(lead.formatted("file:///etc/passwd", ""))).reason())
        .isEqualTo(Reason.CAPTURE_UNUSABLE);
    // The right host at another port is another server.
    assertThat(why(run(lead.formatted("http://127.0.0.1:1/", ""))).reason())
        .isEqualTo(Reason.STEP_URL_FORBIDDEN);
  }

  @Test
  void neitherAnAllowedHostNorARedirectLeadsWhereTheMachineForbids() {
    other.at("/", "text/plain", "inside");
    app.at("/redirect", _ -> new Said(302, Map.of("Location", List.of(other.url() + "/")), ""));
    app.at("/lead", _ -> new Said(200, Map.of("X-To", List.of(other.url() + "/")), ""));
    NetworkPolicy policy = NetworkPolicy.forProbe(List.of(Cidr.parse("127.0.0.1/32")), List.of());
    try (LoopbackProbe strict = new LoopbackProbe(policy, Map.of(), ipv6 -> true)) {
      CheckResult redirected = run(strict, "- {url: APP/lead}\n- {url: APP/redirect}\n");
      assertThat(why(redirected).reason()).isEqualTo(Reason.HTTP_REDIRECT_FORBIDDEN);
      CheckResult led =
          run(
              strict,
              "- {url: APP/lead, capture: {next: {header: x-to}}}\n"
                  + "- {url: \"${next}\", hosts: \"127.0.0.2:"
                  + other.port()
                  + "\"}\n");
      assertThat(why(led).reason()).isEqualTo(Reason.HTTP_REDIRECT_FORBIDDEN);
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void neverTellsWhatWasCapturedNotEvenInPart() {
    String secret = "hunter2-" + "0123456789".repeat(40);
    app.at("/token", _ -> Said.of("application/json", "{\"t\": \"" + secret + "\"}"));
    app.at("/echo", request -> new Said(200, Map.of("X-Echo", List.of(request.header("X-T"))), ""));
    app.at("/json", request -> Said.of("application/json", "{\"t\": \"" + secret + "\"}"));
    String token = "- {url: APP/token, capture: {t: $.t}}\n";
    for (String last :
        List.of(
            "- {url: APP/echo, headers: {X-T: \"${t}\"}, expect: {header: {x-echo: nope}}}\n",
            "- {url: APP/json, expect: {body: {json: {$.t: nope}}}}\n")) {
      CheckResult result = run(token + last);
      assertThat(result.outcome()).isInstanceOf(Outcome.Down.class);
      assertThat(result.toString()).doesNotContain("hunt", "01234567");
    }
  }

  @Test
  void aValueWithALineBreakNeverBecomesAHeader() {
    app.at("/token", _ -> Said.of("application/json", "{\"t\": \"a\\r\\nX-Evil: 1\"}"));
    CheckResult result =
        run("- {url: APP/token, capture: {t: $.t}}\n- {url: APP/me, headers: {X-T: \"${t}\"}}\n");

    assertThat(why(result).reason()).isEqualTo(Reason.CAPTURE_UNUSABLE);
    assertThat(app.asked()).containsExactly("GET /token");
  }

  @Test
  void followsALoginThatSendsBackToItselfWithACookie() {
    app.at(
        "/",
        request ->
            request.header("Cookie").contains("seen=1")
                ? Said.of("text/plain", "welcome")
                : new Said(
                    302, Map.of("Location", List.of("/"), "Set-Cookie", List.of("seen=1")), ""));
    assertThat(run("- {url: APP/, expect: {body: {contains: welcome}}}\n").outcome())
        .isEqualTo(new Outcome.Up());
  }

  @Test
  void allStepsHaveOneDeadlineAndAStepMayHaveItsOwn() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    app.at(
        "/stall",
        _ -> {
          try {
            over.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Said.status(200);
        });
    CheckResult result = run(LOGIN + "- {url: APP/stall, timeout: 200ms}\n- {url: APP/me}\n");
    over.countDown();

    assertThat(why(result).reason()).isEqualTo(Reason.HTTP_TIMEOUT);
    assertThat(why(result).detail()).isEqualTo("step 2: after 200 ms");
  }
}
