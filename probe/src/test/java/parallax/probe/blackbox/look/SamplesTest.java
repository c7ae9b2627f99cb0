package parallax.probe.blackbox.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SamplesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, -1",
    "200, 200",
    "0.25, 0.25",
    "1732272000, 1732272000",
    "1e-5, 1e-05",
    "1.5e300, 1.5e+300",
    "-6.21355968e10, -62135596800",
    "NaN, NaN",
    "Infinity, +Inf"
  })
  void numbersAreWrittenInTheShortestWay(double value, String text) {
    assertThat(Samples.number(value)).isEqualTo(text);
  }

  @Test
  void familiesAreSortedAndLabelsEscaped() {
    Samples samples = new Samples();
    samples.set("probe_b", "Second", "name", "a\"b\\c\nd", 1);
    samples.set("probe_a", "First", 2);
    samples.set("probe_a", "First", 3);
    assertThat(samples.text())
        .isEqualTo(
            """
            # HELP probe_a First
            # TYPE probe_a gauge
            probe_a 3
            # HELP probe_b Second
            # TYPE probe_b gauge
            probe_b{name="a\\"b\\\\c d"} 1
            """);
  }

  @Test
  void addressesHashAsTheExporterHashesThem() {
    // FNV-1a of 127, 0, 0, 1 and of fifteen zeros and a one.
    assertThat(Sight.hash(InetAddress.ofLiteral("127.0.0.1"))).isEqualTo(fnv(127, 0, 0, 1));
    assertThat(Sight.hash(InetAddress.ofLiteral("::1")))
        .isEqualTo(fnv(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
  }

  private static double fnv(int... octets) {
    long hash = 2_166_136_261L;
    for (int octet : octets) {
      hash = ((hash ^ octet) * 16_777_619L) & 0xffff_ffffL;
    }
    return hash;
  }
}
