package parallax.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.check.BodyExpect;
import parallax.config.check.HttpSpec;
import parallax.config.check.JsonPath;
import parallax.config.check.JsonScalar;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.Specs;
import parallax.probe.http.HostileAnswers.Hostile;
import parallax.probe.http.body.BodyWindow;

/** Every hostile answer ends as a result, in time, having cost a bounded number of bytes. */
class HostileAnswersTest {
  private static final Duration TIMEOUT = Duration.ofMillis(400);
  private static final Duration LATEST = TIMEOUT.plusMillis(200);
  private static final int AT_ONCE = 4;

  /** What the kernel's buffers on both sides may swallow beside the window. */
  private static final long KERNEL_BYTES = 12L << 20;

  /** What came of one. */
  record Seen(Hostile hostile, CheckResult result, Duration took, long sent) {
    @Override
    public String toString() {
      return hostile.name();
    }
  }

  private static final List<Seen> SEEN = new ArrayList<>();
  private static int leftOpen;

  @BeforeAll
  static void runAll() throws InterruptedException {
    List<Hostile> hostiles = HostileAnswers.all();
    Semaphore free = new Semaphore(AT_ONCE);
    List<RawServer> servers = new ArrayList<>();
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(Map.of())) {
      warmUp(probe);
      for (Hostile hostile : hostiles) {
        assertThat(free.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        RawServer server =
            new RawServer(
                peer -> {
                  if (!hostile.kind().equals("h2")) {
                    peer.readHead();
                  }
                  hostile.script().serve(peer);
                });
        servers.add(server);
        long started = System.nanoTime();
        Future<CheckResult> running = probe.start(spec(hostile, server.port()));
        running.onComplete(
            result -> {
              Duration took = Duration.ofNanos(System.nanoTime() - started);
              synchronized (SEEN) {
                SEEN.add(new Seen(hostile, result.result(), took, server.sent()));
              }
              free.release();
            });
      }
      assertThat(free.tryAcquire(AT_ONCE, 20, TimeUnit.SECONDS)).isTrue();
      awaitNoneOpen(servers);
    } finally {
      servers.forEach(RawServer::close);
    }
    assertThat(SEEN).hasSameSizeAs(hostiles);
  }

  /** Classes are loaded and code is compiled before the clock counts. */
  private static void warmUp(LoopbackProbe probe) {
    for (String kind : List.of("plain", "text", "json", "h2")) {
      try (RawServer server = new RawServer(peer -> peer.send("HTTP/1.1 200 OK\r\n\r\n{}"))) {
        Hostile warm = new Hostile("warm up", kind, java.util.Set.of(), peer -> {});
        probe.run(Specs.timeout(spec(warm, server.port()), Duration.ofSeconds(10)));
      }
    }
  }

  private static void awaitNoneOpen(List<RawServer> servers) {
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    do {
      leftOpen = servers.stream().mapToInt(RawServer::open).sum();
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    } while (leftOpen > 0 && System.nanoTime() < end);
  }

  private static HttpSpec spec(Hostile hostile, int port) {
    HttpSpec plain = Specs.timeout(Specs.get("http://127.0.0.1:" + port + "/"), TIMEOUT);
    return switch (hostile.kind()) {
      case "text" -> Specs.body(plain, Specs.contains("ok"));
      case "json" ->
          Specs.body(
              plain,
              new BodyExpect(
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(
                      new BodyExpect.JsonExpect(
                          JsonPath.parse("$.ok").orElseThrow(), new JsonScalar.JsonBoolean(true))),
                  Optional.empty()));
      case "h2" -> Specs.version(plain, HttpSpec.Version.HTTP_2);
      default -> plain;
    };
  }

  @AfterAll
  static void forget() {
    SEEN.clear();
  }

  static Stream<Seen> seen() {
    return List.copyOf(SEEN).stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seen")
  void endsInTimeForAGivenReason(Seen seen) {
    String reason =
        seen.result()
            .outcome()
            .why()
            .map(Finding::reason)
            .map(Reason::name)
            .orElse(HostileAnswers.UP);
    assertThat(seen.hostile().allowed())
        .as("%s: %s", seen, seen.result().outcome())
        .contains(reason);
    assertThat(seen.took()).as("%s", seen).isLessThan(LATEST);
    assertThat(seen.sent()).isLessThan(BodyWindow.MAX_BYTES + KERNEL_BYTES);
  }

  @Test
  void hasMoreThanTwoHundred() {
    assertThat(SEEN).hasSizeGreaterThanOrEqualTo(200);
  }

  @Test
  void leavesNoConnectionOpen() {
    assertThat(leftOpen).isZero();
  }
}
