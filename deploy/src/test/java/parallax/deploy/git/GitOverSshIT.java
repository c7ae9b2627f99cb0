package parallax.deploy.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.git.Fetched;
import parallax.coordinator.configuration.git.GitSource;
import parallax.coordinator.configuration.git.address.GitAddressText;
import parallax.coordinator.configuration.git.remote.GitFailure;
import parallax.coordinator.configuration.git.remote.GitFailure.Kind;
import parallax.coordinator.configuration.git.remote.GitLimits;

/** Configuration from a repository behind a real OpenSSH server, by keys of every kind. */
@Timeout(120)
final class GitOverSshIT {
  private static final Duration WHOLE = Duration.ofSeconds(15);
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** What a fetch that is given up may take beyond its time, on a busy machine. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  @TempDir Path folder;
  private Path home;
  private Path ssh;
  private SshServer server;
  private Upstream upstream;

  @BeforeEach
  void begin() throws IOException {
    home = folder.resolve("home");
    ssh = Files.createDirectories(home.resolve(".ssh"));
    server = SshServer.start(folder.resolve("sshd"));
    upstream = new Upstream(folder);
    upstream.push("a.yaml", "one");
    Files.writeString(ssh.resolve("known_hosts"), server.known("ed25519"));
  }

  @AfterEach
  void end() {
    server.close();
  }

  private Path key(String name, String type, String passphrase) {
    return SshServer.key(ssh.resolve(name), type, passphrase);
  }

  private Fetched fetch(String address) throws IOException, InterruptedException {
    GitSource.Settings settings =
        new GitSource.Settings(
            ((GitAddressText.Parsed.Git) GitAddressText.parse(address)).address(),
            folder.resolve("data"),
            new GitLimits(WHOLE, SILENCE, 4L * 1024 * 1024, 10_000),
            SecretSource.ofMachine(),
            Optional.empty(),
            home);
    try (GitSource source = GitSource.open(settings)) {
      return source.fetch();
    }
  }

  private Fetched fetch() throws IOException, InterruptedException {
    return fetch(server.url(upstream.bare()) + "#main");
  }

  private static String text(Fetched fetched, String path) {
    assertThat(fetched).isInstanceOf(Fetched.Files.class);
    return StandardCharsets.UTF_8
        .decode(Objects.requireNonNull(((Fetched.Files) fetched).files().get(path)).duplicate())
        .toString();
  }

  private static GitFailure failure(Fetched fetched) {
    assertThat(fetched).isInstanceOf(Fetched.Failed.class);
    GitFailure failure = ((Fetched.Failed) fetched).failure();
    System.out.println(failure.kind() + ": " + failure.message());
    assertThat(failure.message()).doesNotContain("\n");
    return failure;
  }

  @ParameterizedTest
  @CsvSource({"ed25519,id_ed25519,ed25519", "rsa,id_rsa,rsa", "ecdsa,id_ecdsa,ed25519"})
  void theNewestCommitIsFetchedByAKeyOfThisMachine(String type, String name, String host)
      throws Exception {
    Files.writeString(ssh.resolve("known_hosts"), server.known(host));
    server.allow(key(name, type, ""), SshServer.GIT);
    assertThat(text(fetch(), "a.yaml")).isEqualTo("one");
    String commit = upstream.push("b.yaml", "two");
    Fetched next = fetch();
    assertThat(text(next, "b.yaml")).isEqualTo("two");
    assertThat(((Fetched.Files) next).revision().commit()).isEqualTo(commit);
  }

