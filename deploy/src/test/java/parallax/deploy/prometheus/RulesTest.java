package parallax.deploy.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import parallax.deploy.endtoend.Programs;

/** The rules that users load into Prometheus, as its own tool judges them. */
final class RulesTest {
  static final Path FOLDER = Path.of("prometheus").toAbsolutePath();

  private static final Path RULES = FOLDER.resolve("parallax.rules.yml");
  private static final List<Path> CASES =
      List.of(
          FOLDER.resolve("parallax.rules.test.yml"),
          FOLDER.resolve("parallax.rules.days.test.yml"));
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

  @Test
  void promtoolFindsNothingInTheRules() {
    String promtool = Programs.require("promtool");
    String said = Programs.run(List.of(promtool, "check", "rules", RULES.toString()));
    assertThat(said).contains("SUCCESS");
  }

  @Test
  void everyRuleFiresWhenItShouldAndOnlyThen() {
    String promtool = Programs.require("promtool");
    for (Path cases : CASES) {
      String said = Programs.run(List.of(promtool, "test", "rules", cases.toString()));
      assertThat(said).contains("SUCCESS").doesNotContain("FAILED");
    }
  }

  @Test
  void everyAlertIsTestedAndExplained() throws IOException {
    String cases = Files.readString(CASES.getFirst()) + Files.readString(CASES.getLast());
    String guide = Files.readString(FOLDER.resolve("../../docs/metrics.md"));
    List<String> alerts = alerts();
    assertThat(alerts).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    for (String alert : alerts) {
      assertThat(guide).contains("`" + alert + "`");
      assertThat(cases).contains("alertname: " + alert + "\n");
    }
  }

  @Test
  void everyAlertHasALink() throws IOException {
    String rules = Files.readString(RULES);
    long links =
        Pattern.compile("page: \"\\{\\{ \\$externalLabels").matcher(rules).results().count();
    assertThat(links).isEqualTo(alerts().size());
  }

  @Test
  void promtoolFindsNothingInTheExample() {
    String promtool = Programs.require("promtool");
    String example = FOLDER.resolve("prometheus.yml").toString();
    assertThat(Programs.run(List.of(promtool, "check", "config", example))).contains("SUCCESS");
  }

  private static List<String> alerts() throws IOException {
    return ALERT.matcher(Files.readString(RULES)).results().map(each -> each.group(1)).toList();
  }
}
