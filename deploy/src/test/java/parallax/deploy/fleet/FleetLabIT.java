package parallax.deploy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The laboratory does what it says, with something else in the product's place. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FleetLabIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private Fleet fleet;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Path program = folder.resolve("stand-in");
    Files.writeString(
        program,
        """
        #!/bin/bash
        [ "$1" != token ] || { echo "a token for $4: word-of-$4"; exit; }
        echo "started as $*"
        trap 'echo ended; exit' TERM
        while :; do date -u +%Y-%m-%dT%H:%M:%SZ; sleep 0.2; done
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    fleet = Fleet.ofProgram(folder, program);
    fleet.up();
  }

  @AfterAll
  void stop() {
    if (fleet != null) {
      fleet.close();
      assertThat(ran("ip", "netns", "list")).as("namespaces").doesNotContain(name());
      assertThat(ran("ip", "-br", "link")).as("interfaces").doesNotContain(name());
    }
  }

  @Test
  void processesAreStartedPausedKilledAndStartedAgain() throws IOException {
    fleet.start("c1", "p3");
    awaitLog("c1", "--member " + fleet.address("c1") + ":5701");
    awaitLog("p3", "--region frankfurt");
    assertThat(Files.readString(fleet.file("tokens/p3"))).isEqualTo("word-of-p3\n");
    fleet.script("stop", "p3");
    assertThat(fleet.script("status")).containsPattern("p3\t.*\tpaused");
    fleet.script("cont", "p3");
    assertThat(fleet.script("status")).containsPattern("p3\t.*\truns");
    fleet.kill("p3");
    assertThat(fleet.runs("p3")).isFalse();
    fleet.script("term", "c1");
    awaitLog("c1", "ended");
    fleet.start("p3");
    assertThat(fleet.runs("p3")).isTrue();
  }

  @Test
  void targetsFailAsTheyAreTold() {
    assertThat(asked("shop-2")).isEqualTo("200");
    fleet.web("shop-2", "500");
    assertThat(asked("shop-2")).isEqualTo("500");
    assertThat(asked("shop-1")).isEqualTo("200");
    fleet.web("shop-2", "refuse");
    assertThat(asked("shop-2")).isEqualTo("ConnectException");
    fleet.web("shop-2", "hang");
    assertThat(asked("shop-2")).isEqualTo("HttpConnectTimeoutException");
    fleet.web("shop-2", "ok");
    assertThat(asked("shop-2")).isEqualTo("200");
  }

  @Test
  void cutsHoldUntilTheyAreHealedAndOneWayCutsInOneWay() {
    assertThat(connects("p1", "web")).isTrue();
    fleet.cut("p1", "web");
    assertThat(connects("p1", "web")).isFalse();
    assertThat(connects("p2", "web")).isTrue();
    fleet.heal();
    assertThat(connects("p1", "web")).isTrue();
    // A connection takes both ways; a word of UDP takes one.
    fleet.cut("c1", "c2", "oneway");
    assertThat(hears("c1", "c2")).isFalse();
    assertThat(hears("c2", "c1")).isTrue();
    fleet.heal();
    assertThat(hears("c1", "c2")).isTrue();
  }

  @Test
  void theDatabaseStopsAtOnceAndKeepsWhatItHad() throws IOException {
    Tables tables = new Tables(fleet.file("database"));
    assertThat(tables.answers()).isTrue();
    fleet.script("pgstop", "immediate");
    assertThat(tables.answers()).isFalse();
    fleet.script("pgstart");
    assertThat(tables.answers()).isTrue();
    assertThat(tables.observations()).isEmpty();
  }

  @Test
  void aClockIsSetForOneProcessAlone() {
    fleet.start(Fleet.CLOCK_MEMBER, "c1");
    fleet.script("clock", Fleet.CLOCK_MEMBER, "+86400");
    String tomorrow = ran("date", "-u", "-d", "+1 day", "+%Y-%m-%d").strip();
    awaitLog(Fleet.CLOCK_MEMBER, tomorrow);
    assertThat(log("c1")).doesNotContain(tomorrow);
  }

  @Test
  void aDataFolderIsFullAndHasRoomAgain() throws IOException {
    fleet.script("disk", "p5", "4m");
    fleet.start("p5");
    fleet.script("fill", "p5");
    assertThat(Files.getFileStore(fleet.file("p5")).getUsableSpace()).isZero();
    fleet.script("free", "p5");
    assertThat(Files.getFileStore(fleet.file("p5")).getUsableSpace()).isGreaterThan(1 << 20);
  }

  @Test
  void whoeverListensIsToldAndCountsCopiesByTheirKey() throws Exception {
    URI url = URI.create("http://" + fleet.host() + ":" + Receiver.PORT + "/hook");
    String body = "{\"event\":\"down\",\"target\":\"shop-1\"}";
    try (Receiver receiver = new Receiver(fleet.host(), Receiver.PORT);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String key : List.of("a", "a", "b")) {
        client.send(
            HttpRequest.newBuilder(url)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding());
      }
      assertThat(receiver.of("shop-1")).extracting(Receiver.Told::key).containsExactly("a", "b");
      assertThat(receiver.copies()).isEqualTo(1);
    }
  }

  private String name() {
    return "px" + fleet.host().replaceAll("^\\d+\\.|\\.\\d+$", "");
  }

  private String log(String process) {
    try {
      return Files.readString(fleet.file(process + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitLog(String process, String words) {
    Awaitility.await(words).atMost(SOON).until(() -> log(process).contains(words));
  }

  /** The status, or what went wrong. */
  private String asked(String target) {
    URI url = URI.create("http://" + fleet.address("web") + ":800" + target.charAt(5) + "/");
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2)).build();
      return String.valueOf(
          client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private boolean connects(String from, String to) {
    return succeeds(
        "ip",
        "netns",
        "exec",
        name() + "." + from,
        "timeout",
        "1",
        "bash",
        "-c",
        "exec 3<>/dev/tcp/" + fleet.address(to) + "/8001");
  }

  /** Whether a word of {@code from} comes to {@code to}, who refuses it: by a counter there. */
  private boolean hears(String from, String to) {
    String inside = name() + "." + to;
    ran("ip", "netns", "exec", inside, "nft", "add table inet ears");
    String chain = "add chain inet ears in { type filter hook input priority 10; }";
    ran("ip", "netns", "exec", inside, "nft", chain);
    ran("ip", "netns", "exec", inside, "nft", "add rule inet ears in udp dport 9 counter");
    String address = "/dev/udp/" + fleet.address(to) + "/9";
    ran("ip", "netns", "exec", name() + "." + from, "bash", "-c", "echo word >" + address);
    String rules = ran("ip", "netns", "exec", inside, "nft", "list", "table", "inet", "ears");
    ran("ip", "netns", "exec", inside, "nft", "delete table inet ears");
    return !rules.contains("packets 0");
  }

  private static boolean succeeds(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String ran(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(
          process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