  @Test
  void hostAndKeyMayStandInTheMachinesConfigurationOfSsh() throws Exception {
    Path key = SshServer.key(folder.resolve("deploy-key"), "ed25519", "");
    server.allow(key, SshServer.GIT);
    Files.writeString(
        ssh.resolve("config"),
        """
        Host monitoring
          HostName 127.0.0.1
          Port %d
          IdentityFile %s
        """
            .formatted(server.port(), key));
    Fetched fetched = fetch(server.user() + "@monitoring:" + upstream.bare() + "#main");
    assertThat(text(fetched, "a.yaml")).isEqualTo("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host *\n  StrictHostKeyChecking no\n"})
  void aServerThatNobodyVerifiedIsRefusedAndNotRemembered(String careless) throws Exception {
    server.allow(key("id_ed25519", "ed25519", ""), SshServer.GIT);
    Files.writeString(ssh.resolve("config"), careless);
    Files.delete(ssh.resolve("known_hosts"));
    GitFailure failure = failure(fetch());
    assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_HOST_KEY);
    assertThat(failure.message())
        .contains("127.0.0.1", "known_hosts does not hold", "SHA256:", "verified");
    assertThat(ssh.resolve("known_hosts")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host *\n  StrictHostKeyChecking no\n"})
  void aServerWhoseKeyIsAnotherOneThanItWasIsRefused(String careless) throws Exception {
    server.allow(key("id_ed25519", "ed25519", ""), SshServer.GIT);
    Files.writeString(ssh.resolve("config"), careless);
    assertThat(text(fetch(), "a.yaml")).isEqualTo("one");
    String known = Files.readString(ssh.resolve("known_hosts"));
    server.stop();
    server.newHostKeys();
    server.start();
    GitFailure failure = failure(fetch());
    assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_HOST_KEY);
    assertThat(failure.message()).contains("another key than known_hosts holds", "SHA256:");
    assertThat(ssh.resolve("known_hosts")).hasContent(known);
  }

  @Test
  void whoMayNotReadIsToldSo() throws Exception {
    server.allow(SshServer.key(folder.resolve("other"), "ed25519", ""), SshServer.GIT);
    GitFailure without = failure(fetch());
    assertThat(without.kind()).isEqualTo(Kind.REFUSED);
    key("id_ed25519", "ed25519", "");
    GitFailure wrong = failure(fetch());
    assertThat(wrong.kind()).isEqualTo(Kind.REFUSED);
    assertThat(wrong.message()).contains("does not let us read it", "id_ed25519");
  }

  @Test
  void aKeyUnderAPassphraseIsNamedAndDoesNotHideAnother() throws Exception {
    Path locked = key("id_ed25519", "ed25519", "correct horse");
    server.allow(locked, SshServer.GIT);
    GitFailure failure = failure(fetch());
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.message()).contains("id_ed25519", "passphrase");
    server.allow(key("id_ecdsa", "ecdsa", ""), SshServer.GIT);
    assertThat(text(fetch(), "a.yaml")).isEqualTo("one");
  }

  @Test
  void aRepositoryThatIsNotThereIsToldSo() throws Exception {
    server.allow(key("id_ed25519", "ed25519", ""), SshServer.GIT);
    GitFailure failure = failure(fetch(server.url(folder.resolve("nothing.git"))));
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    GitFailure branch = failure(fetch(server.url(upstream.bare()) + "#stage"));
    assertThat(branch.kind()).isEqualTo(Kind.NO_SUCH_BRANCH);
  }

  @Test
  void aServerThatIsNotThereIsToldSo() throws Exception {
    server.stop();
    assertThat(failure(fetch()).kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void aServerThatNeverSpeaksIsGivenUp() throws Exception {
    server.stop();
    try (ServerSocket _ = new ServerSocket(server.port(), 50, InetAddress.ofLiteral("127.0.0.1"))) {
      givenUp(Kind.TIMEOUT);
    }
    await()
        .atMost(SLACK)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("SshClient") || name.contains("git-fetch")));
  }

  @Test
  void aServerThatFallsSilentAfterTheLoginIsGivenUp() throws Exception {
    server.allow(key("id_ed25519", "ed25519", ""), "sleep 600");
    givenUp(Kind.TIMEOUT);
  }

  @Test
  void aServerThatSendsAnythingForeverIsGivenUp() throws Exception {
    server.allow(key("id_ed25519", "ed25519", ""), "cat /dev/zero");
    givenUp(Kind.CORRUPT);
    server.allow(ssh.resolve("id_ed25519"), "cat /dev/zero >&2");
    givenUp(Kind.TIMEOUT);
  }

  private void givenUp(Kind kind) throws Exception {
    long begun = System.nanoTime();
    GitFailure failure = failure(fetch());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.println("given up after " + took.toMillis() + " ms");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(took).isLessThan(WHOLE.plus(SLACK));
  }
}
