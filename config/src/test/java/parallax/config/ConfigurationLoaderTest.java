package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.check.CheckKind;
import parallax.config.check.HttpSpec;
import parallax.config.check.ServerAddress;
import parallax.config.policy.Maintenance;
import parallax.config.policy.Provider;
import parallax.config.policy.Receiver;
import parallax.config.policy.SmtpServer;
import parallax.config.policy.Watchdog;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

class ConfigurationLoaderTest {
  @TempDir Path folder;

  static List<Path> examples() {
    return List.of(
        Fixtures.EXAMPLES.resolve("quickstart"),
        Fixtures.EXAMPLES.resolve("quickstart/parallax.yaml"),
        Fixtures.EXAMPLES.resolve("full.yaml"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesAreValid(Path example) {
    Loaded.Valid loaded = valid(ConfigurationLoader.load(example, SecretSource.unresolved()));
    assertThat(loaded.configuration().targets()).isNotEmpty();
  }

  @Test
  void missingSecretsOfAnExampleAreWarningsWhenLenient() {
    Path full = Fixtures.EXAMPLES.resolve("full.yaml");
    SecretSource lenient = new SecretSource.LenientSecrets(Fixtures.SECRETS);
    assertThat(valid(ConfigurationLoader.load(full, lenient)).warnings())
        .hasSize(27)
        .isSorted()
        .allSatisfy(warning -> assertThat(warning.message()).endsWith(" here"));
    assertThat(ConfigurationLoader.load(full, Fixtures.SECRETS)).isInstanceOf(Loaded.Invalid.class);
  }

  @Test
  void readsTheWholeLanguageOfTheDesign() {
    Path sample = Path.of("src/test/resources/parallax/config/good/interface.yaml");
    Loaded loaded =
        ConfigurationLoader.load(sample, new SecretSource.LenientSecrets(Fixtures.SECRETS));
    assertThat(valid(loaded).configuration().targets()).isNotEmpty();
  }

  @Test
  void readsTheServerOfMail() throws IOException {
    write(
        "a.yaml",
        """
        targets: [https://a.example.com/]
        receivers: [{name: desk, email: {to: oncall@example.com}}]
        """);
    write("b.yaml", "smtp: {host: mail.example.com, port: 465, from: p@example.com}");
    assertThat(valid(load(folder)).configuration().smtp())
        .hasValue(
            new SmtpServer(
                new ServerAddress("mail.example.com", 465),
                SmtpServer.Encryption.IMPLICIT,
                "p@example.com",
                Optional.empty(),
                Optional.empty()));
    write("b.yaml", "smtp: {host: localhost, tls: none, from: p@example.com}");
    assertThat(valid(load(folder)).configuration().smtp().map(SmtpServer::server))
        .hasValue(new ServerAddress("localhost", 25));
  }

  @Test
  void readsTheWatchdog() throws IOException {
    write(
        "a.yaml",
        """
        targets: [https://a.example.com/]
        watchdog: {url: "https://watch.example.com/${env:HOME}", every: 30s}
        """);
    assertThat(valid(load(folder)).configuration().watchdog())
        .hasValue(
            new Watchdog(
                Secret.of("https://watch.example.com/a-secret-value"), Duration.ofSeconds(30)));
    write(
        "a.yaml",
        """
        targets: [https://a.example.com/]
        watchdog: {url: https://watch.example.com/}
        """);
    assertThat(valid(load(folder)).configuration().watchdog())
        .hasValue(new Watchdog(Secret.of("https://watch.example.com/"), Duration.ofMinutes(1)));
    write("a.yaml", "targets: [https://a.example.com/]\n");
    assertThat(valid(load(folder)).configuration().watchdog()).isEmpty();
  }

  @Test
  void readsMaintenance() throws IOException {
    write(
        "a.yaml",
        """
        targets: [https://a.example.com/]
        maintenance:
          - {name: a, match: {team: web}, cron: "0 2 * * 2", duration: 2h, zone: Asia/Tokyo}
          - {name: b, cron: "30 22 1 jan *", duration: 7d}
        """);
    List<Maintenance> read = valid(load(folder)).configuration().maintenance();
    assertThat(read).extracting(Maintenance::name).containsExactly("a", "b");
    assertThat(read.getFirst().match()).containsExactly(Map.entry("team", "web"));
    assertThat(read.getFirst().covers(Instant.parse("2026-06-01T17:00:00Z"))).isTrue();
    Maintenance.Recurring last = (Maintenance.Recurring) read.getLast().times();
    assertThat(last.zone() + " " + last.duration()).isEqualTo("Z " + Maintenance.MAX_DURATION);
  }

  @Test
  void ownProvidersStandBeforeTheKnownAndTakeTheirNames() throws IOException {
    write(
        "a.yaml",
        """
        targets: [https://a.example.com/]
        providers:
          - {name: our-edge, match: {cname: "*.edge.example.net"}}
          - {name: our-cloud, kind: cloud, match: {asn: [64500]}}
          - {name: fastly, match: {cname: ["*.fastly.example.net"], asn: 54113}}
        """);
    List<Provider> read = valid(load(folder)).configuration().providers();
    assertThat(read.subList(0, 3))
        .containsExactly(
            new Provider("our-edge", Provider.Kind.CDN, List.of("*.edge.example.net"), List.of()),
            new Provider("our-cloud", Provider.Kind.CLOUD, List.of(), List.of(64500L)),
            new Provider(
                "fastly", Provider.Kind.CDN, List.of("*.fastly.example.net"), List.of(54113L)));
    assertThat(read).extracting(Provider::name).doesNotHaveDuplicates().contains("cloudflare");
  }

  @Test
  void mergesAllFilesOfAFolder() throws IOException {
    write("a.yaml", "version: 1\ntargets: [https://a.example.com/]\nroutes: [{to: hook}]");
    write("b.yml", "targets: [https://b.example.com/]\ndefaults: {interval: 5s}");
    write("sub/c.yaml", "receivers: [{name: hook, webhook: {url: https://hook.example.com/}}]");
    write("sub/notes.txt", "not: [yaml");
    write(".git/config.yaml", "not: [yaml");
    write(".hidden.yaml", "not: [yaml");
    Configuration configuration = valid(load(folder)).configuration();

    assertThat(configuration.targets())
        .extracting(target -> target.name().value())
        .containsExactly("https://a.example.com/", "https://b.example.com/");
    assertThat(configuration.targets())
        .allSatisfy(target -> assertThat(target.interval()).hasSeconds(5));
    assertThat(configuration.receiversFor(configuration.targets().getFirst()))
        .extracting(Receiver::name)
        .containsExactly("hook");
  }

  @Test
  void tellsProblemsOfAllFilesInOneRun() throws IOException {
    Path first = write("a.yaml", "targets: [{name: x, url: https://x.example.com/}]\nsmpt: 1");
    Path second = write("b.yaml", "targets:\n- {name: x, url: https://x.example.com/}\n- nonsense");
    Path third = write("c.yaml", "routes: [");
    assertThat(invalid(load(folder)))
        .extracting(problem -> problem.toString().replaceFirst(";.*", ""))
        .containsExactly(
            first + ":2:1: unknown key 'smpt', did you mean 'smtp'?",
            second + ":2:10: target 'x' is defined twice",
            second
                + ":3:3: 'url' is not a URL: a URL starts with its scheme, as in"
                + " https://example.com/",
            third
                + ":1:10: not YAML: while parsing a flow node, expected the node content, but"
                + " found '<stream end>'");
  }

  @Test
  void defaultsMayStandInOneFileOnly() throws IOException {
    Path first = write("a.yaml", "defaults: {interval: 5s}");
    Path second = write("b.yaml", "\ndefaults: {interval: 6s}\ntargets: [https://x.example.com/]");
    assertThat(invalid(load(folder)))
        .extracting(Problem::toString)
        .containsExactly(second + ":2:1: 'defaults' stands at " + first + ":1:1 already; keep one");
  }

  @Test
  void aFileThatIsNoYamlCausesNoDeadReferences() throws IOException {
    write("a.yaml", "routes: [{to: hook}]");
    Path bad = write("b.yaml", "receivers: {");
    assertThat(invalid(load(folder))).extracting(Problem::file).containsExactly(bad);
  }

  @Test
  void missingPathsAndEmptyFoldersAreProblems() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertThat(invalid(load(missing)))
        .extracting(Problem::toString)
        .containsExactly(missing + ":1:1: there is no such file or folder");
    assertThat(invalid(load(folder)))
        .extracting(Problem::toString)
        .containsExactly(folder + ":1:1: the folder holds no *.yaml or *.yml file");
  }

  @Test
  void unreadableFilesAreProblems() throws IOException {
    Path file = write("a.yaml", "targets: []");
    assertThat(file.toFile().setReadable(false)).isTrue();
    assumeFalse(Files.isReadable(file), "this user reads everything");
    assertThat(invalid(load(folder)).getFirst().message()).contains("can't be read");
  }

  @Test
  void noTargetsAtAllIsAWarning() throws IOException {
    write("a.yaml", "# nothing yet\n");
    Loaded.Valid loaded = valid(load(folder));
    assertThat(loaded.configuration().targets()).isEmpty();
    assertThat(loaded.warnings()).singleElement().asString().contains(":1:1: there are no targets");
  }

  @Test
  void receiversWithoutRoutesHearOfEverything() throws IOException {
    write(
        "a.yaml",
        "targets: [https://x.example.com/]\n"
            + "receivers: [{name: hook, webhook: {url: https://hook.example.com/}}]");
    Configuration configuration = valid(load(folder)).configuration();
    assertThat(configuration.receiversFor(configuration.targets().getFirst()))
        .isEqualTo(configuration.receivers());
  }

  @Test
  void revisionChangesWithNamesAndContents() throws IOException {
    Path file = write("a.yaml", "targets: [https://x.example.com/]");
    String first = valid(load(folder)).configuration().revision();
    assertThat(valid(load(folder)).configuration().revision())
        .isEqualTo(first)
        .matches("[0-9a-f]{16}");
    write("a.yaml", "targets: [https://y.example.com/]");
    String second = valid(load(folder)).configuration().revision();
    Files.move(file, folder.resolve("b.yaml"));
    String third = valid(load(folder)).configuration().revision();
    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
  }

  @Test
  void linksToFilesAreFollowedAndRingsOfFoldersAreNot() throws IOException {
    Path real = write(".store/real.yaml", "targets: [https://x.example.com/]");
    Files.createSymbolicLink(folder.resolve("linked.yaml"), real);
    Files.createSymbolicLink(folder.resolve("ring"), folder);
    assertThat(valid(load(folder)).configuration().targets()).hasSize(1);
  }

  @Test
  void filesAreBounded() throws IOException {
    write("big.yaml", "#".repeat(1024 * 1024 + 1));
    assertThat(invalid(load(folder)).getFirst().message()).contains("larger than 1 MiB");
    write("big.yaml", "targets: [" + "a,".repeat(300_000) + "]");
    assertThat(invalid(load(folder)).getFirst().message()).contains("more than 250000 values");
    Files.delete(folder.resolve("big.yaml"));
    for (int index = 0; index <= 1_000; index++) {
      write("f" + index + ".yaml", "");
    }
    assertThat(invalid(load(folder)).getFirst().message()).contains("more than 1000 files");
  }

  @Test
  void listsOfProblemsAreBounded() throws IOException {
    write("a.yaml", "targets:\n" + "- nonsense\n".repeat(5_000));
    List<Problem> problems = invalid(load(folder));
    assertThat(problems).hasSize(Problems.MAX_KEPT + 1);
    assertThat(problems.getLast().message()).isEqualTo("4000 more problems are not shown");
  }

  @Test
  void secretsComeFromFilesBesideTheConfiguration() throws IOException {
    write("token", "s3cret\n");
    write(
        "a.yaml",
        """
        targets:
          - name: x
            url: https://x.example.com/
            http:
              headers: {Authorization: "Bearer ${file:token}", X-Price: 5$, X-Literal: "$${x}"}
        """);
    Target target =
        valid(ConfigurationLoader.load(folder, SecretSource.ofMachine()))
            .configuration()
            .target(new TargetName("x"))
            .orElseThrow();
    HttpSpec http = (HttpSpec) target.check(CheckKind.HTTP).orElseThrow();
    assertThat(http.headers())
        .extracting(header -> header.value().reveal())
        .containsExactly("Bearer s3cret", "5$", "${x}");
    assertThat(target.toString()).doesNotContain("s3cret");
  }

  @Test
  void secretsOfTheDefaultsAreAskedForOnce() throws IOException {
    write("a.yaml", "defaults: {http: {headers: {Authorization: '${env:TOKEN}'}}}");
    write(
        "b.yaml",
        "targets: [{url: https://x.example.com/, http: {redirects: 0}}, {url:"
            + " https://y.example.com/, http: {redirects: 1}}]");
    List<String> asked = new ArrayList<>();
    SecretSource counting =
        new SecretSource() {
          @Override
          public Answer variable(String name) {
            asked.add(name);
            return new Answer.Known(Secret.of("value"));
          }

          @Override
          public Answer file(Path path) {
            return new Answer.Missing("no files here");
          }
        };
    valid(ConfigurationLoader.load(folder, counting));
    assertThat(asked).containsExactly("TOKEN");
  }

  @Test
  void valuesOfSecretsNeverShowInProblems() throws IOException {
    write("break", "s3cret\nvalue");
    write(
        "a.yaml",
        """
        targets:
          - {name: x, url: https://x.example.com/, http: {headers: {X-A: "${file:break}"}}}
        receivers:
          - {name: hook, webhook: {url: "${file:break}"}}
        routes: [{to: hook}]
        """);
    assertThat(invalid(ConfigurationLoader.load(folder, SecretSource.ofMachine())))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("s3cret"));
  }

  @Test
  void foldersMayBeLinksAndRelative() throws IOException {
    write("real/a.yaml", "targets: [nonsense]");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    assertThat(invalid(load(link)).getFirst().file()).isEqualTo(link.resolve("a.yaml"));
    Path relative = Path.of("src/test/../test/resources/parallax/config/good/.");
    assertThat(invalid(load(relative)).getFirst().file())
        .isEqualTo(relative.resolve("interface.yaml"));
    assertThat(invalid(load(Path.of("."))).getFirst().file().toString()).doesNotStartWith("/");
  }

  @Test
  void secretFilesAreBounded() throws IOException {
    write("big", "x".repeat(64 * 1024 + 1));
    write("a.yaml", "targets: [{url: https://x.example.com/, http: {body: '${file:big}'}}]");
    assertThat(
            invalid(ConfigurationLoader.load(folder, SecretSource.ofMachine()))
                .getFirst()
                .message())
        .contains("larger than 64 KiB");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Loaded load(Path path) {
    return ConfigurationLoader.load(path, Fixtures.SECRETS);
  }

  private static Loaded.Valid valid(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return (Loaded.Valid) loaded;
  }

  private static List<Problem> invalid(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
    return ((Loaded.Invalid) loaded).problems();
  }
}
