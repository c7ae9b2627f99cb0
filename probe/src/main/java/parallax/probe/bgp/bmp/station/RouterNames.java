package parallax.probe.bgp.bmp.station;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Names of the routers that are connected. A name belongs to one connection: a router that connects
 * anew takes it over from its own former connection, at whose other end nobody is left; of two
 * routers that call themselves the same the second one has its address added.
 */
final class RouterNames {
  private final Map<String, Holder> holders = new LinkedHashMap<>();

  /** A connection that has a name, until it is gone. */
  static final class Holder {
    private final Socket socket;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile boolean replaced;

    Holder(Socket socket) {
      this.socket = socket;
    }

    /** Whether its router has another connection now. */
    boolean isReplaced() {
      return replaced;
    }

    /** Ends it for another one; whether it is gone within that time. */
    boolean replace(Duration most) throws InterruptedException {
      replaced = true;
      try {
        socket.close();
      } catch (IOException closed) {
        // Then its thread has seen that already.
        replaced = true;
      }
      return gone.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * A name that was given.
   *
   * @param former who had it, and must be gone before this one is told of
   */
  record Claim(String name, Holder holder, Optional<Holder> former) {}

  synchronized Claim claim(String wanted, Socket socket) {
    Holder holder = holders.get(wanted);
    boolean taken =
        holder != null && !holder.socket.getInetAddress().equals(socket.getInetAddress());
    String name = taken ? wanted + " (" + socket.getInetAddress().getHostAddress() + ")" : wanted;
    Holder mine = new Holder(socket);
    return new Claim(name, mine, Optional.ofNullable(holders.put(name, mine)));
  }

  /** The connection has ended, and that was told. */
  synchronized void release(Claim claim) {
    holders.remove(claim.name(), claim.holder());
    claim.holder().gone.countDown();
  }
}
