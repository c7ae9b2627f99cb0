package parallax.coordinator.runbook.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;

final class CommandsFileTest {
  @TempDir Path folder;

  private final Problems problems = new Problems();

  private LocalCommands read(String text, String permissions) throws IOException {
    Path file = folder.resolve("commands.yaml");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return CommandsFile.read(file, problems);
  }

  private List<String> said() {
    return problems.errors().stream().map(Problem::message).toList();
  }

  @Test
  void commandsAreReadWithTheirDefaults() throws IOException {
    LocalCommands commands =
        read(
            """
            commands:
              - {name: restart, run: [/usr/local/bin/restart, --now, "a b"], timeout: 2m, folder: /srv}
              - {name: plain, run: /bin/true}
            """,
            "rw-r--r--");
    assertThat(said()).isEmpty();
    assertThat(commands.find("restart"))
        .contains(
            new LocalCommand(
                "restart",
                List.of("/usr/local/bin/restart", "--now", "a b"),
                Duration.ofMinutes(2),
                Optional.of(Path.of("/srv"))));
    assertThat(commands.find("plain"))
        .contains(
            new LocalCommand(
                "plain", List.of("/bin/true"), LocalCommand.USUAL_TIMEOUT, Optional.empty()));
    assertThat(commands.find("rm")).isEmpty();
    assertThat(commands.find("restart").orElseThrow().words())
        .isEqualTo("/usr/local/bin/restart with 2 arguments");
  }

  @Test
  void whatIsWrongIsSaidAllAtOnceAndNothingIsAllowed() throws IOException {
    LocalCommands commands =
        read(
            """
            commands:
              - {name: relative, run: [restart]}
              - {name: fine, run: [/bin/true]}
              - {name: fine, run: [/bin/false]}
              - {name: other, run: [/bin/false], timeout: 2d, folder: srv, shell: true}
            """,
            "rw-------");
    assertThat(said())
        .hasSize(5)
        .anyMatch(line -> line.contains("absolute path of a program"))
        .anyMatch(line -> line.contains("'fine' stands twice"))
        .anyMatch(line -> line.contains("duration of 1s to 1h"))
        .anyMatch(line -> line.contains("must be an absolute path"))
        .anyMatch(line -> line.contains("unknown key 'shell'"));
    assertThat(commands.find("relative")).isEmpty();
  }

  @Test
  void aFileThatOthersCanWriteToAllowsNothing() throws IOException {
    String text = "commands: [{name: a, run: /bin/true}]";
    assertThat(read(text, "rw-rw-r--").size()).isZero();
    assertThat(said()).hasSize(1).allMatch(line -> line.contains("can be written to by others"));
    assertThat(read(text, "rw-r--rw-").size()).isZero();
    assertThat(read(text, "rw-r--r--").size()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    assertThat(CommandsFile.read(folder.resolve("none"), problems).size()).isZero();
    assertThat(said()).containsExactly("can't be read: NoSuchFileException");
  }
}
