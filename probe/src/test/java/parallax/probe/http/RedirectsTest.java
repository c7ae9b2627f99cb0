package parallax.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.HttpCredentials;
import parallax.config.check.HttpSpec;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.Specs;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;

/** A server redirects; the probe takes targets from a coordinator and may go to 127.0.0.9 only. */
class RedirectsTest {
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "shop.test", List.of("127.0.0.9"),
          "other.test", List.of("127.0.0.9"),
          "localhost", List.of("127.0.0.1"),
          "rebound.test", List.of("10.0.0.1"),
          "metadata.test", List.of("169.254.169.254"),
          "inside.test", List.of("::1"));

  /** Answers by path: /to/STATUS?LOCATION, and keeps what it was asked. */
  private static final ConcurrentLinkedQueue<String> ASKED = new ConcurrentLinkedQueue<>();

  private static Optional<RawServer> server = Optional.empty();
  private static Optional<LoopbackProbe> probe = Optional.empty();
  private static Optional<LoopbackProbe> operator = Optional.empty();

  @BeforeAll
  static void start() {
    server = Optional.of(new RawServer("127.0.0.9", RedirectsTest::serve));
    NetworkPolicy policy = NetworkPolicy.forProbe(List.of(Cidr.parse("127.0.0.9/32")), List.of());
    probe = Optional.of(new LoopbackProbe(policy, NAMES, ipv6 -> true));
    operator = Optional.of(LoopbackProbe.ofOperator(NAMES));
  }

  @AfterAll
  static void stop() {
    probe.ifPresent(LoopbackProbe::close);
    operator.ifPresent(LoopbackProbe::close);
    server.ifPresent(RawServer::close);
  }

  private static void serve(RawServer.Peer peer) throws java.io.IOException {
    String head = peer.readHead();
    ASKED.add(head);
    String target = head.split(" ", 3)[1];
    int query = target.indexOf('?');
    String location = query < 0 ? "" : target.substring(query + 1).replace("%20", " ");
    if (target.matches("/to/[0-9]{3}\\?.*")) {
      String own = location.replace("SELF", "shop.test:" + port()).replace("PORT", "" + port());
      String header = own.equals("none") ? "" : "Location: " + own + "\r\n";
      peer.send(
          "HTTP/1.1 "
              + target.substring(4, 7)
              + " Moved\r\n"
              + header
              + "Content-Length: 0\r\n\r\n");
    } else if (target.startsWith("/grow")) {
      peer.send("HTTP/1.1 302 F\r\nLocation: " + target + "x\r\nContent-Length: 0\r\n\r\n");
    } else {
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
    peer.awaitEnd();
  }

  private static int port() {
    return server.orElseThrow().port();
  }

  private static HttpSpec to(String location) {
    return Specs.get("http://shop.test:" + port() + "/to/302?" + location);
  }

  private static String reason(CheckResult result) {
    return result.outcome().why().map(Finding::reason).map(Reason::name).orElse("UP");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      textBlock =
          """
          /fine,                                UP
          fine,                                 UP
          ?x=1,                                 UP
          http://SELF/fine,                     UP
          HTTP://SELF/fine,                     UP
          //SELF/fine,                          UP
          http://other.test:PORT/fine,          UP
          /with%20blank,                        UP
          /umlaut-ü,                            UP
          /fine#fragment,                       UP
          none,                                 HTTP_REDIRECT_INVALID
          file:///etc/passwd,                   HTTP_REDIRECT_INVALID
          gopher://SELF/_x,                     HTTP_REDIRECT_INVALID
          ftp://SELF/x,                         HTTP_REDIRECT_INVALID
          javascript:alert(1),                  HTTP_REDIRECT_INVALID
          'data:text/html,x',                   HTTP_REDIRECT_INVALID
          ws://SELF/,                           HTTP_REDIRECT_INVALID
          mailto:a@shop.test,                   HTTP_REDIRECT_INVALID
          http://user@SELF/,                    HTTP_REDIRECT_INVALID
          http://user:pass@SELF/,               HTTP_REDIRECT_INVALID
          http://@SELF/,                        HTTP_REDIRECT_INVALID
          //user:pass@SELF/,                    HTTP_REDIRECT_INVALID
          http:///nohost,                       HTTP_REDIRECT_INVALID
          http://,                              HTTP_REDIRECT_INVALID
          http:shop.test,                       HTTP_REDIRECT_INVALID
          http://shop.test:0/,                  HTTP_REDIRECT_INVALID
          http://shop.test:99999/,              HTTP_REDIRECT_INVALID
          http://shop.test:8x/,                 HTTP_REDIRECT_INVALID
          http://[fe80::1%25eth0]/,             HTTP_REDIRECT_INVALID
          http://[::1/,                         HTTP_REDIRECT_INVALID
          http://169.254.169.254/latest/,       HTTP_REDIRECT_FORBIDDEN
          http://metadata.test/latest/,         HTTP_REDIRECT_FORBIDDEN
          http://[::ffff:169.254.169.254]/,     HTTP_REDIRECT_FORBIDDEN
          http://[fd00:ec2::254]/,              HTTP_REDIRECT_FORBIDDEN
          http://localhost:PORT/,               HTTP_REDIRECT_FORBIDDEN
          http://LOCALHOST:PORT/,               HTTP_REDIRECT_FORBIDDEN
          http://127.0.0.1:PORT/,               HTTP_REDIRECT_FORBIDDEN
          http://[::1]:PORT/,                   HTTP_REDIRECT_FORBIDDEN
          http://inside.test/,                  HTTP_REDIRECT_FORBIDDEN
          http://rebound.test/,                 HTTP_REDIRECT_FORBIDDEN
          http://10.0.0.1/,                     HTTP_REDIRECT_FORBIDDEN
          http://0.0.0.0:PORT/,                 HTTP_REDIRECT_FORBIDDEN
          http://[64:ff9b::7f00:1]/,            HTTP_REDIRECT_FORBIDDEN
          https://192.168.1.1/,                 HTTP_REDIRECT_FORBIDDEN
          http://127.1:PORT/,                   NXDOMAIN
          http://2130706433:PORT/,              NXDOMAIN
          http://0x7f000001:PORT/,              NXDOMAIN
          http://0177.0.0.1:PORT/,              NXDOMAIN
          """)
  void followsOnlyWhereAProbeMayGo(String location, String expected) {
    CheckResult result = probe.orElseThrow().run(to(location));
    assertThat(reason(result)).as("%s", result.outcome()).isEqualTo(expected);
    if (expected.equals("UP")) {
      assertThat(result.facts().redirects()).isPositive();
    }
  }

  @Test
  void givesNoSecretOfAUrlAway() {
    CheckResult result = probe.orElseThrow().run(to("http://user:topsecret@SELF/"));
    assertThat(result.toString()).doesNotContain("topsecret");
  }

  @Test
  void endsLoopsAndLongWays() {
    LoopbackProbe of = probe.orElseThrow();
    String base = "http://shop.test:" + port();
    CheckResult grown = of.run(Specs.get(base + "/grow"));
    assertThat(reason(grown)).isEqualTo("HTTP_REDIRECT_LIMIT");
    assertThat(grown.facts().redirects()).isEqualTo(5);
    assertThat(reason(of.run(Specs.redirects(Specs.get(base + "/grow"), 0))))
        .isEqualTo("HTTP_STATUS");
    assertThat(reason(of.run(Specs.status(Specs.get(base + "/grow"), 302, 302)))).isEqualTo("UP");
  }

  @Test
  void noticesALoop() {
    try (RawServer looping =
        new RawServer(
            "127.0.0.9",
            peer -> {
              String other = peer.readHead().startsWith("GET /a ") ? "/b" : "/a";
              peer.send("HTTP/1.1 302 F\r\nLocation: " + other + "\r\nContent-Length: 0\r\n\r\n");
            })) {
      HttpSpec spec = Specs.get("http://shop.test:" + looping.port() + "/a");
      assertThat(reason(probe.orElseThrow().run(spec))).isEqualTo("HTTP_REDIRECT_LOOP");
      assertThat(looping.accepted()).isEqualTo(2);
    }
  }

  @Test
  void letsAnOperatorsOwnServerRedirectWithinTheMachine() {
    assertThat(reason(operator.orElseThrow().run(to("http://localhost:1/"))))
        .isEqualTo("CONNECTION_REFUSED");
    assertThat(reason(operator.orElseThrow().run(to("http://169.254.169.254/"))))
        .isEqualTo("HTTP_REDIRECT_FORBIDDEN");
  }

  @Test
  void leavesSecretsBehindWhenTheOriginChanges() {
    HttpSpec spec = Specs.header(to("http://other.test:PORT/seen"), "X-Api-Key", "topsecret");
    spec = Specs.header(spec, "Cookie", "session=topsecret");
    spec = Specs.header(spec, "Accept-Language", "de");
    spec = Specs.credentials(spec, new HttpCredentials.Basic("user", Secret.of("topsecret")));
    assertThat(reason(probe.orElseThrow().run(spec))).isEqualTo("UP");

    assertThat(lastAsked("/to/302?http://other.test:PORT/seen"))
        .contains("x-api-key: topsecret", "cookie: session=topsecret", "authorization: basic ");
    assertThat(lastAsked("/seen"))
        .contains("accept-language: de", "host: other.test:" + port())
        .doesNotContain("topsecret", "authorization", "cookie");
  }

  @Test
  void keepsCredentialsWithinTheOrigin() {
    HttpSpec spec = Specs.credentials(to("/kept"), new HttpCredentials.Bearer(Secret.of("abc")));
    assertThat(reason(probe.orElseThrow().run(spec))).isEqualTo("UP");
    assertThat(lastAsked("/kept")).contains("authorization: bearer abc");
  }

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET", "302, POST, GET", "303, POST, GET", "307, POST, POST", "308, POST, POST",
    "301, PUT, PUT", "302, DELETE, DELETE", "303, PUT, GET", "303, HEAD, HEAD", "302, HEAD, HEAD"
  })
  void rewritesTheMethodAsTheStatusSays(int status, String method, String then) {
    String target = "/landing-" + status + method;
    Optional<Secret> body =
        method.startsWith("P") ? Optional.of(Secret.of("a=b")) : Optional.empty();
    HttpSpec spec =
        Specs.request(
            Specs.get("http://shop.test:" + port() + "/to/" + status + "?" + target),
            method,
            List.of(new HttpSpec.Header("Content-Type", Secret.of("text/x"))),
            body);
    assertThat(reason(probe.orElseThrow().run(spec))).isEqualTo("UP");
    String asked = lastAsked(target);
    assertThat(asked).startsWith(then.toLowerCase(Locale.ROOT) + " ");
    boolean rewritten = !then.equals(method);
    assertThat(asked.contains("content-type")).isEqualTo(!rewritten);
    assertThat(asked.contains("content-length: 3")).isEqualTo(!rewritten && body.isPresent());
  }

  @Test
  void carriesNoBodyToAnotherOrigin() {
    HttpSpec spec =
        Specs.request(
            Specs.get("http://shop.test:" + port() + "/to/307?http://other.test:PORT/body"),
            "POST",
            List.of(),
            Optional.of(Secret.of("password=topsecret")));
    assertThat(reason(probe.orElseThrow().run(spec))).isEqualTo("HTTP_REDIRECT_FORBIDDEN");
  }

  private static String lastAsked(String path) {
    return ASKED.stream()
        .filter(head -> head.contains(" " + path + " "))
        .reduce((before, last) -> last)
        .orElseThrow()
        .toLowerCase(Locale.ROOT);
  }
}
