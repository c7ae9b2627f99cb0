package parallax.coordinator.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.target.Target;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrames;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.uplink.socket.Door;
import parallax.coordinator.view.ProbeConnection;

/** Sockets that mean no good, or are of no use, beside an honest probe. */
final class HostileSocketsTest {
  private static final int SLOW = 1_000;

  /** More bytes than the buffers of both ends hold. */
  private static final long MOST = 40_000_000;

  private static final int QUIET_STEPS = 50;

  @Test
  void aThousandSlowSocketsDoNotKeepAProbeFromItsWork() throws IOException {
    try (Uplink uplink = new Uplink()) {
      TestProbe probe = uplink.connect("tokyo-1").welcome();
      List<SocketChannel> slow = new ArrayList<>();
      byte[] start = "GET /uplink/v1 HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII);
      for (int number = 0; number < SLOW; number++) {
        SocketChannel socket =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), uplink.server.port()));
        if (number % 2 == 0) {
          socket.write(ByteBuffer.wrap(start));
        }
        slow.add(socket);
      }
      for (int number = 0; number < 100; number++) {
        probe.observe("shop", number, number);
        assertThat(probe.next())
            .isEqualTo(new CoordinatorFrame.Ack(TestProbe.BOOT, number, number));
        // A header now and then: nobody is idle, and nobody gets in.
        slow.get(2 * number).write(ByteBuffer.wrap("X: y\r\n".getBytes(StandardCharsets.US_ASCII)));
      }
      Waiting.until(
          "the slow ones are gone",
          () -> uplink.counted("parallax_uplink_handshakes_refused_total", "late") == SLOW);
      probe.observe("shop", 100, 199);
      assertThat(probe.next()).isEqualTo(new CoordinatorFrame.Ack(TestProbe.BOOT, 100, 199));
      for (SocketChannel socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void whoComesTooOftenOrTooManyTimesIsSentAway() throws IOException {
    UplinkSettings.Bounds bounds =
        new UplinkSettings.Bounds(
            new Door.Limits(8, 4, 3), Duration.ofSeconds(30), Duration.ofSeconds(5));
    try (Uplink uplink =
        new Uplink(
            new UplinkSettings("127.0.0.1", 0, Optional.empty(), bounds, Uplink.RULES),
            Optional.empty())) {
      List<Integer> answers =
          IntStream.range(0, 6)
              .mapToObj(_ -> TestProbe.refusal(uplink.way(), Optional.of("wrong")))
              .toList();
      assertThat(answers).contains(401, 429);
      List<Socket> idle = new ArrayList<>();
      for (int number = 0; number < 6; number++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), uplink.server.port()));
      }
      Waiting.until(
          "some are too many",
          () -> uplink.counted("parallax_uplink_handshakes_refused_total", "too_many") >= 2);
      for (Socket socket : idle) {
        socket.close();
      }
      Waiting.until("there is room again", () -> letIn(uplink));
    }
  }

  @Test
  void whoComesAndGoesFindsRoomEachTime() {
    UplinkSettings.Bounds bounds =
        new UplinkSettings.Bounds(
            new Door.Limits(8, 4, 1_000), Duration.ofSeconds(30), Duration.ofSeconds(5));
    try (Uplink uplink =
        new Uplink(
            new UplinkSettings("127.0.0.1", 0, Optional.empty(), bounds, Uplink.RULES),
            Optional.empty())) {
      for (int turn = 0; turn < 12; turn++) {
        Waiting.until("there is room", () -> letIn(uplink));
      }
    }
  }

  private static boolean letIn(Uplink uplink) {
    try {
      WebSocket socket =
          TestProbe.socket(uplink.way(), KnownTokens.of("tokyo-1")).get(20, TimeUnit.SECONDS);
      socket.close();
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void aReaderThatTakesNothingIsCut() throws IOException {
    try (Uplink uplink = new Uplink();
        RawProbe _ = new RawProbe(uplink.server.port(), "tokyo-2")) {
      TestProbe honest = uplink.connect("tokyo-1").welcome();
      Waiting.until("both are there", () -> uplink.server.probes().size() == 2);
      // More than the buffers of both ends hold.
      List<Target> many =
          IntStream.range(0, 20_000).mapToObj(n -> UplinkSamples.large("t" + n, 1_000)).toList();
      uplink.server.assign(Uplink.REVISION + 1, many);
      Waiting.until(
          "it is cut", () -> uplink.counted("parallax_uplink_cut_total", "slow_reader") == 1);
      Waiting.until(
          "it is gone",
          () -> uplink.server.probes().stream().filter(ProbeConnection::isGone).count() == 1);
      int part = 0;
      int parts = 1;
      while (part < parts) {
        CoordinatorFrame.Assignment next = (CoordinatorFrame.Assignment) honest.next();
        assertThat(next.part()).isEqualTo(part);
        parts = next.parts();
        part++;
      }
      assertThat(parts).isGreaterThan(1);
    }
  }

  @Test
  void aFloodIsNotReadWhileItCannotBeTakenIn() throws IOException {
    try (Uplink uplink = new Uplink();
        RawProbe flood = new RawProbe(uplink.server.port(), "tokyo-1")) {
      Waiting.until("it is open", () -> uplink.counted("parallax_uplink_streams_total") == 1);
      TestProbe sample = uplink.connect("tokyo-1");
      byte[] frame = RawProbe.frame(ProbeFrames.encode(sample.observations("shop", 0, 499)));
      sample.close();
      uplink.intake.answering(new CompletableFuture<>());
      long[] sent = {0, 0};
      ByteBuffer bytes = ByteBuffer.wrap(frame);
      Waiting.until(
          "nothing more is taken for a while",
          () -> {
            try {
              int taken = 1;
              while (taken > 0 && sent[0] < MOST) {
                bytes.rewind();
                while (bytes.hasRemaining() && taken > 0) {
                  taken = flood.push(bytes);
                  sent[0] += taken;
                }
                sent[1] = taken > 0 ? 0 : sent[1] + 1;
              }
              return sent[1] > QUIET_STEPS || sent[0] >= MOST;
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertThat(sent[0]).isLessThan(MOST);
      assertThat(uplink.intake.size()).isLessThanOrEqualTo(Uplink.RULES.unacknowledged());
    }
  }

  @Test
  void whoSendsMoreThanAgreedIsHeldBackAndLosesNothing() {
    try (Uplink uplink = new Uplink()) {
      TestProbe eager = uplink.connect("tokyo-1").welcome();
      TestProbe other = uplink.connect("tokyo-2").welcome();
      int frames = 40;
      int size = Uplink.RULES.frame().observations();
      for (int number = 0; number < frames; number++) {
        eager.observe("shop", (long) number * size, (long) (number + 1) * size - 1);
      }
      other.observe("shop", 0, 0);
      assertThat(other.next()).isInstanceOf(CoordinatorFrame.Ack.class);
      for (int number = 0; number < frames; number++) {
        assertThat(eager.next()).isInstanceOf(CoordinatorFrame.Ack.class);
      }
      assertThat(uplink.counted("parallax_uplink_held_back_total")).isPositive();
      assertThat(uplink.intake.size()).isEqualTo(frames * size + 1);
    }
  }
}
