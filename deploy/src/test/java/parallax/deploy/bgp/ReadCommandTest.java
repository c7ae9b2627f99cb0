package parallax.deploy.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine;

/** The command as a user types it: what it prints, and how it ends. */
final class ReadCommandTest {
  private static final Path SAMPLES = Path.of("src/test/resources/parallax/deploy/bgp");
  private static final Path SESSIONS = SAMPLES.resolve("lab.frr-all-et.mrt");
  private static final Path PATHS = SAMPLES.resolve("lab.gobgp-addpath-updates.mrt");
  private static final Path TABLE = SAMPLES.resolve("lab.gobgp-table.mrt");

  @TempDir Path folder;

  private record Ran(int status, String out, String err) {
    List<JsonObject> objects() {
      return out.lines().map(JsonObject::new).toList();
    }
  }

  @Test
  void countsComeByType() {
    Ran ran = run(SESSIONS.toString());
    assertThat(ran.status()).isZero();
    assertThat(ran.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .containsExactly(
            "records 46",
            "17.1 BGP4MP_ET MESSAGE 2",
            "17.4 BGP4MP_ET MESSAGE_AS4 19",
            "17.5 BGP4MP_ET STATE_CHANGE_AS4 25",
            "elements 33",
            "A announce 6",
            "W withdraw 3",
            "R RIB entry 0",
            "S state change 24",
            "ends of tables 4",
            "problems 1");
    assertThat(ran.err()).isEqualTo(SESSIONS + ": byte 2541: addresses of family 8\n");
  }

  @Test
  void anElementIsALineOfJson() {
    Ran ran = run("--json", PATHS.toString());
    assertThat(ran.status()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.objects()).hasSize(5);
    assertThat(ran.objects().getFirst())
        .isEqualTo(
            new JsonObject()
                .put("type", "A")
                .put("time", "2026-11-20T15:58:07Z")
                .put("peer", "10.99.1.1")
                .put("peerAs", 64501)
                .put("prefix", "203.0.113.0/24")
                .put("pathId", 1)
                .put("path", "64501 64510 64511")
                .put("origin", "IGP")
                .put("nextHop", "10.99.1.1")
                .put("communities", new JsonArray()));
    assertThat(ran.objects().getLast().fieldNames())
        .containsExactly("type", "time", "peer", "peerAs", "prefix", "pathId");
  }

  @Test
  void changesOfSessionsAndEntriesOfTablesAreElementsToo() {
    assertThat(run("--json", SESSIONS.toString()).objects())
        .extracting(object -> object.getString("type") + object.getString("state", ""))
        .contains("Sup", "Sdown", "A", "W");
    assertThat(run("--json", TABLE.toString()).objects())
        .extracting(object -> object.getString("type"))
        .containsExactly("R", "R", "R");
  }

  @Test
  void aLostPartOfTheFileIsToldAndTheRestIsRead() throws IOException {
    byte[] bytes = Files.readAllBytes(TABLE);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 1));
    Ran ran = run("--json", cut.toString());
    assertThat(ran.status()).isEqualTo(ExitCode.NO.status());
    assertThat(ran.objects()).hasSize(2);
    assertThat(ran.err()).contains("the record is cut off");
  }

  @Test
  void whatIsNoMrtOrNotThereCannotBeRead() throws IOException {
    Path words = Files.writeString(folder.resolve("words"), "no routes here, only words\n");
    Ran ran = run(words.toString());
    assertThat(ran.status()).isEqualTo(ExitCode.COULD_NOT_RUN.status());
    assertThat(ran.err()).contains("no MRT records");
    Ran missing = run(folder.resolve("missing").toString());
    assertThat(missing.status()).isEqualTo(ExitCode.COULD_NOT_RUN.status());
    assertThat(missing.err()).contains("missing: no such file");
  }

  @Test
  void nothingMoreIsReadWhenNobodyListens() throws IOException {
    Path large = folder.resolve("large");
    byte[] once = Files.readAllBytes(PATHS);
    try (var out = Files.newOutputStream(large)) {
      for (int copy = 0; copy < 2_000; copy++) {
        out.write(once);
      }
    }
    StringWriter err = new StringWriter();
    int status = run(new PrintWriter(new Closed()), err, "--json", large.toString());
    assertThat(status).isZero();
    assertThat(err.toString()).isEmpty();
  }

  /** A pipe whose reader has gone. */
  private static final class Closed extends Writer {
    @Override
    public void write(char[] text, int from, int count) throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = run(new PrintWriter(out), err, arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  private static int run(PrintWriter out, StringWriter err, String... arguments) {
    PrintWriter errors = new PrintWriter(err);
    return new CommandLine(new ReadCommand())
        .setOut(out)
        .setErr(errors)
        .setExecutionExceptionHandler(
            (problem, _, _) -> {
              errors.println(problem.getMessage());
              return ExitCode.COULD_NOT_RUN.status();
            })
        .execute(arguments);
  }
}
