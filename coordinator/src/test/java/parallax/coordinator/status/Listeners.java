package parallax.coordinator.status;

import static parallax.coordinator.core.verdict.TargetState.DOWN;
import static parallax.coordinator.core.verdict.TargetState.UP;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.status.serve.PublicServer;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.Standing;

/** A public listener beside the coordinator's own, over one scene. */
final class Listeners implements AutoCloseable {
  final AtomicLong nanos = new AtomicLong();

  /** How often somebody looked. */
  final AtomicInteger snapshots = new AtomicInteger();

  final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Leads());
  final AtomicReference<Scene> scene =
      new AtomicReference<>(
          new Scene()
              .target("shop-internal", DOWN)
              .target("blog-internal", UP)
              .target("hidden", UP)
              .service("Shop & more", "shop-internal")
              .service("Blog", "blog-internal"));
  final FaultyStore store;

  /** Towards the coordinator's own listener. */
  final WebClient inside;

  /** Towards the public one. */
  final WebClient web;

  /** The coordinator's own listener, as another one finds it. */
  final URI leader;

  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters();
  private final ApiServer own;
  private final PublicServer server;

  Listeners(Path folder) {
    store = new FaultyStore(SqliteStore.open(folder));
    Counted shown = new Counted(scene, snapshots);
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    own =
        new ApiServer(
            vertx,
            new ApiServer.Sources(shown, store, page, nanos::get, InstantSource.fixed(Scene.NOON)));
    int port = own.listen("127.0.0.1", 0).await();
    leader = URI.create("http://127.0.0.1:" + port);
    inside = new WebClient(port);
    server = own.publication().server(vertx, standing::get);
    web = new WebClient(server.listen("127.0.0.1", 0).await());
  }

  @Override
  public void close() {
    server.close();
    own.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  /** Counts how often somebody looks. */
  private record Counted(AtomicReference<Scene> scene, AtomicInteger looks) implements Overview {
    @Override
    public Snapshot snapshot() {
      looks.incrementAndGet();
      return scene.get().snapshot();
    }

    @Override
    public ConfigurationStatus configuration() {
      return scene.get().configuration();
    }

    @Override
    public List<ProbeConnection> connections() {
      return List.of();
    }

    @Override
    public List<String> notReady() {
      return List.of();
    }

    @Override
    public List<String> notAlive() {
      return scene.get().notAlive();
    }

    @Override
    public String version() {
      return "1";
    }
  }
}
