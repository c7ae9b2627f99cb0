package parallax.deploy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parallax incident} and {@code parallax silence} against what a coordinator answers. */
final class IncidentCommandTest {
  private static final String ENTRY =
      "{\"sequence\": 7, \"at\": \"2026-03-01T12:00:00Z\", \"event\": \"note\","
          + " \"who\": \"alice\", \"text\": \"one\\nt\\u001b[31mwo\"}";
  private static final String SILENCE =
      "{\"id\": \"ab12\", \"state\": \"active\", \"match\": {\"team\": [\"shop\"]},"
          + " \"from\": \"2026-03-01T12:00:00Z\", \"until\": \"2026-03-01T14:00:00Z\","
          + " \"who\": \"ops\", \"reason\": \"move\", \"created\": \"2026-03-01T12:00:00Z\","
          + " \"ended\": null}";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final WireMockServer coordinator =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() {
    coordinator.start();
  }

  @AfterEach
  void stop() {
    coordinator.stop();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--coordinator", coordinator.baseUrl() + "/"));
    return ParallaxMain.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private void answers(int status, String body) {
    coordinator.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
  }

  @Test
  void aNoteIsSentAsItIsAndPrintedWithoutOrdersToTheTerminal() {
    answers(201, ENTRY);
    assertThat(run("incident", "note", "a/b", "looking", "into it", "--who", "alice")).isZero();
    coordinator.verify(
        postRequestedFor(urlEqualTo("/api/v1/incidents/a%2Fb/notes"))
            .withRequestBody(equalToJson("{\"text\": \"looking into it\", \"who\": \"alice\"}")));
    assertThat(out.toString())
        .contains("note", "alice", "one\n    t\ufffd[31mwo")
        .doesNotContain("\u001b");
  }

  @Test
  void anAcknowledgementShowsTheTokenThatItsOwnerAloneMayRead() throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, "0123456789abcdef\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    answers(200, ENTRY);
    assertThat(run("incident", "ack", "abc", "--token-file", token.toString())).isZero();
    coordinator.verify(
        postRequestedFor(urlEqualTo("/api/v1/incidents/abc/acknowledge"))
            .withHeader("Authorization", equalTo("Bearer 0123456789abcdef")));
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("incident", "ack", "abc", "--token-file", token.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("chmod 600").doesNotContain("0123456789abcdef");
  }

  @Test
  void noTokenGoesOverTheNetworkInClear() throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, "0123456789abcdef");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    int status =
        ParallaxMain.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "silence",
            "list",
            "--token-file",
            token.toString(),
            "--coordinator",
            "http://c1.example.net:8080");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("in clear");
  }

  @Test
  void whatIsRefusedSaysWhy() {
    answers(409, "{\"status\": 409, \"detail\": \"the incident is over\"}");
    assertThat(run("incident", "ack", "abc")).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("parallax: the incident is over");
    answers(404, "<html>");
    assertThat(run("incident", "show", "abc")).isEqualTo(1);
    answers(200, "<html>");
    assertThat(run("incident", "show", "abc")).isEqualTo(3);
    coordinator.stubFor(
        any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    assertThat(run("incident", "show", "abc")).isEqualTo(3);
    assertThat(err.toString()).contains("does not answer");
  }

  @Test
  void anIncidentIsShownAndExported() {
    answers(
        200,
        "{\"id\": \"abc\", \"summary\": \"shop is down\", \"acknowledged\": {\"who\": \"alice\"},"
            + " \"timeline\": ["
            + ENTRY
            + "]}");
    assertThat(run("incident", "show", "abc")).isZero();
    assertThat(out.toString()).contains("abc  shop is down", "acknowledged by alice", "note");
    answers(200, "# A draft\n");
    assertThat(run("incident", "export", "abc")).isZero();
    assertThat(out.toString()).endsWith("# A draft\n");
    assertThat(run("incident", "export", "abc", "--json")).isZero();
    coordinator.verify(getRequestedFor(urlEqualTo("/api/v1/incidents/abc/export?format=json")));
  }

  @Test
  void runbooksAreShownAndRun() {
    answers(
        200,
        """
        {"items": [{"name": "shop-down", "steps": "1. Look.\\n2. Roll\\u001b[2J back.",
          "link": "https://wiki.example.com/shop", "actions": [
            {"name": "restart", "kind": "command", "command": "restart", "allowed": false,
             "why": "no such command", "auto": {"forSeconds": 60}},
            {"name": "failover", "kind": "webhook", "command": null, "allowed": true,
             "why": null, "auto": null}]}],
         "runs": [{"id": "r", "incident": "abc", "runbook": "shop-down", "action": "restart",
           "who": "alice", "automatic": false, "state": "failed",
           "began": "2026-03-01T12:00:00Z", "ended": "2026-03-01T12:00:02Z",
           "said": "failed: exit status 3\\noops"}], "next": null}
        """);
    assertThat(run("incident", "runbook", "abc")).isZero();
    coordinator.verify(getRequestedFor(urlEqualTo("/api/v1/incidents/abc/runbooks")));
    assertThat(out.toString())
        .contains("shop-down  https://wiki.example.com/shop\n    1. Look.\n    2. Roll\ufffd[2J")
        .contains("action restart: command restart, also by itself; refused: no such command")
        .contains("action failover: webhook\n")
        .contains("failed     alice: runbook shop-down, action restart\n    failed: exit status 3")
        .contains("    oops\n");
    answers(200, "{\"dryRun\": true, \"would\": \"command restart\"}");
    assertThat(run("incident", "runbook", "abc", "shop-down", "restart", "--dry-run")).isZero();
    assertThat(out.toString()).endsWith("would run: command restart\n");
    coordinator.verify(
        postRequestedFor(urlEqualTo("/api/v1/incidents/abc/runbooks/shop-down"))
            .withRequestBody(equalToJson("{\"dry_run\": true, \"action\": \"restart\"}")));
    answers(409, "{\"status\": 409, \"detail\": \"it runs already\"}");
    assertThat(run("incident", "runbook", "abc", "shop-down", "--who", "alice")).isEqualTo(1);
    coordinator.verify(
        postRequestedFor(urlEqualTo("/api/v1/incidents/abc/runbooks/shop-down"))
            .withRequestBody(equalToJson("{\"who\": \"alice\"}")));
    assertThat(run("incident", "runbook", "abc", "--dry-run")).isEqualTo(2);
  }

  @Test
  void aSilenceIsAddedListedAndEnded() {
    answers(201, SILENCE);
    assertThat(
            run(
                "silence",
                "add",
                "--match",
                "team=shop",
                "--match",
                "team=desk",
                "--match",
                "env=~prod|st.*",
                "--for",
                "2h",
                "--reason",
                "move"))
        .isZero();
    coordinator.verify(
        postRequestedFor(urlEqualTo("/api/v1/silences"))
            .withRequestBody(
                equalToJson(
                    "{\"match\": {\"team\": [\"shop\", \"desk\"], \"env\": \"~prod|st.*\"},"
                        + " \"duration\": \"2h\", \"reason\": \"move\"}")));
    assertThat(out.toString()).contains("ab12  active", "team=[\"shop\"]", "ops: move");
    answers(200, "{\"items\": [" + SILENCE + "], \"next\": null}");
    assertThat(run("silence", "list")).isZero();
    answers(200, SILENCE);
    assertThat(run("silence", "end", "ab12")).isZero();
    coordinator.verify(deleteRequestedFor(urlEqualTo("/api/v1/silences/ab12")));
    assertThat(run("silence", "add", "--match", "team", "--reason", "r")).isEqualTo(2);
  }
}
