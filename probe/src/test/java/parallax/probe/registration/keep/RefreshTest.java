package parallax.probe.registration.keep;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import parallax.probe.registration.keep.KeptFile.Known;
import parallax.probe.registration.lookup.line.HttpFetch;
import parallax.probe.registration.lookup.line.RdapClient;
import parallax.probe.registration.lookup.line.Reach;
import parallax.probe.registration.rdap.RdapBootstrap;

final class RefreshTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
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
    return new Refresh<>(vertx, new RdapClient(fetch), now::get, file, from);
  }

  private RdapBootstrap known() {
    return refresh
        .known(_ -> true, Deadline.startingNow(System::nanoTime, PATIENCE))
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
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
  void itIsAskedForOnceADayWhateverComesOfIt() {
    serves(aResponse().withStatus(500));
    for (int look = 0; look < 5; look++) {
      known();
    }
    server.verify(1, getRequestedFor(anyUrl()));
    now.set(START.plus(Refresh.PERIOD));
    known();
    server.verify(2, getRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not found", "{\"services\": []}", "{\"services\": [[[", "\u0000"})
  void whatIsNoListLeavesTheOneThatIsKnown(String body) {
    serves(aResponse().withBody(body));
    assertThat(known().size()).isEqualTo(RdapBootstrap.shipped().size());
    assertThat(file.known().asOf()).isEmpty();
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

  @Test
  void aFileThatWasBrokenMeanwhileIsPassedOver() throws IOException {
    Files.writeString(folder.resolve("rdap-bootstrap.json"), "{\"services\": [[");
    serves(aResponse().withStatus(503));
    restart();
    assertThat(known().size()).isEqualTo(RdapBootstrap.shipped().size());
    assertThat(file.known().asOf()).isEmpty();
  }

  @Test
  void theListOfSuffixesIsKeptAlike() throws IOException {
    KeptFile<?> suffixes = PublicLists.in(Optional.of(folder)).suffixes();
    String rules =
        IntStream.range(0, 20_000)
            .mapToObj(at -> "t" + at + "\n")
            .collect(Collectors.joining("", "// ===BEGIN ICANN DOMAINS===\n", ""));
    assertThat(suffixes.offer("t1\nt2\n".getBytes(StandardCharsets.UTF_8), START)).isFalse();
    assertThat(suffixes.offer(rules.getBytes(StandardCharsets.UTF_8), START)).isTrue();
    Known<?> kept = PublicLists.in(Optional.of(folder)).suffixes().known();
    assertThat(kept.asOf()).contains(START);
    assertThat(Files.size(folder.resolve("public_suffix_list.dat"))).isEqualTo(rules.length());
  }
}
