package parallax.deploy.packing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs as people run them. */
public record Shell(Path folder) {
  private static final Duration LIMIT = Duration.ofMinutes(8);

  /** What a program said (both streams), and how it ended. */
  public record Ended(int status, String said) {}

  /** Where a program is, if it is here. */
  public static Optional<Path> find(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(part -> Path.of(part, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs it to its end, with nothing in its environment but what is named. */
  public Ended run(Map<String, String> environment, List<String> command) throws Exception {
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process = builder(environment, command).redirectOutput(said.toFile()).start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end");
    }
    return new Ended(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
  }

  /** Starts it. */
  public Process start(Map<String, String> environment, List<String> command) throws IOException {
    return builder(environment, command).start();
  }

  private ProcessBuilder builder(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }
}
