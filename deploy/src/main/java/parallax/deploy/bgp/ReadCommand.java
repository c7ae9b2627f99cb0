package parallax.deploy.bgp;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import parallax.deploy.command.ExitCode;
import parallax.probe.bgp.mrt.MrtFile;
import parallax.probe.bgp.mrt.MrtReader;
import parallax.probe.bgp.mrt.MrtSummary;
import parallax.probe.bgp.route.RouteEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads what a collector has stored. */
@Command(
    name = "read",
    mixinStandardHelpOptions = true,
    description = {
      "Reads an MRT file, plain, .gz or .bz2, and counts what is in it.",
      "What could not be read is told on stderr with its place.",
      "Exit status 1 when a part of the file is lost, 3 when nothing of it could be read."
    })
public final class ReadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--json",
      description = {
        "An element a line instead: type (A announce, W withdraw, R RIB entry, S state change),",
        "time, peer, peerAs, prefix, path, origin, nextHop, communities."
      })
  private boolean json;

  @Parameters(paramLabel = "FILE", description = "Of RIS, RouteViews or a router.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (ElementLines lines = new ElementLines(out)) {
      Consumer<RouteEvent> events = json ? lines : _ -> {};
      MrtSummary summary = read(lines, events);
      if (lines.isUnheard()) {
        return ExitCode.FINE.status();
      }
      return told(summary);
    } catch (NoSuchFileException missing) {
      throw new IOException(file + ": no such file", missing);
    } catch (IOException broken) {
      throw new IOException(file + ": " + broken.getMessage(), broken);
    }
  }

  private MrtSummary read(ElementLines lines, Consumer<RouteEvent> events) throws IOException {
    Path name = file.getFileName();
    try (InputStream in = lines.whileHeard(MrtFile.open(file))) {
      return MrtReader.read(in, String.valueOf(name == null ? file : name), events);
    }
  }

  private int told(MrtSummary summary) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    summary
        .problems()
        .forEach(
            problem -> err.println(file + ": byte " + problem.offset() + ": " + problem.reason()));
    long more = summary.problemCount() - summary.problems().size();
    if (more > 0) {
      err.println(file + ": " + more + " more problems");
    }
    if (summary.records().isEmpty() && summary.damaged()) {
      throw new IOException("no MRT records");
    }
    if (!json) {
      SummaryText.of(summary).forEach(spec.commandLine().getOut()::println);
    }
    return (summary.damaged() ? ExitCode.NO : ExitCode.FINE).status();
  }
}
