package parallax.deploy.backup;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.AuditTrail;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.WholeRecord.Filled;
import parallax.coordinator.store.WholeRecord.Filling;
import parallax.coordinator.store.backup.BackupReader;
import parallax.coordinator.store.backup.Checked;
import parallax.coordinator.store.backup.Manifest;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.RecordOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a record back from a snapshot. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the record back as a snapshot holds it, all of it or nothing.",
      "Notices that waited in it are superseded: none of them is ever sent.",
      "Exit status 1 when the snapshot is damaged, or the record is not empty."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RecordOptions record = new RecordOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "A snapshot that backup took.")
  private Path from = Path.of("");

  @Option(names = "--replace", description = "Remove what is in the record now.")
  private boolean replace;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return switch (BackupReader.check(from)) {
      case Checked.Damaged(String why) -> {
        out.println(
            json ? BackupText.damaged(from, why) : from + ": not restored, it is damaged: " + why);
        yield ExitCode.NO.status();
      }
      case Checked.Sound(Manifest manifest) -> restore(manifest).status();
    };
  }

  private ExitCode restore(Manifest manifest) {
    PrintWriter out = spec.commandLine().getOut();
    try (WholeRecord whole = record.toFill()) {
      if (manifest.schema() != whole.schema()) {
        out.println(
            refused(
                "it has schema %s, this Parallax knows %s"
                    .formatted(manifest.schema(), whole.schema())));
        return ExitCode.NO;
      }
      Filling filling =
          new Filling(
              BackupReader.rows(from),
              replace,
              Optional.of(entry(manifest, whole.auditTrail())),
              InstantSource.system().instant());
      return switch (whole.fill(filling)) {
        case Filled.NotEmpty(String table) -> {
          out.println(
              refused("the record is not empty (" + table + "); --replace removes what is in it"));
          yield ExitCode.NO;
        }
        case Filled.Full(long rows) -> {
          out.println(restored(manifest, rows));
          yield ExitCode.FINE;
        }
      };
    }
  }

  private AuditEntry entry(Manifest manifest, AuditTrail before) {
    String replaced =
        switch (before) {
          case AuditTrail.Unbroken(long rows, String head) ->
              rows == 0 ? "nothing" : "an audit log of %s rows, head %s".formatted(rows, head);
          case AuditTrail.Broken(long row, _) -> "an audit log that is broken at row " + row;
        };
    return new AuditEntry(
        System.getProperty("user.name", "unknown"),
        "restore",
        "from %s, taken %s; replaced %s".formatted(from.getFileName(), manifest.taken(), replaced));
  }

  private String refused(String why) {
    return json
        ? new JsonObject().put("restored", false).put("why", why).encode()
        : from + ": not restored: " + why;
  }

  private String restored(Manifest manifest, long rows) {
    return json
        ? new JsonObject()
            .put("restored", true)
            .put("rows", rows)
            .put("taken", manifest.taken().toString())
            .encode()
        : "restored %s rows as of %s; notices that waited are superseded"
            .formatted(rows, manifest.taken());
  }
}
