package parallax.probe.registration.keep;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.check.Deadline;
import parallax.probe.fixture.FixedResolver;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.Limits;
import parallax.probe.registration.lookup.line.HttpFetch;
import parallax.probe.registration.lookup.line.RdapClient;
import parallax.probe.registration.lookup.line.Reach;
import parallax.probe.registration.rdap.RdapBootstrap;

final class RefreshTest {
  /** When the shipped list is old already. */
  private static final Instant START =
      RdapBootstrap.shipped().published().orElseThrow().plus(Duration.ofDays(30));

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicReference<Double> jitter = new AtomicReference<>(0.0);
  private KeptFile<RdapBootstrap> file = PublicLists.in(Optional.empty()).bootstrap();
  private Refresh<RdapBootstrap> refresh = refresh(Optional.empty());

  @BeforeEach
  void start() {
    server.start();
    restart();
  }

  @AfterEach
  void stop() {
    server.stop();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** As after an end and a start of the product. */
  private void restart() {
    file = PublicLists.in(Optional.of(folder)).bootstrap();
    refresh = refresh(Optional.of(URI.create("http://lists.test:" + server.port() + "/dns.json")));
  }

  private Refresh<RdapBootstrap> refresh(Optional<URI> from) {
    Reach reach =
        new Reach(
            new FixedResolver(Map.of("lists.test", List.of("127.0.0.1"))),
            NetworkPolicy.forOperator(List.of(), List.of()));
    HttpFetch fetch = new HttpFetch(vertx, reach, new HttpClientOptions(), "Parallax/test");
    return new Refresh<>(
        new Refresh.Ground(vertx, new RdapClient(fetch), now::get, jitter::get), file, from);
  }

  /** After the download, if one is due. */
  private RdapBootstrap known() {
    return done(refresh.renewed(_ -> true, patience())).value();
  }

  private static <T> T done(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static Deadline patience() {
    return Deadline.startingNow(System::nanoTime, PATIENCE);
  }

  private void after(Duration time) {
    now.set(now.get().plus(time));
  }

  private void serves(ResponseDefinitionBuilder answer) {
    server.resetAll();
    server.stubFor(get(anyUrl()).willReturn(answer));
  }

  private static String listOf(int suffixes) {
    return IntStream.range(0, suffixes)
        .mapToObj(at -> "\"t" + at + "\"")
        .collect(
            Collectors.joining(
                ",", "{\"services\": [[[", "], [\"https://rdap.newer.example/\"]]]}"));
  }

  @Test
  void aNewerListReplacesTheOneThatIsShippedAndIsThereAfterTheNextStart() {
    serves(aResponse().withBody(listOf(2_000)));
    assertThat(known().size()).isEqualTo(2_000);
    assertThat(file.known().asOf()).contains(START);

    restart();
    assertThat(known().size()).isEqualTo(2_000);
    assertThat(file.known().asOf()).contains(START);
    server.verify(1, getRequestedFor(anyUrl()));
  }

  @Test
  void itIsDownloadedDailyGiveOrTakeAFifth() {
    jitter.set(1.0);
    serves(aResponse().withBody(listOf(2_000)));
    known();
    after(Duration.ofHours(28));
    known();
    server.verify(1, getRequestedFor(anyUrl()));
    after(Duration.ofHours(1));
    jitter.set(-1.0);
    known();
    server.verify(2, getRequestedFor(anyUrl()));
    after(Duration.ofHours(20));
    known();
    server.verify(3, getRequestedFor(anyUrl()));
  }

  @Test
  void whatWasKeptIsRenewedADayAfterItsDownloadWhoeverStartsInBetween() {
    serves(aResponse().withBody(listOf(2_000)));
    known();
    after(Duration.ofHours(23));
    restart();
    known();
    server.verify(1, getRequestedFor(anyUrl()));
    after(Duration.ofHours(1));
    known();
    server.verify(2, getRequestedFor(anyUrl()));
  }

  @Test
  void afterFailuresThePausesGrowFromAnHourToADay() {
    serves(aResponse().withStatus(500));
    List<Integer> hours = List.of(1, 2, 4, 8, 16, 24, 24);
    for (int tries = 1; tries <= hours.size(); tries++) {
      known();
      known();
      server.verify(tries, getRequestedFor(anyUrl()));
      after(Duration.ofHours(hours.get(tries - 1)).minusSeconds(1));
      known();
      server.verify(tries, getRequestedFor(anyUrl()));
      after(Duration.ofSeconds(1));
    }
    serves(aResponse().withBody(listOf(2_000)));
    assertThat(known().size()).isEqualTo(2_000);
  }

  @Test
  void whoSaysWhenToComeBackIsLeftAloneUntilThenButForADayAtMost() {
    serves(aResponse().withStatus(503).withHeader("Retry-After", "18000"));
    known();
    after(Duration.ofHours(5).minusSeconds(1));
    known();
    server.verify(1, getRequestedFor(anyUrl()));
    after(Duration.ofSeconds(1));
    serves(aResponse().withStatus(429).withHeader("Retry-After", "999999999"));
    known();
    after(Duration.ofHours(24));
    known();
    server.verify(2, getRequestedFor(anyUrl()));
  }

  @Test
  void aListThatIsUnchangedIsConfirmedAndNotSentAgain() {
    serves(
        aResponse()
            .withHeader("ETag", "\"one\"")
            .withHeader("Last-Modified", "Sun, 01 Mar 2026 10:00:00 GMT")
            .withBody(listOf(2_000)));
    known();
    Instant confirmed = START.plus(Refresh.PERIOD);
    now.set(confirmed);
    restart();
    serves(aResponse().withStatus(304));
    assertThat(known().size()).isEqualTo(2_000);
    server.verify(
        1,
        getRequestedFor(anyUrl())
            .withHeader("If-None-Match", equalTo("\"one\""))
            .withHeader("If-Modified-Since", equalTo("Sun, 01 Mar 2026 10:00:00 GMT")));
    assertThat(file.known().asOf()).contains(confirmed);
    restart();
    known();
    assertThat(file.known().asOf()).contains(confirmed);
    server.verify(1, getRequestedFor(anyUrl()));
  }

  @Test
  void unchangedIsNoAnswerToWhoHasNone() {
    serves(aResponse().withStatus(304));
    assertThat(known().size()).isEqualTo(RdapBootstrap.shipped().size());
    assertThat(file.known().validators()).isEmpty();
    server.verify(1, getRequestedFor(anyUrl()).withoutHeader("If-None-Match"));
  }

  @Test
  void redirectsAreFollowedThreeTimesAtMost() {
    serves(aResponse().withStatus(302).withHeader("Location", "/again.json"));
    assertThat(known().size()).isEqualTo(RdapBootstrap.shipped().size());
    server.verify(4, getRequestedFor(anyUrl()));
    server.stubFor(get("/again.json").willReturn(aResponse().withBody(listOf(2_000))));
    after(Refresh.FIRST_PAUSE);
    assertThat(known().size()).isEqualTo(2_000);
  }

  @Test
  void aDownloadIsGivenUpAtItsDeadline() {
    serves(aResponse().withFixedDelay(10_000).withBody(listOf(2_000)));
    Deadline deadline = Deadline.startingNow(System::nanoTime, Duration.ofMillis(200));
    assertThat(done(refresh.renewed(_ -> true, deadline)).value().size())
        .isEqualTo(RdapBootstrap.shipped().size());
    assertThat(deadline.elapsed()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aBodyThatBreaksOffLeavesTheOneThatIsKnown() {
    serves(aResponse().withBody(listOf(2_000)).withFault(Fault.RANDOM_DATA_THEN_CLOSE));
    assertThat(known().size()).isEqualTo(RdapBootstrap.shipped().size());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void onlyAnOldListIsWaitedFor() {
    serves(aResponse().withBody(listOf(2_000)));
    assertThat(done(refresh.known(_ -> true, patience())).size()).isEqualTo(2_000);
    after(KeptFile.OLD.minusSeconds(1));
    serves(aResponse().withFixedDelay(300).withBody(listOf(3_000)));
    assertThat(done(refresh.known(_ -> true, patience())).size()).isEqualTo(2_000);
  }

  @Test
  void aHostThatMayNotBeAskedIsNot() {
    serves(aResponse().withBody(listOf(2_000)));
    assertThat(done(refresh.known(_ -> false, patience())).size())
        .isEqualTo(RdapBootstrap.shipped().size());
    assertThat(known().size()).isEqualTo(2_000);
    server.verify(1, getRequestedFor(anyUrl()));
  }

  @Test
  void withoutASourceNothingIsAsked() {
    serves(aResponse().withBody(listOf(2_000)));
    refresh = refresh(Optional.empty());
    assertThat(known().size()).isEqualTo(RdapBootstrap.shipped().size());
    server.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void aClockThatWasPutBackDoesNotKeepAListFromBeingRenewed() {
    serves(aResponse().withBody(listOf(2_000)));
    known();
    now.set(START.minus(Duration.ofDays(90)));
    assertThat(file.known().isOld(now.get())).isTrue();
    known();
    server.verify(2, getRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not found", "{\"services\": []}", "{\"services\": [[[", "<html>", "\u0000"})
  void whatIsNoListLeavesTheOneThatIsKnown(String body) {
    serves(aResponse().withBody(body));
    assertThat(known().size()).isEqualTo(RdapBootstrap.shipped().size());
    assertThat(file.known().validators()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aListThatLostMuchOfItIsNotBelieved() {
    int shipped = RdapBootstrap.shipped().size();
    serves(aResponse().withBody(listOf(shipped * KeptFile.LEAST_PERCENT / 100 - 1)));
    assertThat(known().size()).isEqualTo(shipped);
    now.set(START.plus(Refresh.PERIOD));
    serves(aResponse().withBody(listOf(shipped * KeptFile.LEAST_PERCENT / 100 + 1)));
    assertThat(known().size()).isLessThan(shipped);
  }

  @Test
  void whatIsTooLongIsNotEvenRead() {
    String tail = " ".repeat(Limits.MAX_ANSWER_BYTES);
    serves(aResponse().withBody(listOf(2_000) + tail));
    assertThat(known().size()).isEqualTo(RdapBootstrap.shipped().size());
  }
}
