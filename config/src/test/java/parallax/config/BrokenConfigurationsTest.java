package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.problem.Problem;

/** Each file of the folder "broken" has a sibling that lists its problems, one a line. */
class BrokenConfigurationsTest {
  static List<Path> broken() {
    return Fixtures.broken();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysEveryProblemWithItsPlace(Path file) throws IOException {
    List<String> expected =
        Files.readAllLines(Path.of(file.toString().replace(".yaml", ".expected")));
    List<Problem> found = problems(file);

    assertThat(found).hasSameSizeAs(expected).isSorted();
    IntStream.range(0, expected.size())
        .forEach(
            index -> {
              Problem problem = found.get(index);
              String shown = problem.line() + ":" + problem.column() + ": " + problem.message();
              // Messages name other places with the path that the file was given by.
              assertThat(shown.replace(file.getParent() + "/", "")).isEqualTo(expected.get(index));
              assertThat(problem.toString()).isEqualTo(file + ":" + shown);
            });
  }

  @ParameterizedTest
  @MethodSource("broken")
  void neverShowsASecret(Path file) {
    assertThat(problems(file).toString()).doesNotContain("hunter2", "a-secret-value");
  }

  @Test
  void thereAreAtLeastSixty() {
    assertThat(Fixtures.broken()).hasSizeGreaterThan(60);
  }

  private static List<Problem> problems(Path file) {
    Loaded loaded = ConfigurationLoader.load(file, Fixtures.SECRETS);
    assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
    return ((Loaded.Invalid) loaded).problems();
  }
}
