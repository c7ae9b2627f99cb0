package parallax.deploy.carry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.problem.Place;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Note;
import parallax.deploy.carry.draft.Settled;
import parallax.deploy.command.ExitCode;
import parallax.probe.blackbox.read.Node;
import parallax.probe.blackbox.read.Trees;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every import is told, and how it tells what came of it. */
final class CarryOptions {
  /** Backups of Uptime Kuma have about 3 KiB and 80 values for each monitor. */
  private static final Trees.Limits LIMITS = new Trees.Limits(16 << 20, 500_000);

  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Parameters(paramLabel = "FILE", description = "Their file.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where our YAML is written; - is standard output, and what holds anyway.")
  private Path out = STANDARD_OUTPUT;

  @Option(
      names = "--strict",
      description = "Exit status 1 as well when something could not be carried over.")
  private boolean strict;

  @Option(names = "--json", description = "What could not be carried over as a JSON object a line.")
  private boolean json;

  Path file() {
    return file;
  }

  Optional<Node> read(Problems problems) {
    return read(file, problems);
  }

  /** The values in a file of YAML or JSON. */
  static Optional<Node> read(Path file, Problems problems) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LIMITS.bytes() + 1);
      return Trees.read(file, isJson(bytes) ? withoutTabs(bytes) : bytes, LIMITS, problems);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }

  private static boolean isJson(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.UTF_8);
    return start.strip().matches("(?s)[{\\[].*");
  }

  /** JSON may be indented by tabs, which YAML may not; inside of a string neither stands. */
  private static byte[] withoutTabs(byte[] bytes) {
    byte[] blank = bytes.clone();
    for (int index = 0; index < blank.length; index++) {
      blank[index] = blank[index] == '\t' ? (byte) ' ' : blank[index];
    }
    return blank;
  }

  /** Tells why the file is none of those. */
  int refused(CommandSpec spec, Problems problems) {
    PrintWriter err = spec.commandLine().getErr();
    problems.errors().forEach(problem -> err.println(json ? encoded(problem) : problem.toString()));
    return ExitCode.NO.status();
  }

  /** Writes what is gathered and tells what is not. */
  int write(CommandSpec spec, Draft draft, List<String> origin) {
    PrintWriter err = spec.commandLine().getErr();
    Settled settled = Settled.of(draft, head(origin));
    settled.notes().forEach(note -> err.println(json ? encoded(note) : note.toString()));
    settled.refused().forEach(it -> err.println(json ? encoded(it) : it.toString()));
    boolean fine = settled.refused().isEmpty() && settled.targets() > 0;
    if (fine) {
      written(spec, settled);
    } else {
      err.println(json ? summary(settled).encode() : "nothing is written: no target is left");
    }
    boolean whole = settled.notes().stream().noneMatch(it -> it.kind() == Note.Kind.LEFT_OUT);
    return fine && (whole || !strict) ? ExitCode.FINE.status() : ExitCode.NO.status();
  }

  private List<String> head(List<String> origin) {
    List<String> head = new ArrayList<>();
    head.add("Imported from " + String.join(", ", origin) + ": " + file.getFileName());
    head.add("Comments below say where a human should look. Check it with: parallax validate");
    return head;
  }

  private void written(CommandSpec spec, Settled settled) {
    PrintWriter answer = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean aside = out.equals(STANDARD_OUTPUT);
    if (aside) {
      answer.print(settled.yaml());
      answer.flush();
    } else {
      try {
        Files.writeString(out, settled.yaml());
      } catch (IOException e) {
        throw new UncheckedIOException("can't write " + out, e);
      }
    }
    PrintWriter told = aside ? err : answer;
    told.println(
        json
            ? summary(settled).encode()
            : settled.targets()
                + (settled.targets() == 1 ? " target, " : " targets, ")
                + settled.receivers()
                + (settled.receivers() == 1 ? " receiver, " : " receivers, ")
                + leftOut(settled)
                + " not carried over");
  }

  private static long leftOut(Settled settled) {
    return settled.notes().stream().filter(it -> it.kind() == Note.Kind.LEFT_OUT).count();
  }

  private static JsonObject summary(Settled settled) {
    JsonArray secrets = new JsonArray();
    settled.notes().stream()
        .filter(note -> note.kind() == Note.Kind.SECRET)
        .forEach(note -> secrets.add(note.message()));
    return new JsonObject()
        .put("targets", settled.targets())
        .put("receivers", settled.receivers())
        .put("notCarriedOver", leftOut(settled))
        .put("secrets", secrets);
  }

  private static String encoded(Note note) {
    return placed(note.place())
        .put("kind", note.kind().name().toLowerCase(Locale.ROOT))
        .put("subject", note.subject())
        .put("message", note.message())
        .encode();
  }

  private static String encoded(Problem problem) {
    return placed(new Place(problem.file(), problem.line(), problem.column()))
        .put("kind", "problem")
        .put("message", problem.message())
        .encode();
  }

  private static JsonObject placed(Place place) {
    return new JsonObject()
        .put("file", place.file().toString())
        .put("line", place.line())
        .put("column", place.column());
  }
}
