package parallax.deploy.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Servers that greet, each in its way, on both loopback addresses. */
final class Talkers implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final List<ServerSocket> sockets = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  /** What a server does with a connection. */
  private interface Manners {
    void serve(BufferedReader in, Socket socket) throws IOException;
  }

  static Talkers start() {
    Talkers talkers = new Talkers();
    talkers.listen(
        (in, socket) -> {
          say(socket, "220 mail.example ESMTP ready\r\n");
          String line = in.readLine();
          while (line != null) {
            say(
                socket,
                line.startsWith("EHLO")
                    ? "250-mail.example\r\n250-PIPELINING\r\n250 SIZE\r\n"
                    : line.startsWith("QUIT") ? "221 bye\r\n" : "502 what?\r\n");
            line = in.readLine();
          }
        });
    talkers.listen((_, socket) -> say(socket, "SSH-2.0-Test_1.0\r\n"));
    talkers.listen((_, _) -> {});
    talkers.listen((_, socket) -> say(socket, "no end of line"));
    talkers.listen((_, socket) -> say(socket, "x".repeat(70_000) + "\n"));
    return talkers;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private void listen(Manners manners) {
    try {
      ServerSocket four = new ServerSocket();
      four.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      ServerSocket six = new ServerSocket();
      six.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), four.getLocalPort()));
      ports.add(four.getLocalPort());
      for (ServerSocket socket : List.of(four, six)) {
        sockets.add(socket);
        Thread.ofVirtual().start(() -> accept(socket, manners));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void accept(ServerSocket server, Manners manners) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket, manners));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Manners manners) {
    try (socket) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      manners.serve(in, socket);
      socket.shutdownOutput();
      // Closed with something unread it would be a reset, or an end, as it happens.
      in.transferTo(Writer.nullWriter());
    } catch (IOException gone) {
      // The other side has had enough.
      return;
    }
  }

  List<Integer> ports() {
    return ports;
  }

  @Override
  public void close() {
    for (ServerSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
