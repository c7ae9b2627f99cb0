package parallax.probe.bgp.bmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.probe.bgp.bmp.BmpMessage.Damaged;
import parallax.probe.bgp.bmp.BmpMessage.RouteMirroring;
import parallax.probe.bgp.bmp.BmpMessage.RouteMonitoring;
import parallax.probe.bgp.bmp.Captures.Reading;
import parallax.probe.bgp.message.Decoded.Understood;

/** Streams of real routers. */
final class CapturesTest {
  private static final String VERSION_4 = "stateless-with-add-path";
  private static final int WHOLE = 1 << 20;

  @Test
  void everyMessageIsUnderstoodAndCounted() {
    Map<String, Map<String, Long>> captures = Captures.beside();
    assumeTrue(!captures.isEmpty(), "no samples beside the tree");
    captures.forEach(
        (name, counts) -> {
          if (!name.contains(VERSION_4)) {
            Reading reading = Captures.read(Captures.beside(name), WHOLE);
            assertThat(counts(reading)).as(name).isEqualTo(counts);
            assertThat(reading.fault()).as(name).isEmpty();
            assertThat(reading.unread()).as(name).isZero();
            assertThat(doubtful(reading)).as(name).isEmpty();
          }
        });
  }

  @Test
  void anotherVersionIsRefusedAtItsFirstByte() {
    Map<String, Map<String, Long>> captures = Captures.beside();
    assumeTrue(!captures.isEmpty(), "no samples beside the tree");
    String name =
        captures.keySet().stream().filter(one -> one.contains(VERSION_4)).findFirst().orElseThrow();
    Reading reading = Captures.read(Captures.beside(name), WHOLE);
    assertThat(reading.messages()).isEmpty();
    assertThat(reading.fault()).contains(new BmpDecoder.Fault("version 4 instead of 3", 0));
  }

  @Test
  void inWhateverPiecesAStreamComesItSaysTheSame() {
    for (String name : Captures.OWN) {
      Reading whole = Captures.read(Captures.own(name), WHOLE);
      for (int piece : List.of(1, 7, 48, 1000)) {
        Reading pieces = Captures.read(Captures.own(name), piece);
        assertThat(pieces.messages()).as(name).isEqualTo(whole.messages());
        assertThat(pieces.events()).as(name).isEqualTo(whole.events());
      }
    }
  }

  private static Map<String, Long> counts(Reading reading) {
    Map<String, Long> counts = new TreeMap<>();
    reading.messages().forEach(one -> counts.merge("type" + Captures.type(one), 1L, Long::sum));
    return counts;
  }

  private static List<BmpMessage> doubtful(Reading reading) {
    return reading.messages().stream()
        .filter(
            message ->
                switch (message) {
                  case Damaged _ -> true;
                  case RouteMonitoring(_, var update) ->
                      !(update instanceof Understood(_, var faults)) || !faults.isEmpty();
                  case RouteMirroring(_, var mirrored) ->
                      mirrored.stream()
                          .anyMatch(
                              one ->
                                  one instanceof BmpMessage.Mirrored.Message(var decoded)
                                      && !(decoded instanceof Understood));
                  default -> false;
                })
        .toList();
  }
}
