package parallax.browser;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.status.serve.PublicServer;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.view.Standing;

/** A coordinator's two listeners over a world that a test put together. */
final class Site implements AutoCloseable {
  final World world;
  final Store store;

  /** Whether it leads; it does, unless a test says otherwise. */
  final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Leads());

  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters();
  private final ApiServer own;
  private final PublicServer shared;
  private final URI home;
  private final URI open;

  /** One over this world, at its own time, with its record in that folder. */
  Site(World world, Path folder) {
    this(world, folder, InstantSource.fixed(Examples.NOON));
  }

  /** The same at whatever time. */
  Site(World world, Path folder, InstantSource clock) {
    this.world = world;
    store = SqliteStore.open(folder);
    world.remember(store);
    MetricsPage metrics = new MetricsPage(world, new CheckDurations(), meters, List.of());
    own =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                world, store, metrics, System::nanoTime, clock, standing::get, Optional.empty()));
    home = URI.create("http://127.0.0.1:" + own.listen("127.0.0.1", 0).await() + "/");
    shared = own.publication().server(vertx, standing::get);
    open = URI.create("http://127.0.0.1:" + shared.listen("127.0.0.1", 0).await() + "/");
  }

  /** Where operators read. */
  URI home() {
    return home;
  }

  /** Where everybody reads. */
  URI open() {
    return open;
  }

  @Override
  public void close() {
    shared.close();
    own.close();
    store.close();
    meters.close();
    vertx.close().await();
  }
}
