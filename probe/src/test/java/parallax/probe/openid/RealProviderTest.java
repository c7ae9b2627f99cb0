package parallax.probe.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.PartsSeen;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.TestAuthority;
import parallax.probe.fixture.Written;

/**
 * A provider that others wrote, up and broken: oidc-provider for Node, where npm keeps what is
 * installed for all, or in the folder that {@code -Dparallax.node.modules} names.
 */
class RealProviderTest {
  @TempDir Path folder;

  private LoopbackProbe probe;
  private Optional<Process> node = Optional.empty();

  @BeforeEach
  void start() {
    probe = LoopbackProbe.ofOperator(Map.of());
  }

  @AfterEach
  void stop() {
    node.ifPresent(Process::destroyForcibly);
    probe.close();
  }

  private static Optional<Path> modules() throws IOException, InterruptedException {
    String named = System.getProperty("parallax.node.modules", "");
    String root = named.isEmpty() ? globalModules() : named;
    return Optional.of(Path.of(root))
        .filter(all -> !root.isEmpty() && Files.isDirectory(all.resolve("oidc-provider")));
  }

  private static String globalModules() throws IOException, InterruptedException {
    try {
      Process npm =
          new ProcessBuilder("npm", "root", "-g")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String line = firstLine(npm);
      assertThat(npm.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return line;
    } catch (IOException notInstalled) {
      return "";
    }
  }

  private static String firstLine(Process process) {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return Optional.ofNullable(out.readLine()).orElse("").strip();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private CheckResult look(String how, String path) throws Exception {
    Optional<Path> modules = modules();
    assumeTrue(modules.isPresent(), "oidc-provider for Node is not installed");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/CN=Test root");
    authority.server("root", "provider", "IP:127.0.0.1");
    var script = Objects.requireNonNull(RealProviderTest.class.getResource("provider.mjs"));
    Process started =
        new ProcessBuilder(
                "node",
                Path.of(script.toURI()).toString(),
                modules.orElseThrow().toAbsolutePath().toString(),
                authority.file("provider.key").toString(),
                authority.file("provider.pem").toString(),
                how)
            .redirectError(folder.resolve("node.log").toFile())
            .start();
    node = Optional.of(started);
    String place = firstLine(started);
    assertThat(place).as(Files.readString(folder.resolve("node.log"))).startsWith("https://");
    return probe.run(
        Written.check(
            "targets:\n  - {name: id, url: \""
                + place.replace("https://", "openid://")
                + path
                + "\", tls: {ca: \""
                + authority.file("root.pem")
                + "\"}}\n"));
  }

  @Test
  void isUpWithItsKeys() throws Exception {
    CheckResult result = look("up", "");
    assertThat(result.outcome()).isEqualTo(new Outcome.Up());
    assertThat(result.facts().parts().orElseThrow().parts())
        .extracting(PartsSeen.Part::name, part -> part.status().orElse(0))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("metadata", 200),
            org.assertj.core.groups.Tuple.tuple("keys", 200));
    assertThat(result.facts().tlsVersion()).contains("TLSv1.3");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, '',  OPENID_ISSUER_MISMATCH, metadata: https://127.0.0.1:",
    "up,     /,   OPENID_ISSUER_MISMATCH, metadata: https://127.0.0.1:",
    "up,     /x,  HTTP_STATUS,            metadata: 404",
    "keys,   '',  OPENID_KEYS_UNUSABLE,   keys: of 1 keys none: not a public key",
    "away,   '',  HTTP_STATUS,            keys: 503",
  })
  void isDownWhenBroken(String how, String path, Reason reason, String detail) throws Exception {
    CheckResult result = look(how, path);
    assertThat(result.outcome()).isInstanceOf(Outcome.Down.class);
    Finding why = result.outcome().why().orElseThrow();
    assertThat(why.reason()).isEqualTo(reason);
    assertThat(why.detail()).startsWith(detail);
    assertThat(List.of("metadata", "keys")).contains(why.detail().split(":", 2)[0]);
  }
}
