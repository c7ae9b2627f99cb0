package parallax.probe.bgp.session.listen;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Listens for routers. Each connection has a virtual thread of its own; whoever may not connect, or
 * is one too many, finds it closed. Where it cannot listen it tries again.
 */
public final class Acceptor implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int BACKLOG = 64;

  /** A connection ends so long after its router fell silent: 60 s, where the system can do that. */
  private static final List<KeepAliveOption> KEEP_ALIVE =
      List.of(
          new KeepAliveOption(ExtendedSocketOptions.TCP_KEEPIDLE, 30),
          new KeepAliveOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 10),
          new KeepAliveOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3));

  /** For connections to end by themselves, and then for their threads to be gone. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private static final Duration END = Duration.ofMillis(300);

  private final InetSocketAddress at;
  private final Host host;
  private final Semaphore room;
  private final AtomicLong refused = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<Socket, Thread> conversations = new ConcurrentHashMap<>();
  private final Thread listener;
  private volatile @Nullable ServerSocket server;

  private record KeepAliveOption(SocketOption<Integer> option, int value) {}

  /** Who is listened for. Called on the threads of the connections. */
  public interface Host {
    boolean admits(InetAddress from);

    /**
     * Reads the connection to its end; it is closed afterwards.
     *
     * @param closing whether it ends because we do: its input is at an end then
     */
    void converse(Socket socket, BooleanSupplier closing) throws IOException, InterruptedException;

    /** It cannot listen, and goes on trying; told once until it can. */
    void deaf(String why);
  }

  private Acceptor(String name, InetSocketAddress at, int most, Host host) {
    this.at = at;
    this.host = host;
    this.room = new Semaphore(most);
    this.listener = Thread.ofVirtual().name(name).unstarted(() -> run(name));
  }

  /**
   * Begins.
   *
   * @param name of its threads
   * @param most connections at a time
   */
  public static Acceptor start(String name, InetSocketAddress at, int most, Host host) {
    Acceptor acceptor = new Acceptor(name, at, most, host);
    acceptor.listener.start();
    return acceptor;
  }

  /** Where it listens now. */
  public Optional<InetSocketAddress> address() {
    ServerSocket open = server;
    return open == null
        ? Optional.empty()
        : Optional.of((InetSocketAddress) open.getLocalSocketAddress());
  }

  /** Connections that were closed at once. */
  public long refused() {
    return refused.get();
  }

  private boolean isClosing() {
    return stopped.getCount() == 0;
  }

  private void run(String name) {
    try {
      boolean deaf = false;
      while (!isClosing()) {
        try (ServerSocket listening = new ServerSocket()) {
          listening.setReuseAddress(true);
          listening.bind(at, BACKLOG);
          server = listening;
          deaf = false;
          accept(name, listening);
        } catch (IOException failed) {
          server = null;
          if (!isClosing() && !deaf) {
            deaf = true;
            host.deaf("cannot listen on " + at + ": " + failed.getMessage());
          }
          stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(String name, ServerSocket listening) throws IOException {
    while (!isClosing()) {
      Socket socket = listening.accept();
      boolean welcome = host.admits(socket.getInetAddress()) && room.tryAcquire();
      if (!welcome) {
        refused.incrementAndGet();
        socket.close();
        continue;
      }
      Thread thread =
          Thread.ofVirtual()
              .name(name + " " + socket.getRemoteSocketAddress())
              .unstarted(() -> converse(socket));
      conversations.put(socket, thread);
      thread.start();
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      for (KeepAliveOption one : KEEP_ALIVE) {
        if (socket.supportedOptions().contains(one.option())) {
          socket.setOption(one.option(), one.value());
        }
      }
      if (!isClosing()) {
        host.converse(socket, this::isClosing);
      }
    } catch (IOException gone) {
      // It ended before it had begun: the host has told what there was to tell.
      return;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      conversations.remove(socket);
      room.release();
    }
  }

  /**
   * Ends all connections within a second and a half, each by itself where it does so in half a
   * second. Nobody can connect afterwards, and the address is free for who listens next.
   */
  @Override
  public void close() {
    stopped.countDown();
    closeQuietly(server);
    try {
      // A listening socket stays open until the virtual thread that waits on it has woken up.
      listener.join(FAREWELL);
      Map<Socket, Thread> open = Map.copyOf(conversations);
      open.keySet().forEach(Acceptor::endInput);
      join(open, FAREWELL);
      open.forEach(
          (socket, thread) -> {
            closeQuietly(socket);
            thread.interrupt();
          });
      join(open, END);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Map<Socket, Thread> open, Duration most) throws InterruptedException {
    long shares = Math.max(1, open.size());
    Duration left = most;
    for (Thread thread : open.values()) {
      // Those that end in time cost nothing; of the others each has its share.
      thread.join(left.dividedBy(shares).plusMillis(1));
    }
  }

  private static void endInput(Socket socket) {
    try {
      socket.shutdownInput();
    } catch (IOException closed) {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(@Nullable Closeable open) {
    if (open != null) {
      try {
        open.close();
      } catch (IOException alreadyGone) {
        // Nothing is left to close.
        return;
      }
    }
  }
}
