package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that drips one byte a second. */
final class DripIT {
  @TempDir Path folder;

  @Test
  void aDrippingAnswerEndsAtTheDeadline() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> accept(server));
      Path config =
          Files.writeString(
              folder.resolve("config.yaml"),
              """
              version: 1
              targets:
                - name: drip
                  url: http://127.0.0.1:%d/
                  interval: 1s
                  timeout: 2s
                  http: {expect: {body: {contains: end}}}
              """
                  .formatted(server.getLocalPort()));
      try (Product product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"))) {
        String reason = product.awaitDown("drip", "HTTP", Duration.ofSeconds(30));
        assertThat(reason).isEqualTo("HTTP: response body not finished in time");
        for (Object item : product.items("/api/v1/observations?target=drip")) {
          assertThat(((JsonObject) item).getDouble("durationMs")).isBetween(1900.0, 2200.0);
        }
      }
    }
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> drip(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void drip(Socket socket) {
    try (socket) {
      String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      for (int sent = 0; sent < 60; sent++) {
        socket.getOutputStream().write('.');
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      }
    } catch (IOException e) {
      // The prober has had enough, as it should.
    }
  }
}
