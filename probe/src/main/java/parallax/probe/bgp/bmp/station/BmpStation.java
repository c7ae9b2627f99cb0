package parallax.probe.bgp.bmp.station;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.feed.RouteSource;
import parallax.probe.bgp.feed.SourceFigures;
import parallax.probe.bgp.session.listen.Acceptor;
import parallax.probe.bgp.session.listen.FigureBook;
import parallax.probe.bgp.session.listen.GatedListener;
import parallax.probe.net.Cidr;

/**
 * Listens for routers that report by BMP; each is a source of its own, by the name that it says or
 * its address. A router whose listener is slow is not read, and holds back what it has to say.
 *
 * <p>BMP has no sign of life. That a connection stands is asked of TCP, which notices within a
 * minute when the router is gone; while it stands its router counts as alive. When it ends, its
 * peers are told to be down and then the router to be lost: nothing is withdrawn.
 */
public final class BmpStation implements RouteSource {
  public static final String NAME = "bmp";

  private final StationSettings settings;
  private final InstantSource clock;
  private final FigureBook figures = new FigureBook();
  private volatile @Nullable Acceptor acceptor;
  private volatile @Nullable GatedListener told;

  public BmpStation(StationSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(RouteListener listener) {
    GatedListener gated = new GatedListener(listener);
    told = gated;
    acceptor = Acceptor.start(NAME, settings.at(), settings.maxRouters(), new Routers(gated));
  }

  /** The routers that may connect, and what becomes of them. */
  private final class Routers implements Acceptor.Host {
    private final RouterConnection.Station station;

    Routers(GatedListener listener) {
      this.station =
          new RouterConnection.Station(settings, clock, figures, new RouterNames(), listener);
    }

    @Override
    public boolean admits(InetAddress from) {
      return settings.allowed().stream().anyMatch(network -> network.contains(from));
    }

    @Override
    public void converse(Socket socket, BooleanSupplier closing) throws InterruptedException {
      figures.opened();
      try {
        new RouterConnection(station, socket).read();
      } finally {
        figures.closed();
      }
    }

    @Override
    public void deaf(String why) {
      station.listener().lost(NAME, clock.instant(), why);
    }
  }

  /** Where it listens now, if it can. */
  public Optional<InetSocketAddress> address() {
    Acceptor running = acceptor;
    return running == null ? Optional.empty() : running.address();
  }

  /** Connections that were closed at once: from elsewhere, or one too many. */
  public long refused() {
    Acceptor running = acceptor;
    return running == null ? 0 : running.refused();
  }

  /** Routers tell everything. */
  @Override
  public void want(SortedSet<Cidr> prefixes) {}

  @Override
  public SourceFigures figures() {
    return figures.figures();
  }

  @Override
  public void close() {
    Acceptor running = acceptor;
    GatedListener gated = told;
    if (running != null && gated != null) {
      running.close();
      gated.shut();
    }
  }
}
