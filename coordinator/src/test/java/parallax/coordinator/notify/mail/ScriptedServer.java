package parallax.coordinator.notify.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that says what it is told to. A script maps the beginning of a command
 * ({@code GREETING} is what comes before any, {@code .} the end of a message) to an answer without
 * its line break, or to one of the constants.
 */
public final class ScriptedServer implements AutoCloseable {
  /** Says nothing more. */
  public static final String STALL = "stall";

  /** Closes the connection. */
  public static final String CUT = "cut";

  /** Says a byte now and then, never a line. */
  public static final String DRIP = "drip";

  /** Says lines without end. */
  public static final String FLOOD = "flood";

  /** Reads the message no further. */
  public static final String DEAF = "deaf";

  /** Answers what is not TLS to the handshake. */
  public static final String BROKEN_TLS = "broken tls";

  private static final int DRIP_MILLIS = 40;

  private final ServerSocket listening;
  private final Optional<SSLContext> tls;
  private final Map<String, String> script = new ConcurrentHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private ScriptedServer(ServerSocket listening, Optional<SSLContext> tls) {
    this.listening = listening;
    this.tls = tls;
  }

  public static ScriptedServer start(Optional<SSLContext> tls) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ScriptedServer server = new ScriptedServer(listening, tls);
    server.threads.execute(server::accept);
    return server;
  }

  public ScriptedServer says(String command, String answer) {
    script.put(command, answer);
    return this;
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** What it was told, messages aside; of logins only their beginning. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  public List<String> messages() {
    return List.copyOf(messages);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        threads.execute(() -> talk(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket accepted) {
    try (accepted) {
      Socket socket = accepted;
      if (!answer(socket, "GREETING", "220 scripted")) {
        return;
      }
      for (String line = line(socket); line != null; line = line(socket)) {
        commands.add(line);
        String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        if (!answer(socket, key(line), usual(verb, socket))) {
          return;
        }
        if (verb.equals("STARTTLS")) {
          socket = encrypted(socket);
        }
        if (verb.equals("DATA") && usual(key(line)).startsWith("354") && !message(socket)) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went away: that is its right.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String usual(String command) {
    return script.getOrDefault(command, "354 go on");
  }

  private String usual(String verb, Socket socket) {
    return switch (verb) {
      case "EHLO" -> {
        boolean offersTls = tls.isPresent() && !(socket instanceof SSLSocket);
        yield "250-scripted\r\n" + (offersTls ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN LOGIN";
      }
      case "DATA" -> "354 go on";
      case "AUTH" -> "235 in";
      case "STARTTLS" -> "220 now";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private String key(String line) {
    return script.keySet().stream()
        .filter(key -> line.toUpperCase(Locale.ROOT).startsWith(key.toUpperCase(Locale.ROOT)))
        .max(java.util.Comparator.comparingInt(String::length))
        .orElse(line);
  }

  private Socket encrypted(Socket socket) throws IOException {
    if (BROKEN_TLS.equals(script.get("TLS"))) {
      socket.getOutputStream().write("550 no TLS today\r\n".getBytes(ISO_8859_1));
    }
    SSLSocket wrapped =
        (SSLSocket)
            tls.orElseThrow()
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
    wrapped.setUseClientMode(false);
    wrapped.startHandshake();
    return wrapped;
  }

  private boolean message(Socket socket) throws IOException, InterruptedException {
    if (DEAF.equals(script.get("."))) {
      closed.await();
      return false;
    }
    StringBuilder message = new StringBuilder();
    for (String line = line(socket); line != null; line = line(socket)) {
      if (line.equals(".")) {
        messages.add(message.toString());
        return answer(socket, ".", "250 taken");
      }
      message.append(line).append("\r\n");
    }
    return false;
  }

  /** Tells whether to go on. */
  private boolean answer(Socket socket, String command, String usual)
      throws IOException, InterruptedException {
    String answer = script.getOrDefault(command, usual);
    switch (answer) {
      case STALL -> closed.await();
      case CUT -> {}
      case DRIP -> {
        do {
          socket.getOutputStream().write('2');
        } while (!closed.await(DRIP_MILLIS, TimeUnit.MILLISECONDS));
      }
      case FLOOD -> {
        byte[] lines = "250-and so on\r\n".repeat(1000).getBytes(ISO_8859_1);
        while (!listening.isClosed()) {
          socket.getOutputStream().write(lines);
        }
      }
      default -> {
        socket.getOutputStream().write((answer + "\r\n").getBytes(ISO_8859_1));
        return !answer.startsWith("421");
      }
    }
    return false;
  }

  /** Byte by byte, so that nothing that follows is taken with it. */
  private static @Nullable String line(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) octet);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
