package parallax.deploy.backup;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
      "Notices that waited in it are superseded: none of them is ever sent. Tokens of probes come",
      "back revoked, for it does not know which of them were revoked after it was taken; with",
      "--replace those of the record that is replaced stay as they are.",
      "Exit status 1 when the snapshot is damaged, or the record is not empty."
    })
public final class RestoreCommand implements Callable<Integer> {
  /** Of more probes than this the others are not named; {@code token list} does. */
  private static final int MAX_NAMED = 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RecordOptions record = new RecordOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "A snapshot that backup took.")
  private Path from = Path.of("");

  @Option(
      names = "--replace",
      description = "Remove what is in the record now, except for tokens of probes.")
  private boolean replace;

  @Option(
      names = "--keep-tokens",
      description = {
        "Tokens of probes come back as the snapshot holds them, also those that were revoked after",
        "it was taken: only when none was, or you revoke them again at once."
      })
  private boolean keepTokens;

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
      if (!whole.reads(manifest.schema())) {
        out.println(refused(BackupText.ofAnotherSchema(manifest)));
        return ExitCode.NO;
      }
      Filling filling =
          new Filling(
              whole.upgraded(BackupReader.rows(from), manifest.schema()),
              replace,
              keepTokens,
              Optional.of(entry(manifest, whole.auditTrail())),
              InstantSource.system().instant());
      return switch (whole.fill(filling)) {
        case Filled.NotEmpty(String table) -> {
          out.println(
              refused("the record is not empty (" + table + "); --replace removes what is in it"));
          yield ExitCode.NO;
        }
        case Filled.Full full -> {
          out.println(json ? json(manifest, full) : text(manifest, full));
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
        "from %s, taken %s; replaced %s; tokens %s"
            .formatted(
                from.getFileName(), manifest.taken(), replaced, keepTokens ? "kept" : "revoked"));
  }

  private String refused(String why) {
    return json ? BackupText.notRestored(why) : from + ": not restored: " + why;
  }

  private static String json(Manifest manifest, Filled.Full full) {
    return new JsonObject()
        .put("restored", true)
        .put("rows", full.rows())
        .put("taken", manifest.taken().toString())
        .put("probesWithoutToken", new JsonArray(full.silenced()))
        .encode();
  }

  private String text(Manifest manifest, Filled.Full full) {
    String restored =
        "restored %s rows as of %s; notices that waited are superseded"
            .formatted(full.rows(), manifest.taken());
    if (keepTokens) {
      return restored + "\ntokens are as they were then: revoke again what was revoked since";
    }
    List<String> silenced = full.silenced();
    if (silenced.isEmpty()) {
      return restored;
    }
    String more = silenced.size() > MAX_NAMED ? ", …" : "";
    return """
    %s
    tokens were revoked: it is not known which of them were after the snapshot was taken.
    %d without one: %s%s
    for each: parallax token create --probe NAME\
    """
        .formatted(
            restored,
            silenced.size(),
            String.join(", ", silenced.subList(0, Math.min(MAX_NAMED, silenced.size()))),
            more);
  }
}
