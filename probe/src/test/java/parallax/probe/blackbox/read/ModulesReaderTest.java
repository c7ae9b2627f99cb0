package parallax.probe.blackbox.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.problem.Problem;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.ProbeModule;
import parallax.probe.blackbox.module.StreamModule;

final class ModulesReaderTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/parallax/probe/blackbox").toAbsolutePath();

  static List<Path> broken() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("broken"))) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }

  /** Beside each file what is said of it; written with -Dparallax.expected.write=true. */
  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenFileIsRefusedWithTheLine(Path file) throws IOException {
    ModulesReader.Outcome outcome =
        ModulesReader.read(file.getFileName(), Files.readAllBytes(file));
    assertThat(outcome).isInstanceOf(ModulesReader.Outcome.Bad.class);
    List<String> said =
        ((ModulesReader.Outcome.Bad) outcome).problems().stream().map(Problem::toString).toList();
    Path expected = Path.of(file.toString().replaceAll("yml$", "expected"));
    if (Boolean.getBoolean("parallax.expected.write")) {
      Files.write(expected, said);
    }
    assertThat(said).isEqualTo(Files.readAllLines(expected));
  }

  @Test
  void thereAreAtLeastFiftyOfThem() throws IOException {
    assertThat(broken()).hasSizeGreaterThanOrEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"example.yml, 27", "blackbox.yml, 14"})
  void theExportersOwnExamplesLoad(String name, int modules) throws IOException {
    assertThat(good(Files.readAllBytes(FOLDER.resolve(name))).modules()).hasSize(modules);
  }

  @Test
  void theBuiltInModulesAreThere() {
    assertThat(Defaults.modules().modules())
        .containsOnlyKeys("http_2xx", "tcp_connect", "icmp", "dns");
  }

  @Test
  void whatIsLeftOutIsAsTheExporterHasIt() throws IOException {
    ProbeModule module = module(good("modules: {a: {prober: http}}").modules(), "a");
    HttpModule http = (HttpModule) module.kind();
    assertThat(module.timeout()).isEmpty();
    assertThat(http.method()).isEqualTo("GET");
    assertThat(http.ip().six()).isTrue();
    assertThat(http.ip().fallback()).isTrue();
    assertThat(http.client().followRedirects()).isTrue();
    assertThat(http.client().http2()).isTrue();
    assertThat(http.expect().statuses()).isEmpty();
  }

  @Test
  void anchorsAndMergeKeysAreThoseOfFilesInUse() throws IOException {
    Map<String, ProbeModule> modules =
        good("""
        modules:
          a: &base {prober: tcp, timeout: 1m30.5s, tcp: &tcp {tls: true}}
          b: {<<: *base, timeout: 2s}
          c: {prober: tcp, tcp: *tcp}
        """)
            .modules();
    assertThat(module(modules, "a").timeout()).contains(Duration.ofMillis(90_500));
    assertThat(module(modules, "b").timeout()).contains(Duration.ofSeconds(2));
    assertThat(((StreamModule) module(modules, "b").kind()).tls()).isTrue();
    assertThat(((StreamModule) module(modules, "c").kind()).tls()).isTrue();
  }

  @Test
  void bytesThatAreNoTextAreSentAsTheyAreAndWithoutAnEndOfLine() throws IOException {
    StreamModule module =
        (StreamModule)
            module(
                    good("""
                    modules:
                      a:
                        prober: tcp
                        tcp:
                          query_response:
                            - send: !!binary AAAACATSFi8=
                            - send: plain
                    """)
                        .modules(),
                    "a")
                .kind();
    assertThat(
            module.talk().turns().getFirst().send().reveal().getBytes(StandardCharsets.ISO_8859_1))
        .containsExactly(0, 0, 0, 8, 4, 0xD2, 0x16, 0x2F);
    assertThat(module.talk().turns().getFirst().bare()).isTrue();
    assertThat(module.talk().turns().getLast().bare()).isFalse();
  }

  @Test
  void noSecretIsShown() throws IOException {
    ModulesReader.Outcome.Good good =
        good(
            """
            modules:
              a:
                prober: http
                http:
                  headers: {X-Api-Key: hush-1, Cookie: hush-2, X-Plain: seen}
                  basic_auth: {username: seen-user, password: hush-3}
                  proxy_url: http://user:hush-4@127.0.0.1:3128
                  proxy_connect_header: {Proxy-Authorization: [hush-5]}
                  http_headers: {X-Other: {secrets: [hush-6], values: [seen-too]}}
              b:
                prober: http
                http: {authorization: {credentials: hush-7}}
              c:
                prober: http
                http: {oauth2: {client_id: i, client_secret: hush-8, token_url: "https://a/"}}
              d:
                prober: tcp
                tcp: {query_response: [{send: !!binary aHVzaC05}]}
            """);
    assertThat(good.shown()).doesNotContain("hush").contains("seen", "seen-user", "seen-too");
    assertThat(good.modules().toString()).doesNotContain("hush-3", "hush-7", "hush-8");
    for (ProbeModule module : good.modules().values()) {
      assertThat(module.shown()).doesNotContain("hush");
    }
  }

  @Test
  void aFileThatGrowsByAliasesIsRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 9; level++) {
      yaml.append(
          "a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n"
              .formatted(level, level - 1));
    }
    assertThat(ModulesReader.read(Path.of("x"), yaml.toString().getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ModulesReader.Outcome.Bad.class);
  }

  @ParameterizedTest
  @CsvSource({
    "5s, 5000",
    "1m30s, 90000",
    "1.5s, 1500",
    ".5s, 500",
    "0, 0",
    "1h, 3600000",
    "100ms, 100",
    "2us, 0"
  })
  void durationsAreThoseOfGo(String text, long millis) {
    assertThat(GoText.duration(text).map(Duration::toMillis)).contains(millis);
  }

  @ParameterizedTest
  @CsvSource({"5", "1d", "1w", "s", "5 s", "''", "1y", "--1s"})
  void otherDurationsAreRefused(String text) {
    assertThat(GoText.duration(text)).isEmpty();
  }

  private static ProbeModule module(Map<String, ProbeModule> modules, String name) {
    return Optional.ofNullable(modules.get(name)).orElseThrow();
  }

  private static ModulesReader.Outcome.Good good(String yaml) {
    return good(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static ModulesReader.Outcome.Good good(byte[] yaml) {
    ModulesReader.Outcome outcome = ModulesReader.read(Path.of("blackbox.yml"), yaml);
    assertThat(outcome).isInstanceOf(ModulesReader.Outcome.Good.class);
    return (ModulesReader.Outcome.Good) outcome;
  }
}
