package parallax.coordinator.configuration.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.problem.Problem;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.git.address.GitAddressText;
import parallax.coordinator.configuration.git.remote.GitFailure;
import parallax.coordinator.configuration.git.remote.GitFailure.Kind;
import parallax.coordinator.configuration.git.remote.GitLimits;

final class GitSourceTest {
  private static final GitLimits LIMITS =
      new GitLimits(Duration.ofSeconds(20), Duration.ofSeconds(5), 4L * 1024 * 1024, 10_000);
  private static final int FLIPS = 200;

  @TempDir Path folder;

  private BareRepository remote;

  @BeforeEach
  void begin() {
    remote = new BareRepository(folder.resolve("remote.git"));
  }

  @AfterEach
  void end() {
    remote.close();
  }

  private GitSource.Settings settings(String written, GitLimits limits) {
    SecretSource secrets =
        new SecretSource() {
          @Override
          public Answer variable(String name) {
            return name.equals("TOKEN")
                ? new Answer.Known(Secret.of("s3cret"))
                : new Answer.Missing("environment variable " + name + " is not set");
          }

          @Override
          public Answer file(Path path) {
            return new Answer.Missing("there is no file " + path);
          }
        };
    return new GitSource.Settings(
        ((GitAddressText.Parsed.Git) GitAddressText.parse(written)).address(),
        folder.resolve("data"),
        limits,
        secrets,
        Optional.empty(),
        folder);
  }

  private GitSource source(String fragment) throws IOException {
    return GitSource.open(settings("file://" + remote.folder() + fragment, LIMITS));
  }

  private Fetched fetch(String fragment) throws IOException, InterruptedException {
    try (GitSource source = source(fragment)) {
      return source.fetch();
    }
  }

  private static String text(Fetched.Files files, String path) {
    return StandardCharsets.UTF_8
        .decode(Objects.requireNonNull(files.files().get(path)).duplicate())
        .toString();
  }

  private static GitFailure failure(Fetched fetched) {
    assertThat(fetched).isInstanceOf(Fetched.Failed.class);
    return ((Fetched.Failed) fetched).failure();
  }

