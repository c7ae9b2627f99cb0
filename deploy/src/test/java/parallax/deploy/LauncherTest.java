package parallax.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class LauncherTest {
  static Stream<Launcher> launchers() {
    return Stream.of(ParallaxMain.LAUNCHER, ProbeMain.LAUNCHER);
  }

  @ParameterizedTest
  @MethodSource("launchers")
  void aLineThatNamesACommandGetsThatOneOnlyAndAsItIsAmongAll(Launcher launcher) {
    for (Launcher.Named named : launcher.commands()) {
      CommandLine one = launcher.forLine(List.of(named.name(), "--help"));
      assertThat(one.getSubcommands()).containsOnlyKeys(named.name());
      assertThat(usage(one, named.name()))
          .isEqualTo(usage(launcher.whole(), named.name()))
          .doesNotContain("%n", "%%");
    }
  }

  @ParameterizedTest
  @MethodSource("launchers")
  void aLineThatNamesNoneGetsAllInTheirOrder(Launcher launcher) {
    List<String> names = launcher.commands().stream().map(Launcher.Named::name).toList();
    for (List<String> line : List.of(List.<String>of(), List.of("--help"), List.of("prob"))) {
      assertThat(launcher.forLine(line).getSubcommands().keySet()).containsExactlyElementsOf(names);
    }
  }

  private static String usage(CommandLine line, String command) {
    return Optional.ofNullable(line.getSubcommands().get(command))
        .orElseThrow()
        .getUsageMessage(CommandLine.Help.Ansi.OFF);
  }
}
