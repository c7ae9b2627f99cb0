package parallax.deploy.carry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.check.CheckSpec;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.routes.RouteWatching;
import parallax.config.secret.SecretSource;
import parallax.config.target.Target;
import parallax.probe.LocalChecks;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.zone.NameSystem;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.lookup.RegistrationLookup.Registries;
import picocli.CommandLine;

/** {@code parallax import} as an operator types it. */
final class ImportCommandTest {
  @TempDir Path folder;

  private record Ran(int status, String out, String err) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new ImportCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  private static String published(String name) {
    try {
      return Path.of(Objects.requireNonNull(ImportCommandTest.class.getResource(name)).toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static Configuration loaded(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("imported.yaml"),
            yaml.getBytes(StandardCharsets.UTF_8),
            SecretSource.unresolved());
    assertThat(loaded).as(yaml).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded).configuration();
  }

  private static String[] arguments(String line) {
    return Stream.of(line.split(" "))
        .map(word -> word.matches(".*\\.(yml|yaml|json)") ? published(word) : word)
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blackbox blackbox-example.yml",
        "blackbox blackbox-default.yml",
        "blackbox blackbox-example.yml --prometheus blackbox-prometheus.yml",
        "gatus gatus-config.yaml",
        "gatus gatus-alerting.yaml",
        "gatus gatus-kubernetes.yaml",
        "gatus gatus-mtls.yaml",
        "uptime-kuma kuma-home-server.json",
        "uptime-kuma kuma-ansible.json",
        "uptime-kuma kuma-many-kinds.json"
      })
  void whatIsWrittenOfAPublishedFileLoadsAndEveryCheckRuns(String line) throws Exception {
    Ran ran = run(arguments(line));

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(loaded(ran.out()).targets()).isNotEmpty();
    try (NobodyKnown resolver = new NobodyKnown()) {
      String defaults =
          "defaults: {dns: {walk: off, resolvers: [\"127.0.0.1:%d\"]}, registration: {watch: off}}\n"
              .formatted(resolver.port());
      for (CheckResult result : looked(loaded(defaults + ran.out()))) {
        assertThat(reason(result)).isNotEqualTo(Optional.of(Reason.PROBE_INTERNAL_ERROR));
      }
    }
  }

  private static Optional<Reason> reason(CheckResult result) {
    return result.outcome() instanceof Outcome.Inconclusive(var finding)
        ? Optional.of(finding.reason())
        : Optional.empty();
  }

