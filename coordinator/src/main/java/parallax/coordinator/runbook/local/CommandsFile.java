package parallax.coordinator.runbook.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.read.policy.PolicyKinds;
import parallax.config.secret.SecretSource;
import parallax.config.yaml.Yaml;
import parallax.config.yaml.YamlParser;

/**
 * The file in which a machine allows commands. Whoever may write to it may run anything as the
 * coordinator, so it must be writable by its owner only.
 */
public final class CommandsFile {
  static final int MAX_COMMANDS = 200;
  static final int MAX_ARGUMENTS = 64;
  private static final int MAX_ARGUMENT = 4_096;

  private static final Field<String> NAME =
      Field.required("name", PolicyKinds.name(), "By which runbooks know it; unique.");
  private static final Field<List<String>> RUN =
      Field.required(
          "run",
          Kinds.oneOrMany(Kinds.text(MAX_ARGUMENT), MAX_ARGUMENTS).then(CommandsFile::program),
          "The program with its absolute path, and its arguments.");
  private static final Field<Duration> TIMEOUT =
      Field.optional(
          "timeout",
          Kinds.duration(LocalCommand.MIN_TIMEOUT, LocalCommand.MAX_TIMEOUT),
          "When it is killed, with all that it started. Left out: 1m.");
  private static final Field<Path> FOLDER =
      Field.optional(
          "folder",
          Kinds.text(MAX_ARGUMENT).then(CommandsFile::folder),
          "In which it runs. Left out: the coordinator's own.");

  private static final Kind<LocalCommand> ITEM =
      Kinds.fields(
          Shape.of("command", "A command that is allowed.", NAME, RUN, TIMEOUT, FOLDER),
          (values, _, _) -> command(values));
  private static final Field<List<LocalCommand>> COMMANDS =
      Field.required(
          "commands",
          Kinds.listOf(ITEM, 0, MAX_COMMANDS).then(CommandsFile::unique),
          "The commands that are allowed.");
  private static final Shape SHAPE =
      Shape.of("commands file", "The commands that this machine allows.", COMMANDS);

  private CommandsFile() {}

  /** What the file allows; {@code problems} tells what is wrong with it. */
  public static LocalCommands read(Path file, Problems problems) {
    Reading reading = new Reading(problems, SecretSource.unresolved(), new TreeSet<>(), "commands");
    Optional<List<LocalCommand>> commands =
        bytes(file, problems)
            .flatMap(bytes -> YamlParser.parse(file, bytes, problems))
            .flatMap(document -> SHAPE.read(document, reading))
            .flatMap(values -> values.get(COMMANDS));
    return commands.map(LocalCommands::new).orElse(LocalCommands.NONE);
  }

  private static Optional<ByteBuffer> bytes(Path file, Problems problems) {
    try (InputStream in = Files.newInputStream(file)) {
      if (isWritableByOthers(file)) {
        problems.error(
            Place.startOf(file),
            "can be written to by others; chmod go-w it, for it runs commands");
        return Optional.empty();
      }
      byte[] bytes = in.readNBytes(YamlParser.MAX_BYTES + 1);
      if (bytes.length > YamlParser.MAX_BYTES) {
        problems.error(Place.startOf(file), "is larger than " + YamlParser.MAX_BYTES + " bytes");
        return Optional.empty();
      }
      return Optional.of(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      problems.error(Place.startOf(file), "can't be read: " + e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static boolean isWritableByOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static Optional<LocalCommand> command(Values values) {
    boolean wrong = values.isWrong(TIMEOUT) || values.isWrong(FOLDER);
    return wrong
        ? Optional.empty()
        : values
            .get(NAME)
            .flatMap(
                name ->
                    values
                        .get(RUN)
                        .map(
                            run ->
                                new LocalCommand(
                                    name,
                                    run,
                                    values.get(TIMEOUT).orElse(LocalCommand.USUAL_TIMEOUT),
                                    values.get(FOLDER))));
  }

  private static Optional<List<LocalCommand>> unique(
      List<LocalCommand> commands, Yaml node, Reading reading) {
    TreeSet<String> names = new TreeSet<>();
    for (LocalCommand command : commands) {
      if (!names.add(command.name())) {
        return reading.refuse(
            node.place(), "must have names that differ; '" + command.name() + "' stands twice");
      }
    }
    return Optional.of(commands);
  }

  /** A name without a path would depend on where it is looked for. */
  private static Optional<List<String>> program(List<String> run, Yaml node, Reading reading) {
    return !run.isEmpty() && isAbsolute(run.getFirst())
        ? Optional.of(run)
        : reading.refuse(
            node.place(), "must begin with the absolute path of a program; no shell reads it");
  }

  private static Optional<Path> folder(String text, Yaml node, Reading reading) {
    return isAbsolute(text)
        ? Optional.of(Path.of(text))
        : reading.refuse(node.place(), "must be an absolute path");
  }

  private static boolean isAbsolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
