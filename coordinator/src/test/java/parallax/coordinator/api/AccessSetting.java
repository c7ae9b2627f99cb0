package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;

/** A coordinator at which people are told apart, and an incident that they may care for. */
final class AccessSetting implements AutoCloseable {
  static final String ONCALL = "secret-of-oncall-0123456789";
  static final String EYES = "secret-of-eyes-0123456789";
  static final String OPS = "secret-of-ops-0123456789";
  static final String PAGE = "/incidents/abc";

  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters();
  final Shown shown = new Shown();
  final AtomicReference<Instant> now = new AtomicReference<>(Examples.NOON);
  final AtomicLong nanos = new AtomicLong();
  final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Leads());
  final Store store;
  final WebClient web;
  final Browser browser;
  private final ApiServer server;

  AccessSetting(Path folder) {
    store = SqliteStore.open(folder);
    server = server(store, standing);
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    browser = new Browser(web);
    shown.admits(tokens());
    store.record(
        store.takeOver(),
        List.of(
            new Effect.IncidentChanged(
                Judged.incident(
                    "abc",
                    List.of(Examples.target("shop").name()),
                    Scope.UNCONFIRMED,
                    Examples.cause(),
                    Examples.NOON.minusSeconds(5),
                    Examples.NOON,
                    List.of(Examples.evidence("shop", Examples.REFUSED, Examples.NOON))))),
        now.get());
  }

  ApiServer server(Store record, AtomicReference<Standing> where) {
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    return new ApiServer(
        vertx,
        new ApiServer.Sources(
            shown, record, page, nanos::get, now::get, where::get, Optional.empty()));
  }

  @Override
  public void close() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  static ApiToken[] tokens() {
    return new ApiToken[] {
      new ApiToken("oncall", Secret.of(ONCALL), Role.RESPONDER),
      new ApiToken("eyes", Secret.of(EYES), Role.VIEWER),
      new ApiToken("ops", Secret.of(OPS), Role.OPERATOR)
    };
  }

  static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  /** Pages are sent again as they are for a moment. */
  HttpResponse<String> anew(Browser whose, String path) {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    return whose.get(path);
  }

  boolean isIn(Browser whose) {
    return anew(whose, "/probes").statusCode() == 200;
  }

  List<Entry> notes() {
    return store.notebook(new IncidentId("abc")).stream()
        .filter(entry -> entry.what() instanceof Happening.Note)
        .toList();
  }
}
