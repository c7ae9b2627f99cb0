package parallax.deploy.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine;

/** The command as a user types it: what it prints, and how it ends. */
final class ParseCommandTest {
  private static final String WHOIS =
      """
      Domain Name: REIDAI.EXAMPLE
      Registrar: Reidai, Inc.
      Registry Expiry Date: 2027-03-01T10:00:00Z
      Domain Status: serverHold https://icann.org/epp#serverHold
      Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited
      Name Server: NS2.DNS.EXAMPLE
      Name Server: NS1.DNS.EXAMPLE
      """;
  private static final String RDAP =
      """
      {"objectClassName": "domain", "ldhName": "reidai.example", "status": ["active"],
       "events": [{"eventAction": "expiration", "eventDate": "2027-03-01T00:30:00+09:00"}]}
      """;

  @TempDir Path folder;
  private Path whois = Path.of("");
  private Path rdap = Path.of("");

  private record Ran(int status, String out, String err) {
    List<JsonObject> objects() {
      return out.lines().map(JsonObject::new).toList();
    }
  }

  @BeforeEach
  void store() throws IOException {
    whois = Files.writeString(folder.resolve("whois.txt"), WHOIS);
    rdap = Files.writeString(folder.resolve("rdap.json"), RDAP);
  }

  @Test
  void aWhoisAnswerIsOneObject() {
    Ran ran = run("parse", "--tld", "com", whois.toString());
    assertThat(ran.status()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.objects())
        .containsExactly(
            new JsonObject()
                .put("registered", true)
                .put("expires", "2027-03-01T10:00:00Z")
                .put("statuses", JsonArray.of("clientTransferProhibited", "serverHold"))
                .put("rawStatuses", JsonArray.of("serverHold", "clientTransferProhibited"))
                .put("nameservers", JsonArray.of("ns1.dns.example", "ns2.dns.example"))
                .put("registrar", "Reidai, Inc."));
  }

  @Test
  void anRdapAnswerKeepsTheMoment() {
    Ran ran = run("parse", "--tld", "jp", "--rdap", rdap.toString());
    assertThat(ran.objects().getFirst().getString("expires")).isEqualTo("2027-02-28T15:30:00Z");
    assertThat(ran.objects().getFirst().getJsonArray("statuses")).containsExactly("ok");
    assertThat(ran.objects().getFirst().getValue("registrar")).isNull();
  }

  @Test
  void whatIsNotToldIsNullAndWhyIsSaidBesides() throws IOException {
    Files.writeString(whois, "WHOIS LIMIT EXCEEDED - SEE THE TERMS\n");
    Ran ran = run("parse", "--tld", "org", whois.toString());
    assertThat(ran.status()).isZero();
    JsonObject object = ran.objects().getFirst();
    assertThat(object.containsKey("registered")).isTrue();
    assertThat(object.getValue("registered")).isNull();
    assertThat(ran.err()).contains("rate limited");
  }

  @Test
  void aListGoesOnAfterABadFile() throws IOException {
    Files.writeString(folder.resolve("none.txt"), "No match for \"REIDAI.EXAMPLE\".\n");
    Path list =
        Files.writeString(
            folder.resolve("list.tsv"),
            "com\twhois\twhois.txt\ncom\twhois\tmissing.txt\ncom\tfinger\twhois.txt\nbroken\n\n"
                + "com\twhois\tnone.txt\ncom\trdap\t"
                + rdap
                + "\n");
    Ran ran = run("parse", "--list", list.toString());
    assertThat(ran.status()).isEqualTo(ExitCode.NO.status());
    assertThat(ran.objects())
        .extracting(object -> object.getString("file"))
        .containsExactly(
            "whois.txt", "missing.txt", "whois.txt", "broken", "none.txt", rdap.toString());
    assertThat(ran.objects())
        .extracting(object -> object.containsKey("error"))
        .containsExactly(false, true, true, true, false, false);
    assertThat(ran.objects())
        .extracting(object -> object.getBoolean("registered"))
        .containsExactly(true, null, null, null, false, true);
  }

  @Test
  void aWrongCommandLineIsTold() {
    assertThat(run("parse").status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(run("parse", whois.toString()).status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(run().status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(run("parse", "--tld", "com", "--list", "x", whois.toString()).status())
        .isEqualTo(ExitCode.USAGE.status());
  }

  @Test
  void aMissingFileCouldNotBeRead() {
    Ran ran = run("parse", "--tld", "com", folder.resolve("missing.txt").toString());
    assertThat(ran.status()).isEqualTo(ExitCode.COULD_NOT_RUN.status());
    assertThat(ran.out()).isEmpty();
    Ran list = run("parse", "--list", folder.resolve("missing.tsv").toString());
    assertThat(list.status()).isEqualTo(ExitCode.COULD_NOT_RUN.status());
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new RegistrationCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler((_, line, _) -> ExitCode.COULD_NOT_RUN.status())
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
