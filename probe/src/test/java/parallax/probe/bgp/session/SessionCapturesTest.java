package parallax.probe.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.session.SessionMachine.Step;
import parallax.probe.bgp.session.SessionState.Phase;

/** Real neighbours: what each of them once said to another router is said to us, in any pieces. */
final class SessionCapturesTest {
  private static final Path BESIDE = Path.of("../../shared/data/bgp");
  private static final int FRAMING_COLUMN = 7;
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void whateverRealNeighboursSayIsUnderstoodAndCounted() throws IOException {
    assumeTrue(Files.exists(BESIDE.resolve("manifest.tsv")), "no samples beside the tree");
    Map<String, String> captures = new TreeMap<>();
    try (Stream<String> lines = Files.lines(BESIDE.resolve("manifest.tsv"))) {
      lines
          .map(line -> line.split("\t", -1))
          .filter(columns -> columns[0].startsWith("bgp-session/"))
          .forEach(columns -> captures.put(columns[0], columns[FRAMING_COLUMN]));
    }
    assertThat(captures).isNotEmpty();
    for (Map.Entry<String, String> capture : captures.entrySet()) {
      byte[] stream = Files.readAllBytes(BESIDE.resolve(capture.getKey()));
      for (int piece : List.of(1, 50, MessageFrames.MAX_PIECE)) {
        assertThat(said(stream, piece)).as(capture.getKey()).isEqualTo(capture.getValue());
      }
    }
  }

  /** How many messages of which type, as the manifest writes it. */
  private static String said(byte[] stream, int piece) {
    MessageFrames frames = new MessageFrames();
    Open open = open(stream);
    SessionMachine machine =
        new SessionMachine(
            new SessionSettings(64_999, 9), new Peer("bgp", "192.0.2.1", open.asn()));
    SessionState state = machine.begin(NOW).state();
    Map<Integer, Integer> counts = new TreeMap<>();
    byte[] buffer = new byte[piece];
    for (int at = 0; at < stream.length; at += piece) {
      int count = Math.min(piece, stream.length - at);
      System.arraycopy(stream, at, buffer, 0, count);
      frames.put(buffer, count);
      Optional<Decoded> next = frames.next(state.context());
      while (next.isPresent()) {
        assertThat(next.get()).isInstanceOf(Understood.class);
        counts.merge(type(((Understood) next.get()).message()), 1, Integer::sum);
        Step step = machine.step(state, new SessionInput.Came(next.get()), NOW);
        state = step.state();
        next = frames.next(state.context());
      }
    }
    assertThat(state.phase()).isEqualTo(Phase.ESTABLISHED);
    StringBuilder text = new StringBuilder();
    counts.forEach((type, count) -> text.append(";type").append(type).append('=').append(count));
    return "n=" + counts.values().stream().mapToInt(count -> count).sum() + text;
  }

  private static Open open(byte[] stream) {
    MessageFrames frames = new MessageFrames();
    frames.put(stream, Math.min(stream.length, MessageFrames.MAX_PIECE));
    Decoded first = frames.next(SessionState.NOTHING_AGREED).orElseThrow();
    return (Open) ((Understood) first).message();
  }

  private static int type(BgpMessage message) {
    return switch (message) {
      case BgpMessage.Open _ -> 1;
      case BgpMessage.Update _ -> 2;
      case BgpMessage.Notification _ -> 3;
      case BgpMessage.KeepAlive _ -> 4;
      case BgpMessage.RouteRefresh _ -> 5;
    };
  }
}
