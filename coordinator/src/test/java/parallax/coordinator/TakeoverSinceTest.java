package parallax.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.check.CheckKind;
import parallax.config.fault.Steps;
import parallax.config.observation.Outcome;
import parallax.config.secret.SecretSource;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.ingest.CoreDecider;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;

/** What people read of an outage after another coordinator, or the same one again, decides. */
final class TakeoverSinceTest {
  private static final TargetName SHOP = new TargetName("shop");

  /** So many looks in a row are a verdict where one probe looks. */
  private static final int ENOUGH = 4;

  private static final Duration APART = Duration.ofMillis(50);

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final InstantSource clock = InstantSource.system();
  private Store store;
  private Instant newest = Instant.EPOCH;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
  }

  @AfterEach
  void stop() {
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
            configuration(),
            clock,
            (_, _, _, _) -> {},
            "1.2.3",
            new Peering("one", Steps.UNWATCHED, 1000, List::of, List::of, List::of)),
        CoreDecider::restored);
  }

  /** A target that is looked at in one way. */
  private static Configuration configuration() {
    String yaml = "targets: [{name: shop, url: \"tcp://192.0.2.1:5432\"}]";
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    return ((Loaded.Valid) loaded).configuration();
  }

  /** A look that was made some time ago; no two at once. */
  private Evidence look(Outcome outcome, int ago) {
    Instant now = clock.instant();
    Instant started = now.minus(APART.multipliedBy(ago));
    newest = started.isAfter(newest) ? started : newest;
    return new Evidence(
        Examples.observation(Examples.EMBEDDED, "shop", CheckKind.TCP, outcome, started), now);
  }

  /** Since when the target is said to be so once it is {@code state}. */
  private Instant seen(CoordinatorNode node, Outcome outcome, TargetState state)
      throws InterruptedException {
    WebClient web = new WebClient(node.port());
    Waiting.until("ready", () -> web.get("/readyz").statusCode() == 200);
    // What is looked at now was not looked at before what was seen last.
    Instant after = newest.plus(APART.multipliedBy(ENOUGH + 1L));
    Waiting.until("some time later", () -> clock.instant().isAfter(after));
    for (int look = 0; look < ENOUGH; look++) {
      node.feed(List.of(look(outcome, ENOUGH - look)), _ -> {});
    }
    Waiting.until(state.name(), () -> verdict(web).getString("state").equals(state.name()));
    // The record keeps microseconds.
    return Instant.parse(verdict(web).getString("since")).truncatedTo(ChronoUnit.MICROS);
  }

  private static JsonObject verdict(WebClient web) {
    return web.json("/api/v1/targets/shop").getJsonObject("verdict");
  }

  private List<Store.Interval> intervals() {
    return store.intervals(SHOP, Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
  }

  @Test
  void anOutageIsAsOldAsItIsForWhoTakesOverAndAfterARestart() throws Exception {
    Instant since;
    try (CoordinatorNode one = node();
        CoordinatorNode other = node()) {
      one.lead();
      since = seen(one, Examples.REFUSED, TargetState.DOWN);
      Waiting.until("recorded", () -> intervals().getLast().state() == TargetState.DOWN);
      other.lead();
      assertThat(seen(other, Examples.REFUSED, TargetState.DOWN)).isEqualTo(since);
    }
    store.close();
    store = SqliteStore.open(folder);
    try (CoordinatorNode again = node()) {
      again.lead();
      assertThat(seen(again, Examples.REFUSED, TargetState.DOWN)).isEqualTo(since);
      seen(again, Outcome.up(), TargetState.UP);
      Waiting.until("recorded", () -> intervals().getLast().state() == TargetState.UP);
    }
    List<Store.Interval> all = intervals();
    for (int at = 1; at < all.size(); at++) {
      assertThat(all.get(at - 1).until()).contains(all.get(at).from());
    }
    assertThat(all)
        .extracting(Store.Interval::state)
        .filteredOn(state -> state != TargetState.DOWN)
        .containsExactly(TargetState.UNKNOWN, TargetState.UP);
  }
}
