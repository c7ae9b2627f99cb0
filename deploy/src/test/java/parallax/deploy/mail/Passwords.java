package parallax.deploy.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Says to a mail server whether a password is right, by version 1.1 of the protocol in which
 * Dovecot does.
 */
final class Passwords implements AutoCloseable {
  private static final String HELLO =
      "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\tc\nDONE\n";

  private final ServerSocket listening;
  private final String right;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Passwords(ServerSocket listening, String right) {
    this.listening = listening;
    this.right = right;
  }

  static Passwords of(String user, String password) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Passwords passwords = new Passwords(listening, user + "\0" + password);
    passwords.threads.execute(passwords::accept);
    return passwords;
  }

  int port() {
    return listening.getLocalPort();
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
      OutputStream out = socket.getOutputStream();
      out.write(HELLO.getBytes(UTF_8));
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("AUTH\t")) {
          out.write(answer(line).getBytes(UTF_8));
        }
      }
    } catch (IOException e) {
      // The mail server has ended.
    }
  }

  private String answer(String line) {
    String id = line.split("\t", 3)[1];
    String response = line.substring(line.indexOf("\tresp=") + "\tresp=".length());
    boolean known = new String(Base64.getDecoder().decode(response), UTF_8).endsWith("\0" + right);
    return (known ? "OK\t" : "FAIL\t") + id + "\tuser=ops\n";
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
