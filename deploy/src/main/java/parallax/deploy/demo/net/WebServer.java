package parallax.deploy.demo.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTPS on many addresses and one port, a certificate for each address; one request a connection
 * (HTTP/1.1, RFC 9112).
 */
final class WebServer implements Closeable {
  /** The port of HTTPS. */
  static final int USUAL_PORT = 443;

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** A request that is not answered is held for longer than any check waits. */
  private static final Duration HELD = Duration.ofSeconds(15);

  private static final int MAX_AT_ONCE = 512;
  private static final int MAX_HEAD = 16 * 1024;
  private static final int BACKLOG = 128;

  private final List<ServerSocket> sockets;
  private final Map<InetAddress, SSLContext> certificates;
  private final Faults faults;
  private final Semaphore room = new Semaphore(MAX_AT_ONCE);

  /**
   * Listens.
   *
   * @param certificates by address; may change while it runs
   * @throws IOException when the addresses have no free port in common
   */
  WebServer(List<InetAddress> addresses, Map<InetAddress, SSLContext> certificates, Faults faults)
      throws IOException {
    this.certificates = certificates;
    this.faults = faults;
    this.sockets =
        Ports.bind(
            addresses,
            USUAL_PORT,
            new Ports.Binding<InetAddress, ServerSocket>() {
              @Override
              public ServerSocket bind(InetAddress address, int port) throws IOException {
                return new ServerSocket(port, BACKLOG, address);
              }

              @Override
              public int port(ServerSocket socket) {
                return socket.getLocalPort();
              }
            });
    for (ServerSocket socket : sockets) {
      Thread.ofVirtual().name("demo-web").start(() -> accept(socket));
    }
  }

  /** The port of all of them. */
  int port() {
    return sockets.getFirst().getLocalPort();
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (room.tryAcquire()) {
          Thread.ofVirtual().start(() -> serve(socket));
        } else {
          socket.close();
        }
      } catch (IOException e) {
        LOG.debug("web=accepting error={}", e.toString());
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InetAddress server = socket.getLocalAddress();
      SSLContext certificate = certificates.get(server);
      if (certificate == null || !faults.isHeard(socket.getInetAddress(), server)) {
        hold(socket);
        return;
      }
      socket.setSoTimeout((int) IDLE.toMillis());
      try (SSLSocket secure =
          (SSLSocket) certificate.getSocketFactory().createSocket(socket, null, true)) {
        secure.setUseClientMode(false);
        head(secure.getInputStream());
        secure.getOutputStream().write(answer(faults.isUnavailable(server)));
        secure.getOutputStream().flush();
      }
    } catch (IOException e) {
      LOG.debug("web=serving error={}", e.toString());
    } finally {
      room.release();
    }
  }

  /** Says nothing until the other side leaves. */
  private static void hold(Socket socket) throws IOException {
    socket.setSoTimeout((int) HELD.toMillis());
    socket.getInputStream().skipNBytes(MAX_HEAD);
  }

  /** Reads a request up to its empty line. */
  private static void head(InputStream in) throws IOException {
    int newlines = 0;
    for (int read = 0; read < MAX_HEAD && newlines < 2; read++) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("a request without an end");
      }
      if (next == '\n') {
        newlines++;
      } else if (next != '\r') {
        newlines = 0;
      }
    }
  }

  private static byte[] answer(boolean unavailable) {
    String body = unavailable ? "Service Unavailable\n" : "All is well.\n";
    String status = unavailable ? "503 Service Unavailable" : "200 OK";
    return ("HTTP/1.1 "
            + status
            + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    Ports.close(sockets);
  }
}
