package parallax.deploy.check.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.seen.TraceSeen;

final class TraceRowsTest {
  private static TraceSeen seen(TraceSeen.End end) {
    return new TraceSeen(
        "192.0.2.80",
        List.of(
            new TraceSeen.Hop(Optional.of("198.51.100.1"), Optional.of(Duration.ofNanos(412_345))),
            TraceSeen.Hop.SILENT,
            new TraceSeen.Hop(Optional.of("203.0.113.9"), Optional.of(Duration.ofMillis(12))),
            TraceSeen.Hop.SILENT),
        end);
  }

  @Test
  void eachHopHasALineUpToTheLastThatAnswers() {
    assertThat(TraceRows.lines(seen(TraceSeen.End.SILENT)))
        .containsExactly(
            "  the way to 192.0.2.80:",
            "   1  198.51.100.1                               0.41 ms",
            "   2  *",
            "   3  203.0.113.9                                12.0 ms",
            "  and nothing after that");
  }

  @Test
  void theEndIsSaidInWords() {
    assertThat(TraceRows.lines(seen(TraceSeen.End.ARRIVED)).getLast())
        .isEqualTo("  the address itself answers echoes");
    assertThat(TraceRows.lines(seen(TraceSeen.End.UNREACHABLE)).getLast())
        .isEqualTo("  which says that it cannot be reached");
  }

  @Test
  void machinesAreToldEveryHop() {
    assertThat(TraceRows.json(seen(TraceSeen.End.SILENT)).encode())
        .isEqualTo(
            "{\"trace\":{\"to\":\"192.0.2.80\",\"hops\":[{\"by\":\"198.51.100.1\","
                + "\"afterMs\":0.412},{\"by\":null},{\"by\":\"203.0.113.9\",\"afterMs\":12.0}],"
                + "\"end\":\"silent\"}}");
  }
}