  private static List<String> problems(Fetched fetched) {
    assertThat(fetched).isInstanceOf(Fetched.Unfit.class);
    return ((Fetched.Unfit) fetched).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void theFilesOfTheNewestCommitAreReadWithoutAWorkingTree() throws Exception {
    remote
        .file("targets.yaml", "one")
        .file("web/shop.yml", "two")
        .file("README.md", "three")
        .file(".hidden.yaml", "four")
        .file(".github/x.yaml", "five");
    String commit = remote.commit("Watch the shop");
    Fetched.Files files = (Fetched.Files) fetch("");
    assertThat(files.files().keySet()).containsExactly("targets.yaml", "web/shop.yml");
    assertThat(text(files, "web/shop.yml")).isEqualTo("two");
    assertThat(files.revision().commit()).isEqualTo(commit);
    assertThat(files.revision().author()).isEqualTo("Alice");
    assertThat(files.revision().subject()).isEqualTo("Watch the shop");
    try (Stream<Path> kept = Files.walk(folder.resolve("data"))) {
      assertThat(kept.map(Path::toString)).noneMatch(path -> path.endsWith(".yaml"));
    }
  }

  @Test
  void aBranchAFolderAndACommitCanBeNamed() throws Exception {
    String first = remote.file("ops/a.yaml", "one").commit("one");
    remote.branch("stage", first);
    remote.file("ops/a.yaml", "two").file("b.yaml", "x").commit("two");
    assertThat(text((Fetched.Files) fetch("#stage:ops"), "a.yaml")).isEqualTo("one");
    assertThat(text((Fetched.Files) fetch("#:ops/"), "a.yaml")).isEqualTo("two");
    assertThat(text((Fetched.Files) fetch("#:ops@" + first.substring(0, 9)), "a.yaml"))
        .isEqualTo("one");
    assertThat(failure(fetch("@0123456")).kind()).isEqualTo(Kind.NO_SUCH_COMMIT);
  }

  @Test
  void whatIsNoPlainFileIsAProblemWithItsPath() throws Exception {
    remote.file("ops/a.yaml", "one").link("ops/b.yaml", "/etc/passwd").submodule("ops/lib");
    remote.commit("links");
    assertThat(problems(fetch("#:ops")))
        .containsExactly(
            "ops/b.yaml:1:1: it is a link; links are not followed, write the file itself",
            "ops/lib:1:1: it is a submodule; submodules are not fetched, write the files");
    assertThat(problems(fetch("#:ops/b.yaml")))
        .containsExactly("ops/b.yaml:1:1: there is no such folder in this commit");
    assertThat(problems(fetch("#:nothing")))
        .containsExactly("nothing:1:1: there is no such folder in this commit");
  }

  @Test
  void tooLargeTooManyAndTooDeepAreRefused() throws Exception {
    remote.file("big.yaml", "#".repeat(10 * 1024 * 1024)).commit("big");
    assertThat(problems(fetch("")))
        .containsExactly("big.yaml:1:1: the file has 10240 KiB; at most 1024 KiB are read");
    remote.without("big.yaml");
    for (int number = 0; number < 2_000; number++) {
      remote.file("f" + number + ".yaml", "x");
    }
    remote.commit("many");
    assertThat(problems(fetch(""))).containsExactly(".:1:1: the folder holds more than 1000 files");
    for (int number = 0; number < 2_000; number++) {
      remote.without("f" + number + ".yaml");
    }
    remote.file("a/".repeat(17) + "deep.yaml", "x").commit("deep");
    assertThat(problems(fetch("")).getFirst()).contains("folders lie deeper than 16 levels");
  }

  @Test
  void aPackOverTheLimitEndsTheFetch() throws Exception {
    byte[] noise = new byte[6 * 1024 * 1024];
    new Random(1).nextBytes(noise);
    remote.file("a.yaml", "x").file("noise", new String(noise, StandardCharsets.ISO_8859_1));
    remote.commit("noise");
    GitFailure failure = failure(fetch(""));
    assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(failure.message()).contains("more than 4096 KiB").contains("repository of its own");
    GitLimits few = new GitLimits(LIMITS.time(), LIMITS.silence(), LIMITS.bytes() * 10, 2);
    try (GitSource source = GitSource.open(settings("file://" + remote.folder(), few))) {
      assertThat(failure(source.fetch()).message()).contains("objects are to be fetched");
    }
  }

  @Test
  void aBranchThatVanishesAndARepositoryThatIsNotThereAreNamed() throws Exception {
    remote.file("a.yaml", "x").commit("one");
    remote.branch("stage", remote.commit("two"));
    try (GitSource source = source("#stage")) {
      assertThat(source.fetch()).isInstanceOf(Fetched.Files.class);
      remote.removeBranch("stage");
      GitFailure failure = failure(source.fetch());
      assertThat(failure.kind()).isEqualTo(Kind.NO_SUCH_BRANCH);
      assertThat(failure.message()).contains("has no branch called stage");
    }
    String nowhere = "file://" + folder.resolve("nowhere.git");
    try (GitSource source = GitSource.open(settings(nowhere, LIMITS))) {
      assertThat(failure(source.fetch()).kind()).isEqualTo(Kind.REFUSED);
    }
  }

  @Test
  void aRemoteThatIsNotThereOrSaysNothingIsToldInTime() throws Exception {
    GitLimits hasty = new GitLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), 1000, 10);
    int port;
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = silent.getLocalPort();
      for (String scheme : List.of("http", "git")) {
        String url = scheme + "://127.0.0.1:" + port + "/x.git";
        try (GitSource source = GitSource.open(settings(url, hasty))) {
          assertThat(failure(source.fetch()).kind()).as(scheme).isEqualTo(Kind.TIMEOUT);
        }
      }
    }
    for (String scheme : List.of("http", "git", "https")) {
      String url = scheme + "://127.0.0.1:" + port + "/x.git";
      try (GitSource source = GitSource.open(settings(url, hasty))) {
        GitFailure failure = failure(source.fetch());
        assertThat(failure.kind()).as(failure.message()).isEqualTo(Kind.UNREACHABLE);
      }
    }
  }

  @Test
  void aLoginIsSentAndNeverShown() throws Exception {
    assumeTrue(GitHttp.isAtHand(), "git http-backend");
    remote.file("a.yaml", "x").commit("one");
    try (GitHttp http = new GitHttp(folder, "alice:s3cret")) {
      try (GitSource source =
          GitSource.open(settings(http.url("alice:${env:TOKEN}", "remote.git"), LIMITS))) {
        assertThat(source.fetch()).isInstanceOf(Fetched.Files.class);
        remote.file("a.yaml", "y").commit("two");
        assertThat(text((Fetched.Files) source.fetch(), "a.yaml")).isEqualTo("y");
        assertThat(source.address().toString()).doesNotContain("alice").doesNotContain("s3cret");
      }
      try (GitSource source = GitSource.open(settings(http.url("", "remote.git"), LIMITS))) {
        assertThat(failure(source.fetch()).kind()).isEqualTo(Kind.REFUSED);
      }
      String unset = http.url("alice:${env:OTHER}", "remote.git");
      try (GitSource source = GitSource.open(settings(unset, LIMITS))) {
        assertThat(failure(source.fetch()).message())
            .contains("environment variable OTHER is not set");
      }
      String nowhere = http.url("alice:${env:TOKEN}", "nowhere.git");
      try (GitSource source = GitSource.open(settings(nowhere, LIMITS))) {
        assertThat(failure(source.fetch()).kind()).isEqualTo(Kind.REFUSED);
      }
    }
  }

  @Test
  void bitsThatFlipOnTheWayNeverBecomeAConfiguration() throws Exception {
    assumeTrue(GitHttp.isAtHand(), "git http-backend");
    remote.file("a.yaml", "x".repeat(500)).file("web/b.yaml", "y: " + "z".repeat(300));
    remote.commit("one");
    TreeMap<Kind, Integer> kept = new TreeMap<>();
    int harmless = 0;
    try (GitHttp http = new GitHttp(folder, "")) {
      for (int seed = 0; seed < FLIPS; seed++) {
        Random random = new Random(seed);
        http.damage.set(body -> flipped(body, random));
        GitSource.Settings settings = settings(http.url("", "remote.git"), LIMITS);
        Path own = folder.resolve("data" + seed);
        try (GitSource source = GitSource.open(in(settings, own))) {
          switch (source.fetch()) {
            case Fetched.Failed(GitFailure failure) -> kept.merge(failure.kind(), 1, Integer::sum);
            case Fetched.Files files -> {
              harmless++;
              assertThat(text(files, "a.yaml")).as("seed %s", seed).isEqualTo("x".repeat(500));
            }
            case Fetched.Unfit unfit -> throw new AssertionError("seed " + seed + ": " + unfit);
          }
        }
      }
    }
    System.out.println("bit flips on the way: kept out " + kept + ", harmless " + harmless);
    assertThat(kept).containsKey(Kind.CORRUPT);
  }

  private static GitSource.Settings in(GitSource.Settings settings, Path data) {
    return new GitSource.Settings(
        settings.address(),
        data,
        new GitLimits(Duration.ofSeconds(5), Duration.ofSeconds(2), LIMITS.bytes(), 10_000),
        settings.secrets(),
        settings.signers(),
        settings.home());
  }

  private static byte[] flipped(byte[] body, Random random) {
    byte[] damaged = body.clone();
    if (damaged.length > 0) {
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  @Test
  void bitsThatFlipInTheMirrorAreNoticedAndMended() throws Exception {
    remote.file("a.yaml", "x".repeat(500)).file("web/b.yaml", "y: " + "z".repeat(300));
    String commit = remote.commit("one");
    int mended = 0;
    for (int seed = 0; seed < FLIPS; seed++) {
      Random random = new Random(seed);
      try (GitSource source = source("")) {
        assertThat(source.fetch()).as("seed %s", seed).isInstanceOf(Fetched.Files.class);
        source.keep(commit);
      }
      flip(random);
      try (GitSource source = source("")) {
        Optional<Fetched> before = source.lastGood();
        boolean sound = before.isPresent() && before.get() instanceof Fetched.Files;
        if (sound) {
          assertThat(text((Fetched.Files) before.get(), "a.yaml")).isEqualTo("x".repeat(500));
        } else {
          mended++;
        }
        Fetched.Files files = (Fetched.Files) source.fetch();
        assertThat(text(files, "a.yaml")).as("seed %s", seed).isEqualTo("x".repeat(500));
      }
    }
    System.out.println("bit flips in the mirror: noticed and mended " + mended + " of " + FLIPS);
    assertThat(mended).isPositive();
  }

  private void flip(Random random) throws IOException {
    List<Path> packs;
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      packs = all.filter(file -> file.toString().matches(".*\\.(pack|idx)")).sorted().toList();
    }
    Path file = packs.get(random.nextInt(packs.size()));
    byte[] damaged = flipped(Files.readAllBytes(file), random);
    Files.delete(file);
    Files.write(file, damaged);
  }

  @Test
  void whatFollowsWhatIsToldByHistory() throws Exception {
    String first = remote.file("a.yaml", "x").commit("one");
    String second = remote.file("a.yaml", "y").commit("two");
    try (GitSource source = source("")) {
      source.fetch();
      assertThat(source.follows(second, first)).isTrue();
      assertThat(source.follows(first, second)).isFalse();
      String other = remote.file("a.yaml", "z").forcePush("three");
      source.fetch();
      assertThat(source.follows(other, second)).isFalse();
      assertThat(source.lastGood()).isEmpty();
      source.keep(second);
      assertThat(text((Fetched.Files) source.lastGood().orElseThrow(), "a.yaml")).isEqualTo("y");
    }
  }

  @Test
  void manyFetchesDoNotWearTheMirrorOut() throws Exception {
    try (GitSource source = source("")) {
      for (int round = 0; round < 60; round++) {
        remote.file("a.yaml", "x" + round).commit("round " + round);
        assertThat(source.fetch()).isInstanceOf(Fetched.Files.class);
      }
    }
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      assertThat(all.filter(file -> file.toString().endsWith(".pack"))).hasSizeLessThan(52);
    }
  }
}
