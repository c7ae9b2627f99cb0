package parallax.deploy.endtoend;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator whose own disk is full confirms nothing that it cannot keep, and goes on by itself
 * when there is room again: the probe has all of it.
 */
final class FullDiskIT {
  private static final String ROOM = "16m";
  private static final String PROBE = "p1";
  private static final int BLOCK = 4096;
  private static final int OTHERS = 19;

  /** What the probe has to hold back until the disk has been full for long enough. */
  private static final int HELD_BACK = 100;

  private static final Duration WHILE = Duration.ofSeconds(60);
  private static final Duration RESUMED = Duration.ofSeconds(90);

  @TempDir Path folder;
  private int port;
  private int others;
  private Path data;
  private Webhook webhook;
  private Nginx nginx;
  private Product coordinator;
  private Process probe;

  @BeforeEach
  void start() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "takes root");
    Programs.require("mount");
    data = Files.createDirectory(folder.resolve("data"));
    Programs.run(
        List.of("mount", "-t", "tmpfs", "-o", "mode=700,size=" + ROOM, "tmpfs", data.toString()));
    port = Programs.freePort();
    others = Programs.freePort();
    webhook = new Webhook();
    nginx = Nginx.start(folder.resolve("nginx"), port, servers("return 200 'well';"));
    int uplink = Programs.freePort();
    coordinator =
        Product.coordinator(
            config(),
            data,
            folder.resolve("coordinator.log"),
            List.of("--uplink", "127.0.0.1:" + uplink));
    probe = probe(uplink);
    coordinator.awaitState("shop", "UP", WHILE);
  }

  private Path config() throws IOException {
    return Files.writeString(
        folder.resolve("config.yaml"),
        """
        version: 1
        defaults: {interval: 1s}
        targets:
          - {name: shop, url: "http://127.0.0.1:%d/"}
        %s
        receivers:
          - {name: hook, webhook: {url: "%s"}}
        """
            .formatted(
                port,
                IntStream.rangeClosed(1, OTHERS).mapToObj(this::other).collect(joining("\n")),
                webhook.url()));
  }

  /** What keeps the record growing. */
  private String other(int number) {
    return "  - {name: other-%d, url: \"http://127.0.0.1:%d/\"}".formatted(number, others);
  }

  private String servers(String shop) {
    return """
    server { listen 127.0.0.1:%d; location / { %s } }
    server { listen 127.0.0.1:%d; location / { return 200 'well'; } }
    """
        .formatted(port, shop, others);
  }

  private Process probe(int uplink) throws IOException {
    String made =
        Programs.run(
                Product.command("token", "create", "--probe", PROBE, "--data", data.toString()))
            .lines()
            .filter(line -> line.startsWith("plx_"))
            .findFirst()
            .orElseThrow();
    Path token = folder.resolve("token");
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, made);
    return Programs.start(
        folder.resolve("probe.log"),
        Product.command(
            "probe",
            "--coordinator",
            "ws://127.0.0.1:" + uplink,
            "--name",
            PROBE,
            "--region",
            "tokyo",
            "--token-file",
            token.toString(),
            "--data",
            folder.resolve("spool").toString(),
            "--listen",
            "127.0.0.1:0",
            "--allow-net",
            "127.0.0.0/8"));
  }

  @AfterEach
  void stop() {
    if (probe != null) {
      Programs.kill(probe);
    }
    if (coordinator != null) {
      coordinator.close();
    }
    if (nginx != null) {
      nginx.close();
    }
    if (webhook != null) {
      webhook.close();
    }
    if (data != null) {
      Programs.run(List.of("umount", data.toString()));
    }
  }

  @Test
  void whatCannotBeKeptIsNotConfirmedAndComesAgain() throws IOException {
    Path filler = data.resolve("filler");
    fill(filler);
    nginx.restartWith(servers("return 500;"));
    // What the record has room for in its own files is taken first.
    Awaitility.await("what the probe holds back")
        .atMost(RESUMED)
        .until(this::spooled, spooled -> spooled >= HELD_BACK);
    assertThat(webhook.told("shop")).as("nobody is told what is not on record").isEmpty();

    Files.delete(filler);
    Awaitility.await("what was told")
        .atMost(RESUMED)
        .untilAsserted(() -> assertThat(webhook.told("shop")).containsExactly("down"));
    nginx.restartWith(servers("return 200 'well';"));
    Awaitility.await("what was told")
        .atMost(RESUMED)
        .untilAsserted(() -> assertThat(webhook.told("shop")).containsExactly("down", "up"));
    Awaitility.await("observations that are missing on record")
        .atMost(RESUMED)
        .untilAsserted(() -> assertThat(missing()).isZero());
    assertThat(probe.isAlive()).isTrue();
    assertThat(coordinator.terminate()).isIn(0, 143);
  }

  /** To the last byte. */
  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int size = BLOCK; size > 0; ) {
        try {
          out.write(block, 0, size);
        } catch (IOException e) {
          size /= 2;
        }
      }
    }
  }

  private long spooled() {
    JsonObject connection =
        coordinator.items("/api/v1/probes").getJsonObject(0).getJsonObject("connection");
    Long spooled = connection == null ? null : connection.getLong("spooled");
    return spooled == null ? -1 : spooled;
  }

  /** Those that are not on record though later ones of the probe are. */
  private long missing() throws SQLException {
    try (Connection record =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("parallax.db"));
        Statement statement = record.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT max(sequence) + 1 - count(DISTINCT sequence), count(*) FROM evidence")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(2)).isGreaterThan(HELD_BACK);
      return rows.getLong(1);
    }
  }
}
