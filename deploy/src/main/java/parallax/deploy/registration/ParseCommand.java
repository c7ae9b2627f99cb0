package parallax.deploy.registration;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import parallax.deploy.command.ExitCode;
import parallax.probe.registration.Registration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads stored answers of registries. */
@Command(
    name = "parse",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a stored WHOIS or RDAP answer, or many, and prints one JSON object a line.",
      "Exit status 1 when a file of the list could not be read, 3 when the only one could not."
    })
public final class ParseCommand implements Callable<Integer> {
  private static final int COLUMNS = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--tld",
      paramLabel = "TLD",
      description = "Whose answer it is, such as jp or co.uk.")
  private Optional<String> tld = Optional.empty();

  @Option(names = "--rdap", description = "It is RDAP, not WHOIS.")
  private boolean rdap;

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "Many: lines of TLD, whois or rdap, and a path, between tabs.")
  private Optional<Path> list = Optional.empty();

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "One answer.")
  private Optional<Path> file = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (list.isPresent() == file.isPresent()) {
      throw new ParameterException(spec.commandLine(), "either a FILE or --list FILE");
    }
    if (list.isPresent()) {
      return all(list.get());
    }
    if (tld.isEmpty() && !rdap) {
      throw new ParameterException(spec.commandLine(), "--tld is missing");
    }
    try {
      Registration read = new StoredAnswer(tld.orElse(""), rdap, file.get()).read();
      print(RegistrationJson.of(read), file.get().toString(), RegistrationJson.words(read));
      return ExitCode.FINE.status();
    } catch (IOException broken) {
      throw new IOException(words(file.get(), broken), broken);
    }
  }

  private int all(Path list) throws IOException {
    boolean fine = true;
    try (BufferedReader lines = Files.newBufferedReader(list)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          fine &= one(line, list);
        }
      }
    } catch (NoSuchFileException missing) {
      throw new IOException(words(list, missing), missing);
    }
    return (fine ? ExitCode.FINE : ExitCode.NO).status();
  }

  /** Whether the answer of one line of the list could be read. */
  private boolean one(String line, Path list) {
    List<String> columns = List.of(line.split("\t", -1));
    String name = columns.getLast().strip();
    JsonObject shown = new JsonObject().put("file", name);
    if (columns.size() != COLUMNS) {
      return failed(shown, "three columns expected: tld, whois or rdap, path");
    }
    String protocol = columns.get(1).strip().toLowerCase(Locale.ROOT);
    if (!protocol.equals("whois") && !protocol.equals("rdap")) {
      return failed(shown, "neither whois nor rdap: " + protocol);
    }
    try {
      boolean json = protocol.equals("rdap");
      Path path = path(name, list);
      Registration read = new StoredAnswer(columns.getFirst().strip(), json, path).read();
      print(shown.mergeIn(RegistrationJson.of(read)), name, RegistrationJson.words(read));
      return true;
    } catch (InvalidPathException notAPath) {
      return failed(shown, notAPath.getReason());
    } catch (IOException broken) {
      return failed(shown, words(Path.of(name), broken));
    }
  }

  /** As it is from here, or from where the list is. */
  private static Path path(String name, Path list) {
    Path path = Path.of(name);
    return Files.exists(path) ? path : list.toAbsolutePath().resolveSibling(path);
  }

  private boolean failed(JsonObject shown, String error) {
    shown.mergeIn(RegistrationJson.nothingKnown()).put("error", error);
    spec.commandLine().getOut().println(shown.encode());
    return false;
  }

  private void print(JsonObject object, String name, String remark) {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().getOut().println(object.encode());
    if (!remark.isEmpty()) {
      err.println(name + ": " + remark);
    }
  }

  private static String words(Path file, IOException broken) {
    return broken instanceof NoSuchFileException
        ? file + ": no such file"
        : file + ": " + broken.getClass().getSimpleName() + " " + broken.getMessage();
  }
}
