package parallax.probe.bgp.rpki.rtr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.probe.bgp.rpki.VrpTable;

/**
 * Keeps a connection to a cache, on one virtual thread that runs the session. Plain TCP: run it on
 * a network that is trusted (RFC 8210 section 9.1).
 */
public final class RtrClient implements AutoCloseable {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);

  /** How long it reads before it looks whether something is due. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private static final int BUFFER = 64 * 1024;

  private final InetSocketAddress cache;
  private final Names names;
  private final InstantSource clock;
  private final Listener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Socket open;

  /** Is told on the client's thread. */
  public interface Listener {
    /**
     * The payloads have changed.
     *
     * @param payloads not changed while this runs, and not to be kept after; empty when none count
     */
    void changed(Optional<VrpTable> payloads);

    /** A connection could not be opened or has ended; another one follows in time. */
    void interrupted(String reason);
  }

  /** What a name means now. */
  @FunctionalInterface
  public interface Names {
    /**
     * An address to connect to.
     *
     * @throws IOException when there is none, or it may not be connected to
     */
    InetAddress of(String host) throws IOException;
  }

  private RtrClient(InetSocketAddress cache, Names names, InstantSource clock, Listener listener) {
    this.cache = cache;
    this.names = names;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Begins, and connects to wherever the name leads.
   *
   * @see #start(InetSocketAddress, Names, int, InstantSource, Listener)
   */
  public static RtrClient start(
      InetSocketAddress cache, int version, InstantSource clock, Listener listener) {
    return start(cache, InetAddress::getByName, version, clock, listener);
  }

  /**
   * Begins.
   *
   * @param cache whose name is resolved whenever a connection is opened
   * @param version to begin with, see {@link RtrSession}
   */
  public static RtrClient start(
      InetSocketAddress cache, Names names, int version, InstantSource clock, Listener listener) {
    RtrClient client = new RtrClient(cache, names, clock, listener);
    RtrSession session = new RtrSession(version, clock.instant());
    Thread.ofVirtual().name("rtr " + cache).start(() -> client.run(session));
    return client;
  }

  private void run(RtrSession session) {
    while (!waitToConnect(session)) {
      String reason = "";
      boolean connected = false;
      try (Socket socket = new Socket()) {
        open = socket;
        // Anew each time: a cache may have moved, or its name may not have resolved yet.
        InetAddress address = names.of(cache.getHostString());
        socket.connect(
            new InetSocketAddress(address, cache.getPort()), (int) CONNECT_TIME.toMillis());
        connected = true;
        reason = converse(session, socket);
      } catch (IOException broken) {
        reason = String.valueOf(broken.getMessage());
      } finally {
        open = null;
      }
      if (stopped.getCount() > 0) {
        Instant now = clock.instant();
        tell(session, connected ? session.closed(now) : session.unreachable(now));
        listener.interrupted(reason);
      }
    }
  }

  /** Waits for the time to connect; true when it is to end instead. */
  private boolean waitToConnect(RtrSession session) {
    try {
      Duration left = Duration.between(clock.instant(), session.due());
      while (left.isPositive()) {
        long millis = Math.clamp(left.toMillis(), 1, MAX_WAIT.toMillis());
        if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
          return true;
        }
        tell(session, session.tick(clock.instant()));
        left = Duration.between(clock.instant(), session.due());
      }
      return stopped.getCount() == 0;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String converse(RtrSession session, Socket socket) throws IOException {
    socket.setSoTimeout((int) MAX_WAIT.toMillis());
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    Optional<String> end = carryOut(session, session.opened(clock.instant()), out);
    while (end.isEmpty()) {
      List<RtrEffect> effects;
      try {
        int count = in.read(buffer);
        if (count < 0) {
          return "the cache has closed the connection";
        }
        effects = session.received(buffer, count, clock.instant());
      } catch (SocketTimeoutException nothingCame) {
        effects = session.tick(clock.instant());
      }
      end = carryOut(session, effects, out);
    }
    return end.get();
  }

  private Optional<String> carryOut(RtrSession session, List<RtrEffect> effects, OutputStream out)
      throws IOException {
    Optional<String> end = Optional.empty();
    for (RtrEffect effect : effects) {
      switch (effect) {
        case RtrEffect.Ask(int version, RtrPdu.SerialQuery query) ->
            out.write(RtrDecoder.bytes(version, query));
        case RtrEffect.Ask(int version, RtrPdu _) ->
            out.write(RtrDecoder.bytes(version, new RtrPdu.ResetQuery()));
        case RtrEffect.Close(String reason) -> end = Optional.of(reason);
        case RtrEffect.Changed _ -> listener.changed(session.payloads());
      }
    }
    return end;
  }

  private void tell(RtrSession session, List<RtrEffect> effects) {
    if (effects.contains(new RtrEffect.Changed())) {
      listener.changed(session.payloads());
    }
  }

  /** Ends the connection, and the thread soon after. */
  @Override
  public void close() {
    stopped.countDown();
    Socket socket = open;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException alreadyGone) {
        // Nothing is left to close.
        stopped.countDown();
      }
    }
  }
}
