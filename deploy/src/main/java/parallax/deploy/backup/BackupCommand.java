package parallax.deploy.backup;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.backup.BackupFolder;
import parallax.coordinator.store.backup.BackupReader;
import parallax.coordinator.store.backup.BackupWriter;
import parallax.coordinator.store.backup.Checked;
import parallax.coordinator.store.backup.Manifest;
import parallax.coordinator.store.backup.RestoreDrill;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.RecordOptions;
import parallax.deploy.command.Version;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes a snapshot of the record, checks one, proves that the newest one can be restored. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a snapshot of the record, also while Parallax runs; checks it before it counts.",
      "Exit status 1 when a snapshot is damaged or does not restore to what it holds."
    })
public final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RecordOptions record = new RecordOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Task task = new Task();

  /** One of these. */
  static final class Task {
    @Option(names = "--to", paramLabel = "DIR", description = "Where snapshots are kept.")
    private @Nullable Path to;

    @Option(
        names = "--verify",
        paramLabel = "FILE",
        description = "Read a snapshot and compare it with its own sums; take none.")
    private @Nullable Path verify;

    @Option(
        names = "--drill",
        paramLabel = "DIR",
        description = {
          "Restore the newest snapshot of DIR into an empty record for a moment and compare;",
          "take none."
        })
    private @Nullable Path drill;
  }

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "With --to: remove all but the newest N once this one is checked.")
  private @Nullable Integer keep;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = {
        "With --to and --drill: when it last worked, for the textfile collector of Prometheus'",
        "node exporter. A file of its own for each."
      })
  private @Nullable Path metrics;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    if (metrics != null && task.verify != null) {
      throw new ParameterException(spec.commandLine(), "--metrics goes with --to and --drill");
    }
    if (keep != null && (keep < 1 || task.to == null)) {
      throw new ParameterException(
          spec.commandLine(), "--keep takes a number from 1, together with --to");
    }
    Optional<Path> drill = Optional.ofNullable(task.drill);
    Optional<Path> verify = Optional.ofNullable(task.verify);
    if (drill.isPresent()) {
      return drill(drill.get()).status();
    }
    return (verify.isPresent() ? verify(verify.get()) : take(BackupFolder.at(folder()))).status();
  }

  private Path folder() {
    return Optional.ofNullable(task.to).orElseThrow();
  }

  private ExitCode take(BackupFolder folder) {
    Instant now = InstantSource.system().instant();
    Path file = folder.file(now);
    try (WholeRecord whole = record.toRead()) {
      BackupWriter.write(whole, file, now, Version.NUMBER);
      ExitCode checked = verify(file);
      if (checked == ExitCode.FINE) {
        audit(whole, file, now);
        retain(folder);
        note(SuccessMetric.BACKUP, now);
      }
      return checked;
    }
  }

  /** A snapshot that is there counts, even when the record is too ill to note it. */
  private void audit(WholeRecord whole, Path file, Instant now) {
    try {
      whole.audit(
          new AuditEntry(
              System.getProperty("user.name", "unknown"), "backup", "to " + file.getFileName()),
          now);
    } catch (StoreException e) {
      spec.commandLine().getErr().println("warning: not audited: " + e.getMessage());
    }
  }

  private void note(SuccessMetric metric, Instant now) {
    Optional.ofNullable(metrics).ifPresent(file -> metric.write(file, now));
  }

  private void retain(BackupFolder folder) {
    if (keep != null) {
      for (Path gone : folder.retain(keep)) {
        spec.commandLine().getErr().println("removed " + gone);
      }
    }
  }

  private ExitCode verify(Path file) {
    PrintWriter out = spec.commandLine().getOut();
    return switch (BackupReader.check(file)) {
      case Checked.Sound(Manifest manifest) -> {
        out.println(json ? BackupText.json(file, manifest) : BackupText.line(file, manifest));
        yield ExitCode.FINE;
      }
      case Checked.Damaged(String why) -> {
        out.println(json ? BackupText.damaged(file, why) : file + ": damaged: " + why);
        yield ExitCode.NO;
      }
    };
  }

  private ExitCode drill(Path folder) {
    Optional<Path> newest = BackupFolder.at(folder).newest();
    if (newest.isEmpty()) {
      spec.commandLine().getErr().println("parallax: no snapshot in " + folder);
      return ExitCode.COULD_NOT_RUN;
    }
    return switch (BackupReader.check(newest.get())) {
      case Checked.Damaged _ -> verify(newest.get());
      case Checked.Sound(Manifest manifest) -> restoreAside(newest.get(), manifest);
    };
  }

  private ExitCode restoreAside(Path file, Manifest manifest) {
    PrintWriter out = spec.commandLine().getOut();
    Instant now = InstantSource.system().instant();
    Optional<DrillRecord.Result> done =
        DrillRecord.restore(BackupReader.rows(file), manifest.schema(), now);
    if (done.isEmpty()) {
      String why = BackupText.ofAnotherSchema(manifest);
      out.println(json ? BackupText.notRestored(why) : file + ": not restored: " + why);
      return ExitCode.NO;
    }
    DrillRecord.Result result = done.get();
    out.println(json ? BackupText.json(file, manifest) : BackupText.line(file, manifest));
    for (RestoreDrill.Line line : result.lines()) {
      out.println(json ? BackupText.json(line) : BackupText.line(line));
    }
    boolean same = result.lines().stream().allMatch(RestoreDrill.Line::same);
    boolean quiet = result.waiting() == 0;
    if (json) {
      JsonObject end = new JsonObject().put("restored", same && quiet);
      out.println(end.put("waitingNotices", result.waiting()).encode());
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%s; notices that would be sent: %d",
              same ? "restored to what was saved" : "NOT restored to what was saved",
              result.waiting()));
    }
    if (same && quiet) {
      note(SuccessMetric.DRILL, now);
      return ExitCode.FINE;
    }
    return ExitCode.NO;
  }
}
