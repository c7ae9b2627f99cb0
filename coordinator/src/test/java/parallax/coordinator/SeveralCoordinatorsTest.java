package parallax.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.fault.Steps;
import parallax.config.observation.Outcome;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.OneLookDecides;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;

/** Two coordinators on one record: who leads answers, who follows hands on. */
final class SeveralCoordinatorsTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<List<String>> trouble = new AtomicReference<>(List.of());
  private Store store;
  private CoordinatorNode one;
  private CoordinatorNode other;
  private WebClient webOfOne;
  private WebClient webOfOther;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    one = node();
    other = node();
    webOfOne = new WebClient(one.port());
    webOfOther = new WebClient(other.port());
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    store.close();
    vertx.close().await();
  }

  private CoordinatorNode node() {
    return CoordinatorNode.among(
        new CoordinatorNode.Settings(
            vertx,
            "127.0.0.1",
            0,
            store,
            Examples.configuration("r1", Examples.target("shop")),
            InstantSource.system(),
            (_, _, _, _) -> {},
            "1.2.3",
            new Peering("one", Steps.UNWATCHED, 1000, trouble::get, List::of, List::of)),
        _ -> new OneLookDecides());
  }

  private static URI address(CoordinatorNode node) {
    return URI.create("http://127.0.0.1:" + node.port());
  }

  private void otherFollowsOne() {
    one.lead();
    other.follow(address(one));
    Waiting.until("ready", () -> webOfOne.get("/readyz").statusCode() == 200);
  }

  private Evidence evidence(Outcome outcome) {
    InstantSource clock = InstantSource.system();
    return new Evidence(Examples.observation("shop", outcome, clock.instant()), clock.instant());
  }

  private String state(WebClient web) {
    return web.json("/api/v1/targets/shop").getJsonObject("verdict").getString("state");
  }

  @Test
  void whoNeitherLeadsNorFollowsSaysSoAndIsNotReady() {
    assertThat(webOfOne.get("/readyz").statusCode()).isEqualTo(503);
    HttpResponse<String> answer = webOfOne.get("/api/v1/targets");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("no coordinator leads: it has just started");
    assertThat(webOfOne.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void whoFollowsHandsOnWhatItIsAskedAndAnswersForItself() throws Exception {
    otherFollowsOne();
    one.feed(List.of(evidence(Outcome.up())), _ -> {});
    Waiting.until("told by the leader", () -> state(webOfOne).equals("UP"));
    assertThat(state(webOfOther)).isEqualTo("UP");
    assertThat(webOfOther.get("/").body()).contains("1 up");
    assertThat(webOfOther.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(webOfOther.get("/api/v1/targets/none").statusCode()).isEqualTo(404);
    assertThat(webOfOther.get("/metrics").body())
        .contains("parallax_leading 0")
        .doesNotContain("target=\"shop\"");
    assertThat(webOfOne.get("/metrics").body()).contains("parallax_leading 1");
    assertThat(webOfOther.get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void aRequestIsHandedOnOnceOnly() {
    one.follow(address(other));
    other.follow(address(one));
    HttpResponse<String> answer = webOfOne.get("/api/v1/targets");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("the leader has just changed");
  }

  @Test
  void aLeaderThatDoesNotAnswerIsSaidSo() {
    otherFollowsOne();
    one.close();
    HttpResponse<String> answer = webOfOther.get("/api/v1/targets");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("does not answer");
  }

  @Test
  void whoTakesOverGoesOnAndWhoLedBeforeIsNotListenedTo() throws Exception {
    otherFollowsOne();
    one.feed(List.of(evidence(Outcome.up())), _ -> {});
    Waiting.until("up", () -> state(webOfOne).equals("UP"));
    other.lead();
    other.feed(List.of(evidence(Outcome.up())), _ -> {});
    Waiting.until("up", () -> state(webOfOther).equals("UP"));
    // The one before does not know yet: what it decides is refused, and it says so.
    for (int look = 0; look < 5; look++) {
      one.feed(List.of(evidence(Examples.REFUSED)), _ -> {});
    }
    Waiting.until(
        "outdated",
        () -> webOfOne.get("/readyz").body().contains("another coordinator has taken over"));
    one.follow(address(other));
    assertThat(state(webOfOne)).isEqualTo("UP");
  }

  @Test
  void whatIsHandedOverIsSafeOnceItIsOnDisk() throws Exception {
    one.lead();
    Waiting.until("ready", () -> webOfOne.get("/readyz").statusCode() == 200);
    Evidence item = evidence(Outcome.up());
    Receipt receipt =
        one.intake().take(List.of(item)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(receipt).isInstanceOf(Receipt.Safe.class);
    assertThat(
            store
                .evidence(
                    item.observation().target(),
                    item.received().minusSeconds(1),
                    item.received().plusSeconds(1),
                    Optional.empty(),
                    10)
                .items())
        .hasSize(1);
    one.await("nobody knows");
    assertThat(one.intake().take(List.of(item)).toCompletableFuture().get(30, TimeUnit.SECONDS))
        .isEqualTo(new Receipt.KeepThem(Receipt.Why.CLOSING));
  }

  @Test
  void whatKeepsItFromDoingItsPartMakesItUnready() {
    otherFollowsOne();
    trouble.set(List.of("it sees 1 of 3 coordinators"));
    assertThat(webOfOther.get("/readyz").body()).contains("1 of 3");
  }
}
