package parallax.probe.ntp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.UdpServer;

/** A real chronyd on 127.0.0.1, which never touches the machine's clock. */
final class Chrony implements AutoCloseable {
  private static final int MAX_ASKED = 100;
  private static final int PATIENCE_MILLIS = 200;

  private final Process process;
  private final int port;

  private Chrony(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one, and waits until it answers.
   *
   * @param line of its configuration, such as {@code local stratum 3}
   * @param ahead by how much its clock is ahead
   */
  static Chrony start(Path folder, String line, Duration ahead) {
    int port = UdpServer.freePort();
    try {
      Path file = folder.resolve("chrony.conf");
      Files.writeString(
          file,
          """
          port %d
          cmdport 0
          bindcmdaddress /
          bindaddress 127.0.0.1
          allow 127.0.0.1
          pidfile %s
          %s
          """
              .formatted(port, folder.resolve("chronyd.pid"), line));
      List<String> command = new ArrayList<>();
      if (!ahead.isZero()) {
        command.addAll(
            List.of(
                Programs.find("faketime").orElseThrow().toString(),
                "-f",
                "%+ds".formatted(ahead.toSeconds())));
      }
      command.addAll(
          List.of(
              Programs.find("chronyd").orElseThrow().toString(),
              "-d",
              "-x",
              "-U",
              "-u",
              System.getProperty("user.name"),
              "-f",
              file.toString()));
      Path log = folder.resolve("chrony.log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Chrony chrony = new Chrony(process, port);
      if (!chrony.answers()) {
        chrony.close();
        throw new IllegalStateException(Files.readString(log));
      }
      return chrony;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private boolean answers() throws IOException {
    byte[] question = NtpAnswer.question(1);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (int asked = 0; asked < MAX_ASKED && process.isAlive(); asked++) {
        socket.send(
            new DatagramPacket(
                question, question.length, InetAddress.ofLiteral("127.0.0.1"), port));
        try {
          socket.receive(new DatagramPacket(new byte[1_000], 1_000));
          return true;
        } catch (SocketTimeoutException notYet) {
          // It is asked again.
        }
      }
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
