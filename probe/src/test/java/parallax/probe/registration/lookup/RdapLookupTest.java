package parallax.probe.registration.lookup;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.Registration;
import parallax.probe.registration.courtesy.Heard;
import parallax.probe.registration.rdap.RdapBootstrap;

class RdapLookupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PATH = "/base/domain/shop.com";
  private static final String RDAP = "application/rdap+json";
  private static final String RECORD =
      """
      {"objectClassName":"domain","ldhName":"SHOP.COM","status":["client hold"],
       "events":[{"eventAction":"expiration","eventDate":"2027-06-01T00:00:00Z"}],
       "links":[%s],
       "entities":[{"roles":["registrar"],"handle":"Registrar Ltd",
         "entities":[{"roles":["abuse"],"vcardArray":["vcard",
           [["version",{},"text","4.0"],["email",{},"text","abuse@registrar.example"]]]}]}]}
      """;

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private Registries registries = new Registries();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    registries.close();
    server.stop();
  }

  @Test
  void asksForTheRecordAndReadsIt() {
    server.stubFor(get(PATH).willReturn(okForContentType(RDAP, RECORD.formatted(""))));
    Looked.Answered answered = look();
    assertThat(answered.registry()).isEqualTo("rdap.test");
    assertThat(answered.contact().orElseThrow().mail()).contains("abuse@registrar.example");
    assertThat(((Registration.Registered) answered.registration()).facts().eppStatuses())
        .containsExactly("clientHold");
    server.verify(
        getRequestedFor(urlEqualTo(PATH))
            .withHeader("Accept", equalTo("application/rdap+json, application/json;q=0.9"))
            .withHeader("User-Agent", equalTo("Parallax/test")));
    assertThat(registries.heard()).containsExactly(new Heard.Answer());
  }

  @Test
  void followsThreeRedirectsAndNotFour() {
    for (int hop = 0; hop < 4; hop++) {
      server.stubFor(get("/" + hop).willReturn(temporaryRedirect("/" + (hop + 1))));
    }
    server.stubFor(get("/4").willReturn(okForContentType(RDAP, RECORD.formatted(""))));
    server.stubFor(get(PATH).willReturn(temporaryRedirect("/2")));
    assertThat(look().registration()).isInstanceOf(Registration.Registered.class);
    server.stubFor(get(PATH).willReturn(temporaryRedirect("/1")));
    assertThat(look().registration())
        .isEqualTo(new Registration.Unavailable("rdap.test redirects too often"));
  }

  @Test
  void followsTheLinkToTheRegistrarOnce() {
    String link =
        """
        {"rel":"related","type":"application/rdap+json","href":"http://registrar.test:%d/shop"}
        """
            .formatted(server.port());
    server.stubFor(get(PATH).willReturn(okForContentType(RDAP, RECORD.formatted(link))));
    server.stubFor(
        get("/shop")
            .willReturn(
                okForContentType(
                    RDAP, RECORD.formatted(link).replace("2027-06-01", "2026-06-01"))));
    Registration.Registered read = (Registration.Registered) look().registration();
    assertThat(read.facts().dates().registryExpiry().when().orElseThrow().text())
        .isEqualTo("2027-06-01T00:00:00Z");
    assertThat(read.facts().dates().registrarExpiry().when().orElseThrow().text())
        .isEqualTo("2026-06-01T00:00:00Z");
    assertThat(registries.asked()).containsExactly("rdap.test 2", "registrar.test 2");
  }

  @ParameterizedTest
  @CsvSource({
    "404, RDAP, {}, NotRegistered",
    "404, text/html, <html>, NotParsed",
    "429, RDAP, {}, RateLimited",
    "403, text/html, <html>, RateLimited",
    "401, text/plain, Quota exceeded, RateLimited",
    "500, text/html, <html>, Unavailable",
    "503, RDAP, {}, Unavailable",
    "400, RDAP, {}, NotParsed",
    "200, text/html, <!doctype html>, NotParsed",
    "200, RDAP, <html>, NotParsed",
    "200, RDAP, {}, NotParsed",
    "200, RDAP, '{\"notices\":[{\"title\":\"Query quota exceeded\"}]}', RateLimited",
    "200, RDAP, '{\"objectClassName\":\"domain\",\"ldhName\":\"other.com\"}', NotParsed",
  })
  void everyAnswerIsAnOutcomeOfItsOwn(int status, String type, String body, String outcome) {
    server.stubFor(
        get(PATH)
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", type.equals("RDAP") ? RDAP : type)
                    .withBody(body)));
    assertThat(look().registration().getClass().getSimpleName()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "'Mon, 02 Mar 2026 12:10:00 GMT', 600"})
  void tellsHowLongTheServerWantsToBeLeftAlone(String header, long seconds) {
    server.stubFor(
        get(PATH).willReturn(aResponse().withStatus(429).withHeader("Retry-After", header)));
    look();
    assertThat(registries.heard())
        .containsExactly(new Heard.Quota(Optional.of(Duration.ofSeconds(seconds))));
  }

  @Test
  void doesNotReadMoreThanAMebibyte() {
    server.stubFor(get(PATH).willReturn(okForContentType(RDAP, "[" + " ".repeat(3 << 20) + "]")));
    assertThat(look().registration()).isInstanceOf(Registration.NotParsed.class);
  }

  @Test
  void endsAtTheDeadlineHoweverSlowlyTheServerTalks() {
    server.stubFor(
        get(PATH)
            .willReturn(
                okForContentType(RDAP, RECORD.formatted("")).withChunkedDribbleDelay(20, 20_000)));
    Looked looked = registries.rdap("shop.com", "com", server.port(), Duration.ofMillis(400));
    assertThat(((Looked.Answered) looked).registration())
        .isInstanceOf(Registration.Unavailable.class);
  }

  @Test
  void aBrokenConnectionIsNoAnswer() {
    server.stubFor(get(PATH).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    assertThat(look().registration()).isInstanceOf(Registration.Unavailable.class);
    assertThat(registries.heard()).containsExactly(new Heard.Failure());
  }

  @Test
  void goesNowhereThatThePolicyForbids() {
    registries.close();
    registries = new Registries(NetworkPolicy.forProbe(List.of(), List.of()), 43);
    assertThat(look().registration())
        .isEqualTo(new Registration.Unavailable("forbidden: 127.0.0.1 is a loopback address"));
    server.verify(0, getRequestedFor(urlEqualTo(PATH)));
  }

  @ParameterizedTest
  @CsvSource({
    "shop.com, https://rdap.verisign.com/com/v1/",
    "shop.com.br, https://rdap.registro.br/",
    "a.kg, http://rdap.cctld.kg/",
  })
  void findsTheServerByTheLongestSuffix(String domain, URI base) {
    assertThat(RdapBootstrap.shipped().server(domain)).contains(base);
    assertThat(RdapBootstrap.shipped().server("shop.jp")).isEmpty();
  }

  private Looked.Answered look() {
    return (Looked.Answered) registries.rdap("shop.com", "com", server.port(), PATIENCE);
  }
}