  /** Looks once at every target; may connect to nobody. */
  private static List<CheckResult> looked(Configuration configuration) throws Exception {
    NetworkPolicy nowhere =
        NetworkPolicy.forOperator(List.of(), List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")));
    Vertx vertx = Vertx.vertx();
    try {
      LocalChecks checks =
          LocalChecks.of(
              vertx,
              InstantSource.system(),
              System::nanoTime,
              new LocalChecks.Settings(
                  nowhere,
                  NameSystem.ofInternet(),
                  Registries.WITHOUT_DOWNLOADS,
                  Optional.empty(),
                  RouteWatching.NONE,
                  "Parallax/test"));
      List<CheckSpec> specs =
          configuration.targets().stream().flatMap(target -> target.checks().stream()).toList();
      List<CheckResult> results = new ArrayList<>();
      for (CheckSpec spec : specs) {
        Deadline deadline = Deadline.startingNow(System::nanoTime, spec.timeout());
        results.add(
            checks
                .checks()
                .run(spec, deadline)
                .toCompletionStage()
                .toCompletableFuture()
                .get(90, TimeUnit.SECONDS));
      }
      assertThat(results).hasSameSizeAs(specs);
      return results;
    } finally {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
    }
  }

  @Test
  void conditionsOfGatusBecomeWhatIsExpected() {
    Configuration configuration = loaded(run(arguments("gatus gatus-config.yaml")).out());

    Target front = target(configuration, "front-end");
    assertThat(front.labels()).containsEntry("group", "core");
    assertThat(front.interval()).hasMinutes(5);
    assertThat(front.checks().toString())
        .contains("$['status']", "latencyFail=Optional[PT0.15S]", "first=200, last=200");
    assertThat(target(configuration, "example-dns-query").checks().toString())
        .contains("93.184.216.34");
    assertThat(target(configuration, "back-end").checks().toString()).contains("expiryFail=PT48H");
  }

  private static Target target(Configuration configuration, String name) {
    return configuration.targets().stream()
        .filter(target -> target.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysLineByLineWhatIsLeftOutAndWhy() {
    Ran ran = run(arguments("gatus gatus-kubernetes.yaml"));

    assertThat(ran.err().lines())
        .anyMatch(
            line ->
                line.endsWith(
                    "gatus-kubernetes.yaml:22:9: not carried over: cat-fact: the condition"
                        + " len([BODY].text) > 0"));
    assertThat(ran.out()).contains("# Not carried over: the condition len([BODY].text) > 0");
    assertThat(run(arguments("gatus gatus-kubernetes.yaml --strict")).status()).isEqualTo(1);
  }

  @Test
  void aStatusMustMeetAllConditionsAboutIt() throws IOException {
    String file =
        write(
            "gatus.yaml",
            """
            endpoints:
              - name: a
                url: https://a.example.com/
                conditions: ["[STATUS] < 300", "[STATUS] >= 200", "[STATUS] != 204"]
              - name: b
                url: https://b.example.com/
                conditions: ["[STATUS] == any(200, 429)", "[STATUS] == pat(2*)"]
            """);

    String yaml = run("gatus", file).out();

    assertThat(yaml).contains("- \"200-203\"", "- \"205-299\"").doesNotContain("429");
  }

  @Test
  void noSecretIsWrittenAnywhere() throws IOException {
    String file =
        write(
            "gatus.yaml",
            """
            alerting:
              slack: {webhook-url: "https://hooks.slack.com/services/T0/B0/very-hidden"}
              telegram: {token: "${TELEGRAM_TOKEN}", id: "1234"}
            endpoints:
              - name: with credentials
                url: "https://alice:very-hidden@example.com/"
                headers: {Authorization: "Bearer very-hidden", X-Env: "$HOME/${USER} costs $5"}
                body: '{"password": "very-hidden"}'
                alerts: [{type: slack}, {type: telegram}]
              - {name: parameter, url: "https://example.com/?token=very-hidden"}
              - name: client
                url: "https://example.com/"
                client: {oauth2: {token-url: "https://id.example.com/", client-id: me, client-secret: very-hidden}}
            """);

    Ran ran = run("gatus", file);

    assertThat(ran.out() + ran.err()).doesNotContain("very-hidden");
    assertThat(ran.out())
        .contains(
            "webhook: \"${env:GATUS_SLACK_WEBHOOK}\"",
            "token: \"${env:TELEGRAM_TOKEN}\"",
            "X-Env: \"${env:HOME}/${env:USER} costs $5\"");
    assertThat(ran.err()).contains("parameter: its URL has a secret among its parameters");
    assertThat(loaded(ran.out()).targets()).hasSize(2);
  }

  @Test
  void aTargetTellsWhomItToldBefore() {
    Configuration configuration = loaded(run(arguments("uptime-kuma kuma-many-kinds.json")).out());

    assertThat(configuration.receivers()).extracting(Receiver::name).contains("ekip", "kanca");
    assertThat(configuration.routes()).hasSize(2);
    assertThat(configuration.routes()).extracting(Route::to).contains(List.of("kanca"));
    assertThat(target(configuration, "Yedek-isi").heartbeat()).isPresent();
    assertThat(target(configuration, "Yedek-isi").labels()).containsEntry("notify", "kanca");
    assertThat(target(configuration, "JSON").labels()).doesNotContainKey("notify");
  }

  @Test
  void targetsAndLabelsOfPrometheusComeByItsRelabelRules() {
    Configuration configuration =
        loaded(
            run(arguments("blackbox blackbox-example.yml --prometheus blackbox-prometheus.yml"))
                .out());

    Target ldap = target(configuration, "ldap.example.com:636");
    assertThat(ldap.url()).hasToString("Optional[tls://ldap.example.com:636]");
    assertThat(ldap.labels())
        .containsEntry("host", "ldap")
        .containsEntry("team", "web")
        .containsEntry("env_name", "live")
        .containsEntry("job", "blackbox-tcp");
    assertThat(ldap.interval()).hasSeconds(10);
    assertThat(ldap.checks().getLast().timeout()).hasSeconds(4);
  }

  @Test
  void savedMonitorsOfVersion2AreReadToo() throws IOException {
    String file =
        write(
            "monitors.json",
            """
            {\t"7": {"id": 7, "name": "site \\ud83d\\udd34", "type": "http", "url": "https://example.com/",
            \t       "interval": 60, "active": true, "conditions": [], "notificationIDList": {}}}
            """);

    Ran ran = run("uptime-kuma", file);

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(loaded(ran.out()).targets()).extracting(it -> it.name().value()).contains("site");
  }

  @Test
  void hostileTextStaysText() throws IOException {
    String file =
        write(
            "kuma.json",
            """
            {"monitorList": [
              {"name": "a\\n- name: evil", "type": "keyword", "url": "https://example.com/\\ntargets: []",
               "keyword": "\\u202e${env:HOME}\\u0000", "interval": 60},
              {"name": "b", "type": "keyword", "url": "https://example.com/", "interval": 60,
               "keyword": "\\"}\\n# x: ${env:HOME} '", "tags": [{"name": "a: [b", "value": "c\\nd"}]},
              {"name": "b", "type": "docker\\u001b[31m"}]}
            """);

    Ran ran = run("uptime-kuma", file);

    Configuration configuration = loaded(ran.out());
    assertThat(configuration.targets()).extracting(it -> it.name().value()).contains("b");
    assertThat(configuration.targets().toString()).doesNotContain("evil: ");
    assertThat(ran.err().chars()).noneMatch(sign -> sign == 0x1b || sign == 0x202e);
  }

  @Test
  void whatIsNoneOfThemIsRefused() throws IOException {
    assertThat(run("gatus", write("a.yaml", "endpoints: [")).status()).isEqualTo(1);
    assertThat(run("gatus", write("b.yaml", "x: 1")).err())
        .contains("b.yaml:1:1: not carried over: there are no endpoints", "nothing is written");
    assertThat(run("uptime-kuma", write("c.json", "[]")).status()).isEqualTo(1);
    assertThat(run("blackbox", write("d.yml", "modules: {a: {prober: none}}")).status())
        .isEqualTo(1);
    assertThat(run("gatus").status()).isEqualTo(2);
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\n".repeat(1) + "endpoints: [{name: *b}]\n";
    assertThat(run("gatus", write("e.yaml", bomb)).status()).isEqualTo(1);
  }

  @Test
  void machinesGetAnObjectALine() throws IOException {
    Path out = folder.resolve("out.yaml");
    String from = published("gatus-alerting.yaml");

    Ran ran = run("gatus", from, "--json", "--out", out.toString());

    assertThat(ran.err().lines())
        .allSatisfy(line -> assertThat(new JsonObject(line).getInteger("line")).isPositive());
    JsonObject summary = new JsonObject(ran.out());
    assertThat(summary.getInteger("targets")).isEqualTo(1);
    assertThat(summary.getInteger("receivers")).isEqualTo(2);
    assertThat(summary.getJsonArray("secrets")).hasSize(2);
    assertThat(loaded(Files.readString(out)).routes()).hasSize(1);
  }

  @Test
  void whatThereIsNoCheckForIsWrittenAsWhatThereIs() throws IOException {
    String file =
        write(
            "blackbox.yml",
            """
            modules:
              mail:
                prober: tcp
                tcp: {query_response: [{expect: "^220"}, {send: "EHLO prober"}]}
            """);

    Ran ran = run("blackbox", file);

    String url = loaded(ran.out()).targets().getFirst().url().orElseThrow().toString();
    assertThat(url).isIn("smtp://example.com:25", "tcp://example.com:25");
    assertThat(ran.err().contains("tcp://example.com:25 is written instead"))
        .isEqualTo(url.startsWith("tcp"));
  }
}
