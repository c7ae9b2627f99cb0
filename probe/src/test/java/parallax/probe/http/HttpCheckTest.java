package parallax.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.BodyExpect;
import parallax.config.check.HttpExpect;
import parallax.config.check.HttpSpec;
import parallax.config.check.JsonPath;
import parallax.config.check.JsonScalar;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.Specs;

class HttpCheckTest {
  private static final String JSON =
      """
      {"db": {"up": true, "lag": 1.50, "name": "Müller", "none": null, "nodes": [1, {"id": 2}]}}\
      """;

  private final LoopbackProbe probe =
      LoopbackProbe.ofOperator(Map.of("shop.test", List.of("127.0.0.1")));

  @AfterEach
  void close() {
    probe.close();
  }

  private static RawServer answering(String head, byte[] body) {
    return new RawServer(
        peer -> {
          peer.readHead();
          peer.send(head + "Content-Length: " + body.length + "\r\n\r\n");
          peer.send(body);
          peer.awaitEnd();
        });
  }

  private static RawServer answering(String body) {
    return answering("HTTP/1.1 200 OK\r\n", body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpSpec spec(RawServer server) {
    return Specs.get("http://shop.test:" + server.port() + "/");
  }

  private static String reason(CheckResult result) {
    return result.outcome().why().map(Finding::reason).map(Reason::name).orElse("UP");
  }

  private String reasonOf(String body, BodyExpect expect) {
    try (RawServer server = answering(body)) {
      return reason(probe.run(Specs.body(spec(server), expect)));
    }
  }

  @Test
  void tellsWhatItSawOfAServerThatIsFine() {
    try (RawServer server = answering("ok")) {
      CheckResult result = probe.run(Specs.body(spec(server), Specs.contains("ok")));

      assertThat(result.outcome()).isEqualTo(Outcome.up());
      assertThat(result.layer()).isEqualTo(Layer.CONTENT);
      assertThat(result.facts().address()).contains("127.0.0.1");
      assertThat(result.facts().httpStatus()).contains(200);
      assertThat(result.facts().httpVersion()).contains("1.1");
      assertThat(result.facts().bodyBytes()).contains(2L);
      assertThat(result.timings().phases().keySet())
          .containsExactly(Phase.RESOLVE, Phase.CONNECT, Phase.FIRST_BYTE, Phase.TRANSFER);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void timesEachPhase() {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readHead();
              peer.pause(Duration.ofMillis(60));
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
              peer.pause(Duration.ofMillis(40));
              peer.send("k");
              peer.awaitEnd();
            })) {
      CheckResult result = probe.run(spec(server));
      assertThat(result.timings().of(Phase.FIRST_BYTE).orElseThrow())
          .isBetween(Duration.ofMillis(55), Duration.ofMillis(500));
      assertThat(result.timings().of(Phase.TRANSFER).orElseThrow())
          .isBetween(Duration.ofMillis(35), Duration.ofMillis(500));
    }
  }

  @Test
  void saysWhatItSends() {
    StringBuilder asked = new StringBuilder();
    try (RawServer server =
        new RawServer(
            peer -> {
              synchronized (asked) {
                asked.append(peer.readHead());
              }
              peer.send("HTTP/1.1 204 No Content\r\n\r\n");
              peer.awaitEnd();
            })) {
      HttpSpec spec = Specs.get("http://shop.test:" + server.port() + "/a%20b?c=d");
      spec = Specs.header(spec, "X-Check", "parallax");
      assertThat(probe.run(spec).outcome()).isEqualTo(Outcome.up());
      String head;
      synchronized (asked) {
        head = asked.toString();
      }
      assertThat(head)
          .startsWith("GET /a%20b?c=d HTTP/1.1\r\n")
          .containsIgnoringCase("host: shop.test:" + server.port() + "\r\n")
          .containsIgnoringCase("user-agent: Parallax/test\r\n")
          .containsIgnoringCase("connection: close\r\n")
          .containsIgnoringCase("x-check: parallax\r\n")
          .doesNotContainIgnoringCase("accept-encoding")
          .doesNotContainIgnoringCase("content-length");
    }
  }

  @ParameterizedTest
  @CsvSource({"500, HTTP_STATUS", "404, HTTP_STATUS", "299, UP", "301, HTTP_REDIRECT_INVALID"})
  void judgesTheStatus(int status, String expected) {
    try (RawServer server = answering("HTTP/1.1 " + status + " X\r\n", new byte[0])) {
      CheckResult result = probe.run(spec(server));
      assertThat(reason(result)).isEqualTo(expected);
      assertThat(result.layer()).isEqualTo(Layer.HTTP);
      assertThat(result.facts().httpStatus()).contains(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "content-type, json, UP",
    "content-type, JSON; charset, UP",
    "content-type, html, HTTP_HEADER_MISMATCH",
    "x-two, second, UP",
    "x-two, '', UP",
    "absent, '', HTTP_HEADER_MISMATCH"
  })
  void judgesHeaders(String name, String text, String expected) {
    String head =
        String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Content-Type: application/json; charset=utf-8",
            "X-Two: first",
            "X-Two: second",
            "");
    TreeMap<String, String> headers = new TreeMap<>(Map.of(name, text));
    HttpExpect expect =
        new HttpExpect(
            HttpExpect.DEFAULT.status(),
            BodyExpect.ANYTHING,
            headers,
            Optional.empty(),
            Optional.empty());
    try (RawServer server = answering(head, new byte[0])) {
      assertThat(reason(probe.run(Specs.expect(spec(server), expect)))).isEqualTo(expected);
    }
  }

  @Test
  void judgesText() {
    String body = "hello\n  world: 42 \u00fc";
    assertThat(reasonOf(body, Specs.contains("world"))).isEqualTo("UP");
    assertThat(reasonOf(body, Specs.contains("\u00fc"))).isEqualTo("UP");
    assertThat(reasonOf(body, Specs.contains("moon"))).isEqualTo("BODY_MISSING_TEXT");
    assertThat(reasonOf(body, matching("world: \\d+"))).isEqualTo("UP");
    assertThat(reasonOf(body, matching("^world"))).isEqualTo("BODY_NO_MATCH");
    assertThat(reasonOf(body, excluding("(?i)ERROR"))).isEqualTo("UP");
    assertThat(reasonOf(body, excluding("(?i)HELLO"))).isEqualTo("BODY_FORBIDDEN_TEXT");
  }

  @Test
  void judgesLargeBodiesByPatternAwayFromTheLoop() {
    String body = "x".repeat(200_000) + "end";
    assertThat(reasonOf(body, matching("x+end$"))).isEqualTo("UP");
    assertThat(reasonOf(body, matching("y"))).isEqualTo("BODY_NO_MATCH");
  }

  @ParameterizedTest
  @CsvSource({"0, 10, UP", "5, 5, UP", "6, 10, BODY_SIZE", "0, 4, BODY_SIZE"})
  void judgesTheSize(long min, long max, String expected) {
    assertThat(reasonOf("hello", size(min, max))).isEqualTo(expected);
  }

  @Test
  void judgesOfALargeBodyWhatTheWindowTells() {
    String large = "start" + "x".repeat(3 << 20) + "end";
    assertThat(reasonOf(large, BodyExpect.ANYTHING)).isEqualTo("UP");
    assertThat(reasonOf(large, Specs.contains("start"))).isEqualTo("UP");
    assertThat(reasonOf(large, Specs.contains("end"))).isEqualTo("BODY_TOO_LARGE");
    assertThat(reasonOf(large, matching("^start"))).isEqualTo("UP");
    assertThat(reasonOf(large, excluding("start"))).isEqualTo("BODY_FORBIDDEN_TEXT");
    assertThat(reasonOf(large, excluding("absent"))).isEqualTo("BODY_TOO_LARGE");
    assertThat(reasonOf(large, size(0, 1000))).isEqualTo("BODY_SIZE");
    assertThat(reasonOf(large, size(0, 9 << 20))).isEqualTo("BODY_TOO_LARGE");
    String json = "{\"first\": 1, \"fill\": \"" + "x".repeat(3 << 20) + "\", \"last\": 2}";
    assertThat(reasonOf(json, json("$.first", number("1")))).isEqualTo("UP");
    assertThat(reasonOf(json, json("$.first", number("2")))).isEqualTo("BODY_JSON_MISMATCH");
    assertThat(reasonOf(json, json("$.last", number("2")))).isEqualTo("BODY_TOO_LARGE");
  }

  @Test
  void judgesJsonByValue() {
    JsonScalar yes = new JsonScalar.JsonBoolean(true);
    assertThat(reasonOf(JSON, json("$.db.up", yes))).isEqualTo("UP");
    assertThat(reasonOf(JSON, json("$['db']['up']", yes))).isEqualTo("UP");
    assertThat(reasonOf(JSON, json("$.db.lag", number("1.5")))).isEqualTo("UP");
    assertThat(reasonOf(JSON, json("$.db.lag", number("15e-1")))).isEqualTo("UP");
    assertThat(reasonOf(JSON, json("$.db.name", new JsonScalar.JsonText("Müller"))))
        .isEqualTo("UP");
    assertThat(reasonOf(JSON, json("$.db.none", new JsonScalar.JsonNull()))).isEqualTo("UP");
    assertThat(reasonOf(JSON, json("$.db.nodes[0]", number("1")))).isEqualTo("UP");
    assertThat(reasonOf(JSON, json("$.db.nodes[1].id", number("2")))).isEqualTo("UP");
    for (String wrong : List.of("$.db", "$.db.nodes", "$.nowhere", "$.db.nodes[2]", "$", "$[0]")) {
      assertThat(reasonOf(JSON, json(wrong, yes))).as(wrong).isEqualTo("BODY_JSON_MISMATCH");
    }
    assertThat(reasonOf("true", json("$", yes))).isEqualTo("UP");
    assertThat(reasonOf("<html>", json("$", yes))).isEqualTo("BODY_NOT_JSON");
  }

  @Test
  void judgesEveryExpectationOfAJsonDocument() {
    BodyExpect both =
        new BodyExpect(
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new BodyExpect.JsonExpect(path("$.db.up"), new JsonScalar.JsonBoolean(true)),
                new BodyExpect.JsonExpect(path("$.db.lag"), number("2"))),
            Optional.empty());
    assertThat(reasonOf(JSON, both)).isEqualTo("BODY_JSON_MISMATCH");
  }

