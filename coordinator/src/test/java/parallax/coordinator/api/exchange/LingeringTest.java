package parallax.coordinator.api.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LingeringTest {
  private static final int TIMEOUT_MS = 20_000;
  private static final int PART = 1000;

  private final Vertx vertx = Vertx.vertx();
  private int port;

  /** A server that answers whatever comes before it has read any of it. */
  @BeforeEach
  void start() {
    port =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .pause()
                        .response()
                        .setStatusCode(413)
                        .putHeader("Connection", "close")
                        .end("too much")
                        .onComplete(_ -> Lingering.close(vertx, request)))
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void whoSendsTooMuchHearsSoAlthoughTheRestIsOnItsWay() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      // All of it is sent before anything is read: a reset would take the answer away.
      send(socket, 300 * PART, 300);
      assertThat(answer(socket)).startsWith("HTTP/1.1 413 ").endsWith("too much");
    }
  }

  @Test
  void whoSendsTheRestNeverIsNotWaitedFor() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      send(socket, 300 * PART, 1);
      assertThat(answer(socket)).startsWith("HTTP/1.1 413 ").endsWith("too much");
    }
  }

  private static void send(Socket socket, int length, int parts) throws IOException {
    OutputStream out = socket.getOutputStream();
    String head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    for (int part = 0; part < parts; part++) {
      out.write(new byte[PART]);
    }
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
