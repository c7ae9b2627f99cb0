package parallax.probe.bgp.watch.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.ServerAddress;
import parallax.config.routes.Document;
import parallax.config.routes.RouteWatching.Rpki;
import parallax.probe.bgp.rpki.Slurm;
import parallax.probe.bgp.rpki.SlurmJson;
import parallax.probe.bgp.rpki.VrpJson;
import parallax.probe.bgp.rpki.VrpRead;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.rpki.rtr.RtrClient;
import parallax.probe.net.HostGate;

/**
 * Keeps what the RPKI allows up to date, from a file, a URL or an RTR cache, with the exceptions of
 * this place (RFC 8416). What cannot be read changes nothing, until what is known is too old.
 */
public final class PayloadKeeper implements AutoCloseable {
  static final Duration REFRESH = Duration.ofMinutes(15);

  /** What was read longer ago is not used. */
  static final Duration STALE = Duration.ofHours(2);

  /** So much of the refresh, at most, is drawn by lot: all at once would be no way to ask. */
  private static final double JITTER = 0.1;

  private static final int RTR_VERSION = 1;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final Logger LOG = LoggerFactory.getLogger(PayloadKeeper.class);

  private final Rpki rpki;
  private final InstantSource clock;
  private final RandomGenerator lots;
  private final Fetch fetch;
  private final Consumer<Optional<VrpTable>> listener;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable RtrClient client;
  private @Nullable Thread reader;
  private Optional<Known> known = Optional.empty();

  /** As it was read, without the exceptions. */
  private record Known(VrpTable table, Instant at) {}

  /**
   * @param lots of when the next refresh is
   * @param listener gets what counts now; empty when nothing is known, or too old. May take its
   *     time
   */
  public PayloadKeeper(
      Rpki rpki,
      InstantSource clock,
      RandomGenerator lots,
      Fetch fetch,
      Consumer<Optional<VrpTable>> listener) {
    this.rpki = rpki;
    this.clock = clock;
    this.lots = lots;
    this.fetch = fetch;
    this.listener = listener;
  }

  /** Begins, where there is anything to keep. Called once. */
  public synchronized void start() {
    rpki.cache().ifPresent(this::connect);
    if (rpki.payloads().isPresent()) {
      reader = Thread.ofVirtual().name("parallax-rpki").start(this::keepReading);
    }
  }

  private void keepReading() {
    try {
      boolean over = false;
      while (!over) {
        refresh();
        over = ended.await(pause().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause() {
    double part = 1 + JITTER * (2 * lots.nextDouble() - 1);
    return Duration.ofMillis((long) (REFRESH.toMillis() * part));
  }

  /** Reads once, and tells what counts. */
  void refresh() throws InterruptedException {
    Instant now = clock.instant();
    known = known.filter(one -> one.at().plus(STALE).isAfter(now));
    Optional<VrpTable> read = read(now);
    Optional<String> objection =
        read.flatMap(next -> known.flatMap(last -> AnchorGuard.objection(last.table(), next)));
    objection.ifPresent(why -> LOG.warn("rpki=kept why=\"{}\"", why));
    if (read.isPresent() && objection.isEmpty()) {
      known = read.map(table -> new Known(table, now));
      LOG.info("rpki=read payloads={}", known.map(one -> one.table().size()).orElse(0));
    }
    listener.accept(known.map(Known::table).map(this::excepted));
  }

  private Optional<VrpTable> read(Instant now) throws InterruptedException {
    Optional<Document> document = rpki.payloads();
    if (document.isEmpty()) {
      return Optional.empty();
    }
    try {
      VrpRead read = fetch.with(document.get(), file -> readFile(file, now));
      return switch (read) {
        case VrpRead.Complete complete -> Optional.of(complete.table());
        case VrpRead.Broken(String reason) -> {
          LOG.warn("rpki=unread from=\"{}\" why=\"{}\"", document.get(), reason);
          yield Optional.empty();
        }
      };
    } catch (IOException broken) {
      LOG.warn("rpki=unread from=\"{}\" why=\"{}\"", document.get(), broken.toString());
      return Optional.empty();
    }
  }

  private static VrpRead readFile(Path file, Instant now) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.mark(2);
      boolean packed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
      in.reset();
      return VrpJson.read(packed ? new GZIPInputStream(in) : in, now);
    }
  }

  /** With the exceptions of this place, read anew each time: they are written by hand. */
  private VrpTable excepted(VrpTable table) {
    Optional<Path> file = rpki.exceptions();
    if (file.isEmpty()) {
      return table;
    }
    try {
      return switch (SlurmJson.read(Files.readAllBytes(file.get()))) {
        case SlurmJson.Read.Complete(Slurm slurm) -> slurm.applyTo(table);
        case SlurmJson.Read.Broken(String reason) -> {
          LOG.warn("slurm=unread from=\"{}\" why=\"{}\"", file.get(), reason);
          yield table;
        }
      };
    } catch (IOException broken) {
      LOG.warn("slurm=unread from=\"{}\" why=\"{}\"", file.get(), broken.toString());
      return table;
    }
  }

  private void connect(ServerAddress cache) {
    client =
        RtrClient.start(
            InetSocketAddress.createUnresolved(cache.host(), cache.port()),
            new HostGate(fetch.policy())::pass,
            RTR_VERSION,
            clock,
            new RtrClient.Listener() {
              @Override
              public void changed(Optional<VrpTable> payloads) {
                LOG.info("rtr={} payloads={}", cache, payloads.map(VrpTable::size).orElse(0));
                listener.accept(
                    payloads.map(PayloadKeeper::copy).map(PayloadKeeper.this::excepted));
              }

              @Override
              public void interrupted(String reason) {
                LOG.warn("rtr={} state=lost why=\"{}\"", cache, reason);
              }
            });
  }

  /** The client goes on to change its own. */
  private static VrpTable copy(VrpTable table) {
    VrpTable copy = new VrpTable();
    table.forEach(copy::add);
    return copy;
  }

  @Override
  public synchronized void close() {
    ended.countDown();
    Optional.ofNullable(client).ifPresent(RtrClient::close);
    Optional.ofNullable(reader).ifPresent(Thread::interrupt);
  }
}
