package parallax.probe.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.message.MessageWriter;
import parallax.probe.bgp.session.listen.Told;

/** Neighbours that open sessions on loopback. */
@Timeout(60)
final class PassiveSpeakerTest {
  private static final long THEIRS = 64_501;
  private static final InetAddress NEIGHBOUR = InetAddress.ofLiteral("127.0.0.1");
  private static final byte[] OPEN =
      MessageWriter.open(new Open(THEIRS, 90, 1, capabilities(Optional.empty())));
  private static final byte[] KEEP_ALIVE = MessageWriter.keepAlive();
  private static final byte[] END_OF_TABLE =
      HexFormat.of().parseHex("ff".repeat(16) + "0017" + "02" + "00000000");

  private final Told told = new Told();
  private final PassiveSpeaker speaker = start();

  private PassiveSpeaker start() {
    PassiveSpeaker started =
        new PassiveSpeaker(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            new SessionSettings(64_999, 9, Duration.ofSeconds(90), Duration.ofSeconds(2)),
            List.of(new Neighbour(NEIGHBOUR, THEIRS)),
            InstantSource.system());
    started.start(told);
    Told.await(() -> started.address().isPresent());
    return started;
  }

  private static Capabilities capabilities(Optional<Integer> restartSeconds) {
    Capabilities all = Capabilities.ofListener(THEIRS);
    return new Capabilities(
        all.families(),
        all.fourByteAs(),
        all.sendsPaths(),
        all.receivesPaths(),
        true,
        true,
        restartSeconds);
  }

  @AfterEach
  void close() {
    speaker.close();
  }

  @Test
  void aSessionIsToldFromItsBeginningToItsEnd() throws IOException {
    try (Socket neighbour = connect()) {
      assertThat(message(neighbour)[18]).as("OPEN").isEqualTo((byte) 1);
      send(neighbour, OPEN, KEEP_ALIVE);
      assertThat(message(neighbour)).isEqualTo(KEEP_ALIVE);
      send(neighbour, END_OF_TABLE, KEEP_ALIVE);
      // In whichever order a sign of life and what came with it are told.
      assertThat(told.next(4))
          .startsWith("connected bgp", "PeerUp 127.0.0.1")
          .contains("EndOfTable 127.0.0.1", "alive bgp");
      assertThat(speaker.figures().connections()).isEqualTo(1);
    }
    assertThat(told.next(2))
        .containsExactly("PeerDown 127.0.0.1", "lost bgp: 127.0.0.1: the connection was closed");
    assertThat(speaker.figures().messages()).isEqualTo(4);
  }

  @Test
  void strangersFindItClosed() throws IOException {
    try (Socket stranger = new Socket()) {
      stranger.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
      stranger.connect(speaker.address().orElseThrow());
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(speaker.refused()).isEqualTo(1);
  }

  @Test
  void ofTwoConnectionsTheOneThatIsThereStays() throws IOException {
    try (Socket first = connect()) {
      assertThat(message(first)[18]).isEqualTo((byte) 1);
      send(first, OPEN, KEEP_ALIVE);
      assertThat(told.next(2)).endsWith("PeerUp 127.0.0.1");
      try (Socket second = connect()) {
        assertThat(message(second)).isEqualTo(MessageWriter.notification(6, 7));
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(told.left()).isEmpty();
    }
  }

  @Test
  void aNeighbourThatRestartsGracefullyIsHeardAgainAtOnce() throws IOException {
    byte[] restarting = MessageWriter.open(new Open(THEIRS, 90, 1, capabilities(Optional.of(120))));
    try (Socket first = connect()) {
      send(first, restarting, KEEP_ALIVE);
      assertThat(told.next(2)).endsWith("PeerUp 127.0.0.1");
      try (Socket second = connect()) {
        send(second, restarting, KEEP_ALIVE);
        assertThat(told.next(4)).startsWith("PeerDown 127.0.0.1").endsWith("PeerUp 127.0.0.1");
      }
    }
  }

  @Test
  void whatIsWrongIsSaidBeforeItIsClosed() throws IOException {
    try (Socket neighbour = connect()) {
      assertThat(message(neighbour)[18]).isEqualTo((byte) 1);
      byte[] wrong = OPEN.clone();
      wrong[0] = 0;
      send(neighbour, wrong, KEEP_ALIVE);
      assertThat(message(neighbour)).isEqualTo(MessageWriter.notification(1, 1));
      assertThat(neighbour.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(told.left()).isEmpty();
    Told.await(() -> speaker.figures().malformed() == 1);
  }

  @Test
  void aNeighbourThatDripsItsFirstWordIsCutOffInTime() throws Exception {
    try (Socket neighbour = connect()) {
      assertThat(message(neighbour)[18]).isEqualTo((byte) 1);
      neighbour.getOutputStream().write(OPEN, 0, 20);
      assertThat(message(neighbour)).isEqualTo(MessageWriter.notification(4, 0));
      assertThat(neighbour.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void whenItClosesItSaysSoWithinASecond() throws IOException {
    try (Socket neighbour = connect()) {
      assertThat(message(neighbour)[18]).isEqualTo((byte) 1);
      send(neighbour, OPEN, KEEP_ALIVE);
      assertThat(message(neighbour)).isEqualTo(KEEP_ALIVE);
      assertThat(told.next(2)).endsWith("PeerUp 127.0.0.1");
      long before = System.nanoTime();
      speaker.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      assertThat(message(neighbour)).isEqualTo(MessageWriter.notification(6, 2));
      assertThat(told.next(2)).startsWith("PeerDown 127.0.0.1");
    }
  }

  private Socket connect() throws IOException {
    InetSocketAddress at = speaker.address().orElseThrow();
    return new Socket(at.getAddress(), at.getPort());
  }

  private static void send(Socket neighbour, byte[]... messages) throws IOException {
    for (byte[] message : messages) {
      neighbour.getOutputStream().write(message);
    }
  }

  private static byte[] message(Socket neighbour) throws IOException {
    byte[] header = neighbour.getInputStream().readNBytes(19);
    assertThat(header).hasSize(19);
    int length = ((header[16] & 0xff) << 8) | (header[17] & 0xff);
    byte[] message = Arrays.copyOf(header, length);
    System.arraycopy(
        neighbour.getInputStream().readNBytes(length - 19), 0, message, 19, length - 19);
    return message;
  }
}
