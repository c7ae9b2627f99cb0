package parallax.deploy.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mail server that takes all but the end of a message, behind which it says nothing more. */
final class StallingServer implements AutoCloseable {
  private final ServerSocket listening;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Instant> stalled = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stalls = true;

  private StallingServer(ServerSocket listening) {
    this.listening = listening;
  }

  static StallingServer start() throws IOException {
    StallingServer server =
        new StallingServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    server.threads.execute(server::accept);
    return server;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** When it stalled. */
  List<Instant> stalled() {
    return List.copyOf(stalled);
  }

  /** What it took, once it is mended. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  void mend() {
    stalls = false;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        threads.execute(() -> talk(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket accepted) {
    try (Socket socket = accepted) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      say(out, "220 stalling");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT)) {
          case "DATA" -> {
            say(out, "354 go on");
            message(in);
            say(out, "250 taken");
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> say(out, "250 ok");
        }
      }
    } catch (IOException e) {
      // The client went away: that is its right.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(ISO_8859_1));
    out.flush();
  }

  private void message(BufferedReader in) throws IOException, InterruptedException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      message.append(line).append("\r\n");
    }
    if (stalls) {
      stalled.add(InstantSource.system().instant());
      closed.await();
    }
    messages.add(message.toString());
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
    threads.shutdownNow();
  }
}