  @Test
  void readsACompressedBodyThatNobodyAskedFor() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("hello ok".getBytes(StandardCharsets.UTF_8));
    }
    try (RawServer server =
        answering("HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\n", packed.toByteArray())) {
      CheckResult result = probe.run(Specs.body(spec(server), Specs.contains("hello ok")));
      assertThat(result.outcome()).isEqualTo(Outcome.up());
      assertThat(result.facts().bodyBytes()).contains(8L);
    }
  }

  @ParameterizedTest
  @CsvSource({"30, 10000, degraded", "10, 30, down", "5000, 10000, up"})
  void judgesTheTimeFromResolvingToTheEnd(long warn, long fail, String expected) {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readHead();
              peer.pause(Duration.ofMillis(60));
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
              peer.awaitEnd();
            })) {
      HttpExpect expect =
          new HttpExpect(
              HttpExpect.DEFAULT.status(),
              BodyExpect.ANYTHING,
              new TreeMap<>(),
              Optional.of(Duration.ofMillis(warn)),
              Optional.of(Duration.ofMillis(fail)));
      CheckResult result = probe.run(Specs.expect(spec(server), expect));
      assertThat(result.outcome().label()).isEqualTo(expected);
      assertThat(reason(result)).isEqualTo(expected.equals("up") ? "UP" : "HTTP_SLOW");
    }
  }

  @Test
  void sendsABody() {
    try (RawServer server =
        new RawServer(
            peer -> {
              String head = peer.readHead();
              String body = new String(peer.in().readNBytes(6), StandardCharsets.UTF_8);
              boolean right =
                  head.startsWith("POST /")
                      && head.toLowerCase(java.util.Locale.ROOT).contains("content-length: 6")
                      && body.equals("a=1&ü");
              peer.send("HTTP/1.1 " + (right ? 200 : 400) + " X\r\nContent-Length: 0\r\n\r\n");
              peer.awaitEnd();
            })) {
      HttpSpec spec =
          Specs.request(spec(server), "POST", List.of(), Optional.of(Secret.of("a=1&ü")));
      assertThat(reason(probe.run(spec))).isEqualTo("UP");
    }
  }

  @Test
  void refusesAHeaderThatCannotBeSentWithoutShowingIt() {
    try (RawServer server = answering("ok")) {
      CheckResult result = probe.run(Specs.header(spec(server), "X-Key", "top\r\nsecret: x"));
      assertThat(reason(result)).isEqualTo("PROBE_NOT_CONFIGURED");
      assertThat(result.toString()).doesNotContain("secret");
    }
  }

  @Test
  void saysConnectionRefused() {
    CheckResult result = probe.run(Specs.get("http://127.0.0.1:" + Programs.freePort() + "/"));
    assertThat(reason(result)).isEqualTo("CONNECTION_REFUSED");
    assertThat(result.layer()).isEqualTo(Layer.TCP);
  }

  private static BodyExpect matching(String pattern) {
    return new BodyExpect(
        List.of(), List.of(Pattern.compile(pattern)), List.of(), List.of(), Optional.empty());
  }

  private static BodyExpect excluding(String pattern) {
    return new BodyExpect(
        List.of(), List.of(), List.of(Pattern.compile(pattern)), List.of(), Optional.empty());
  }

  private static BodyExpect size(long min, long max) {
    return new BodyExpect(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(new BodyExpect.SizeRange(min, max)));
  }

  private static BodyExpect json(String path, JsonScalar value) {
    return new BodyExpect(
        List.of(),
        List.of(),
        List.of(),
        List.of(new BodyExpect.JsonExpect(path(path), value)),
        Optional.empty());
  }

  private static JsonPath path(String text) {
    return JsonPath.parse(text).orElseThrow();
  }

  private static JsonScalar number(String text) {
    return new JsonScalar.JsonNumber(new java.math.BigDecimal(text));
  }
}
