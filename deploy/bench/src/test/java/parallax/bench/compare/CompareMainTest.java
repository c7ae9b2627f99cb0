package parallax.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.year.Rates;

final class CompareMainTest {
  @Test
  void theTableDoesNotDependOnTheNumberOfWorkers() throws InterruptedException {
    Comparison comparison =
        new Comparison(
            Contender.all(), Rates.PRESETS.getFirst(), Vantages.perRegion(1), 1, 0, 3, 4);
    Report one = new Report(comparison, comparison.run(1));
    Report two = new Report(comparison, comparison.run(2));
    assertThat(one.table() + one.confusionTable() + one.json())
        .isEqualTo(two.table() + two.confusionTable() + two.json())
        .contains("0.13 target-years, 6 probes", "| second opinion |", "\"rule\": \"parallax\"");
  }

  @Test
  void neitherDoesTheTableOfSharedCauses() throws InterruptedException {
    String one = output("--groups", "--targets", "12", "--trials", "3", "--workers", "1");
    String two = output("--groups", "--targets", "12", "--trials", "3", "--workers", "2");
    assertThat(one).isEqualTo(two).contains("| two unrelated | 3 |", "| anything shared | 3 |");
  }

  @Test
  void helpNamesEveryRuleAndRate() throws InterruptedException {
    assertThat(output("--help")).contains("parallax", "route-53", "loss1", "faultsX5");
  }

  @Test
  void wrongUsageIsToldInWords() {
    assertThatThrownBy(() -> output("--rules", "guess")).hasMessage("unknown rule: guess");
    assertThatThrownBy(() -> output("--probes", "13")).hasMessageContaining("--probes must be");
    assertThatThrownBy(() -> output("--years")).hasMessage("no value for --years");
    assertThatThrownBy(() -> output("--jsn")).hasMessage("unknown option: --jsn");
  }

  private static String output(String... arguments) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    CompareMain.run(new Options(arguments), out, out);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
