package parallax.coordinator.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.config.yaml.YamlParser;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.read.ScenarioReader;

/** Scenarios in files. */
public final class ScenarioFiles {
  /** The most files of a folder. */
  public static final int MAX_FILES = 10_000;

  private ScenarioFiles() {}

  /**
   * What a file holds.
   *
   * @param scenario empty when {@code problems} say what is wrong with it
   */
  public record Loaded(
      Path file, Optional<Scenario> scenario, List<Problem> problems, List<Problem> warnings) {
    public Loaded {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The files that are meant: a file, or all {@code *.yaml} of a folder, by name.
   *
   * @throws IOException when there is no such file or folder, or it can't be read
   */
  public static List<Path> list(Path fileOrFolder) throws IOException {
    if (Files.isRegularFile(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    if (!Files.isDirectory(fileOrFolder)) {
      throw new IOException(fileOrFolder + ": there is no such file or folder");
    }
    try (Stream<Path> inside = Files.list(fileOrFolder)) {
      List<Path> files = new ArrayList<>();
      inside
          .filter(file -> file.getFileName().toString().endsWith(".yaml"))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MAX_FILES + 1L)
          .forEach(files::add);
      if (files.isEmpty() || files.size() > MAX_FILES) {
        throw new IOException(
            fileOrFolder + ": the folder holds no *.yaml file, or more than " + MAX_FILES);
      }
      return files;
    }
  }

  /**
   * Reads one file.
   *
   * @throws IOException when it can't be read
   */
  public static Loaded load(Path file) throws IOException {
    Problems problems = new Problems();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(YamlParser.MAX_BYTES + 1);
      Optional<Scenario> scenario =
          ScenarioReader.read(file, ByteBuffer.wrap(bytes).asReadOnlyBuffer(), problems);
      return new Loaded(file, scenario, problems.errors(), problems.warnings());
    } catch (IOException e) {
      throw new IOException(file + ": the file can't be read; check its permissions", e);
    }
  }
}
