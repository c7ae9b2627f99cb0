package parallax.probe.bgp.watch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.routes.Document;
import parallax.config.routes.RouteWatching.Rpki;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;

class PayloadKeeperTest {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");

  private static final Fetch FETCH =
      new Fetch("test", NetworkPolicy.forOperator(List.of(), List.of()));

  @TempDir Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final List<Optional<VrpTable>> told = new ArrayList<>();
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("vrps.json");
  }

  @Test
  void whatCannotBeReadChangesNothingUntilItIsTooOld() throws Exception {
    write(100, 100);
    PayloadKeeper keeper = keeper(new Document.InFile(file), Optional.empty());
    keeper.refresh();
    assertThat(sizes()).containsExactly(200);
    Files.writeString(file, "{\"roas\": [");
    after(Duration.ofMinutes(15), keeper);
    after(Duration.ofMinutes(90), keeper);
    assertThat(sizes()).containsExactly(200, 200, 200);
    after(Duration.ofMinutes(20), keeper);
    assertThat(sizes()).containsExactly(200, 200, 200, -1);
    write(100, 100);
    after(Duration.ofMinutes(15), keeper);
    assertThat(sizes().getLast()).isEqualTo(200);
  }

  @Test
  void anAnchorThatLosesMuchAtOnceIsNotBelieved() throws Exception {
    write(100, 100);
    PayloadKeeper keeper = keeper(new Document.InFile(file), Optional.empty());
    keeper.refresh();
    write(100, 79);
    after(Duration.ofMinutes(15), keeper);
    assertThat(sizes()).containsExactly(200, 200);
    write(100, 80);
    after(Duration.ofMinutes(15), keeper);
    assertThat(sizes()).containsExactly(200, 200, 180);
    write(0, 80);
    after(Duration.ofMinutes(15), keeper);
    assertThat(sizes().getLast()).isEqualTo(180);
    after(Duration.ofHours(2), keeper);
    assertThat(sizes().getLast()).as("what it was held against is too old").isEqualTo(80);
  }

  @Test
  void exceptionsOfThisPlaceAreLaidOverIt() throws Exception {
    write(10, 10);
    Path slurm =
        Files.writeString(
            folder.resolve("slurm.json"),
            """
            {"slurmVersion": 1,
             "validationOutputFilters": {"prefixFilters": [{"prefix": "11.0.0.0/8"}], "bgpsecFilters": []},
             "locallyAddedAssertions": {
               "prefixAssertions": [{"asn": 64511, "prefix": "198.51.100.0/24"}],
               "bgpsecAssertions": []}}
            """);
    keeper(new Document.InFile(file), Optional.of(slurm)).refresh();
    VrpTable table = told.getLast().orElseThrow();
    assertThat(table.validity(Cidr.parse("198.51.100.0/24"), Optional.of(64512L)))
        .isEqualTo(Validity.INVALID);
    assertThat(table.validity(Cidr.parse("198.51.100.0/24"), Optional.of(64511L)))
        .isEqualTo(Validity.VALID);
    assertThat(sizes()).containsExactly(11);
  }

  @Test
  void aUrlIsFetchedAndAnErrorIsNoDocument() throws Exception {
    write(5, 5);
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  if ("/vrps.json".equals(request.path())) {
                    request.response().sendFile(file.toString());
                  } else {
                    request.response().setStatusCode(404).end("{\"roas\": []}");
                  }
                })
            .listen(0, "127.0.0.1")
            .await(5, TimeUnit.SECONDS);
    try {
      String base = "http://127.0.0.1:" + server.actualPort();
      keeper(new Document.AtUrl(URI.create(base + "/vrps.json")), Optional.empty()).refresh();
      keeper(new Document.AtUrl(URI.create(base + "/none")), Optional.empty()).refresh();
      assertThat(sizes()).containsExactly(10, -1);
    } finally {
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void itReadsByItselfAndEnds() throws IOException {
    write(5, 5);
    CompletableFuture<Optional<VrpTable>> first = new CompletableFuture<>();
    Rpki rpki =
        new Rpki(Optional.of(new Document.InFile(file)), Optional.empty(), Optional.empty());
    try (PayloadKeeper keeper =
        new PayloadKeeper(rpki, now::get, new Random(5), FETCH, first::complete)) {
      keeper.start();
      assertThat(first)
          .succeedsWithin(Duration.ofSeconds(10))
          .satisfies(table -> assertThat(table).isPresent());
    }
  }

  private PayloadKeeper keeper(Document document, Optional<Path> slurm) {
    return new PayloadKeeper(
        new Rpki(Optional.of(document), Optional.empty(), slurm),
        now::get,
        new Random(5),
        FETCH,
        told::add);
  }

  private void after(Duration time, PayloadKeeper keeper) throws InterruptedException {
    now.updateAndGet(instant -> instant.plus(time));
    keeper.refresh();
  }

  private List<Integer> sizes() {
    return told.stream().map(table -> table.map(VrpTable::size).orElse(-1)).toList();
  }

  private void write(int ofOne, int ofOther) throws IOException {
    String roas =
        roas("one", 10, ofOne) + (ofOne > 0 && ofOther > 0 ? "," : "") + roas("other", 11, ofOther);
    Files.writeString(file, "{\"roas\": [" + roas + "]}");
  }

  private static String roas(String anchor, int first, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                "{\"asn\": 64496, \"prefix\": \"%d.%d.0.0/16\", \"maxLength\": 16, \"ta\": \"%s\"}"
                    .formatted(first, number, anchor))
        .collect(Collectors.joining(","));
  }
}
