package parallax.probe.bgp.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Waits for neighbours to open sessions, takes in what they announce, and announces nothing. It is
 * one source, connected while any session is up. It connects to nobody, so that of two connections
 * with one neighbour (RFC 4271 section 6.8) both are the neighbour's: the one there is stays,
 * unless the neighbour said that it restarts sessions gracefully, for then the former one is over
 * (RFC 4724 section 5).
 *
 * <p>Plain TCP: routers that insist on its MD5 option or on TCP-AO report by BMP instead.
 */
public final class PassiveSpeaker implements RouteSource {
  public static final String NAME = "bgp";

  /** Connections of one neighbour at a time: one that stands, and one that finds that out. */
  private static final int CONNECTIONS = 2;

  private final InetSocketAddress at;
  private final SessionSettings settings;
  private final Map<InetAddress, Neighbour> neighbours = new LinkedHashMap<>();
  private final InstantSource clock;
  private final FigureBook figures = new FigureBook();
  private volatile @Nullable Acceptor acceptor;
  private volatile @Nullable GatedListener told;

  /**
   * @param at where to listen, resolved
   * @param neighbours that may connect, each of another address; nobody else may
   */
  public PassiveSpeaker(
      InetSocketAddress at,
      SessionSettings settings,
      List<Neighbour> neighbours,
      InstantSource clock) {
    this.at = at;
    this.settings = settings;
    this.clock = clock;
    neighbours.forEach(neighbour -> this.neighbours.put(neighbour.address(), neighbour));
    if (this.neighbours.size() < neighbours.size()) {
      throw new IllegalArgumentException("two neighbours of one address");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(RouteListener listener) {
    GatedListener gated = new GatedListener(listener);
    told = gated;
    int most = Math.max(1, CONNECTIONS * neighbours.size());
    acceptor = Acceptor.start(NAME, at, most, new Neighbours(new Sessions(gated, NAME)));
  }

  /** Those who may connect, and what becomes of them. */
  private final class Neighbours implements Acceptor.Host {
    private final Sessions sessions;

    Neighbours(Sessions sessions) {
      this.sessions = sessions;
    }

    @Override
    public boolean admits(InetAddress from) {
      return neighbours.containsKey(from);
    }

    @Override
    public void converse(Socket socket, BooleanSupplier closing) throws InterruptedException {
      Neighbour neighbour = neighbours.get(socket.getInetAddress());
      if (neighbour != null) {
        figures.opened();
        try {
          new Conversation(
                  new Conversation.Speaker(settings, clock, figures, sessions, closing),
                  neighbour,
                  socket)
              .hold();
        } finally {
          figures.closed();
        }
      }
    }

    @Override
    public void deaf(String why) {
      sessions.deaf(clock.instant(), why);
    }
  }

  /** Where it listens now, if it can. */
  public Optional<InetSocketAddress> address() {
    Acceptor running = acceptor;
    return running == null ? Optional.empty() : running.address();
  }

  /** Connections that were closed at once. */
  public long refused() {
    Acceptor running = acceptor;
    return running == null ? 0 : running.refused();
  }

  /** Neighbours tell everything. */
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
