package parallax.deploy.demo.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port on many addresses: the one that is usual if it can be had, else any. */
final class Ports {
  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
  private static final int MAX_TRIES = 20;

  private Ports() {}

  /** Binds one socket; to any free port when {@code port} is 0. */
  interface Binding<A, S extends Closeable> {
    S bind(A address, int port) throws IOException;

    int port(S socket);
  }

  /**
   * Sockets on all the addresses with one port.
   *
   * @throws IOException when there is no such port
   */
  static <A, S extends Closeable> List<S> bind(List<A> addresses, int usual, Binding<A, S> binding)
      throws IOException {
    IOException last = new IOException("no address");
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      List<S> open = new ArrayList<>();
      int port = attempt == 0 ? usual : 0;
      try {
        for (A address : addresses) {
          S socket = binding.bind(address, port);
          open.add(socket);
          port = binding.port(socket);
        }
        return open;
      } catch (IOException e) {
        last = e;
        close(open);
      }
    }
    throw last;
  }

  /** Closes all of them, whatever happens to one. */
  static void close(List<? extends Closeable> sockets) {
    for (Closeable socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("socket=closing error={}", e.toString());
      }
    }
  }
}
