package parallax.deploy.backup;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.store.AuditTrail;
import parallax.coordinator.store.WholeRecord;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.RecordOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What was done: whether it is still on record as it was written. */
@Command(
    name = "audit-log",
    mixinStandardHelpOptions = true,
    description = "What was done to this Parallax, as a chain of hashes.",
    subcommands = AuditLogCommand.Verify.class)
public final class AuditLogCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which of its commands?");
  }

  /** Follows the chain. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Follows the chain from the first row to the last and prints the hash it ends with.",
        "Rows missing at the end leave no trace in it: keep that hash elsewhere, and compare.",
        "Exit status 1 when a row was changed, removed or inserted; the first one is named."
      })
  static final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RecordOptions record = new RecordOptions();

    @Option(
        names = "--head",
        paramLabel = "HASH",
        description = "What it ended with when it was looked at before; it must still hold that.")
    private @Nullable String head;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (WholeRecord whole = record.toRead()) {
        return switch (whole.auditTrail()) {
          case AuditTrail.Broken(long row, String why) -> {
            out.println(json ? broken(row, why) : "broken at row " + row + ": " + why);
            yield ExitCode.NO.status();
          }
          case AuditTrail.Unbroken(long rows, String newest) -> {
            boolean complete = Optional.ofNullable(head).map(whole::isAudited).orElse(true);
            out.println(
                json
                    ? unbroken(rows, newest, complete)
                    : "%s rows, unbroken, head %s%s"
                        .formatted(rows, newest, complete ? "" : "; rows at its end are missing"));
            yield (complete ? ExitCode.FINE : ExitCode.NO).status();
          }
        };
      }
    }

    private static String broken(long row, String why) {
      return new JsonObject().put("unbroken", false).put("row", row).put("why", why).encode();
    }

    private static String unbroken(long rows, String newest, boolean complete) {
      return new JsonObject()
          .put("unbroken", true)
          .put("rows", rows)
          .put("head", newest)
          .put("complete", complete)
          .encode();
    }
  }
}
