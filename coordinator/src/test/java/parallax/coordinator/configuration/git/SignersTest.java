package parallax.coordinator.configuration.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.configuration.git.address.GitAddressText;
import parallax.coordinator.configuration.git.remote.GitFailure.Kind;

/** Against commits that git and ssh-keygen signed. */
final class SignersTest {
  @TempDir Path folder;

  private String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said.strip();
  }

  private void commit(String content, String... options) throws Exception {
    Files.writeString(folder.resolve("work/a.yaml"), content);
    run("git", "-C", "work", "add", "a.yaml");
    List<String> identity =
        List.of("git", "-C", "work", "-c", "user.name=a", "-c", "user.email=a@example.net");
    String[] command =
        Stream.of(identity.stream(), Stream.of(options), Stream.of("commit", "-qm", content))
            .flatMap(words -> words)
            .toArray(String[]::new);
    run(command);
  }

  private Fetched fetch(Path signers) throws Exception {
    String written = "file://" + folder.resolve("work/.git") + "#main";
    GitSource.Settings settings =
        GitSource.Settings.usual(
                ((GitAddressText.Parsed.Git) GitAddressText.parse(written)).address(),
                folder.resolve("data"))
            .signedBy(signers);
    try (GitSource source = GitSource.open(settings)) {
      return source.fetch();
    }
  }

  @Test
  void commitsCountWhenAnAllowedKeySignedThem() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "ssh-keygen");
    run("git", "init", "-q", "-b", "main", "work");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "good");
    run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", "other");
    String key = Files.readString(folder.resolve("good.pub")).strip();
    Path signers =
        Files.writeString(
            folder.resolve("signers"), "a@example.net namespaces=\"git\" " + key + "\n");

    commit("unsigned");
    assertThat(refusal(fetch(signers))).contains("it is not signed");
    commit("other", signedBy("other"));
    assertThat(refusal(fetch(signers))).contains("nobody who may sign");
    commit("good", signedBy("good"));
    assertThat(fetch(signers)).isInstanceOf(Fetched.Files.class);
    assertThat(refusal(fetch(folder.resolve("none")))).contains("cannot be read");
  }

  private String[] signedBy(String key) {
    return new String[] {
      "-c",
      "gpg.format=ssh",
      "-c",
      "user.signingkey=" + folder.resolve(key + ".pub"),
      "-c",
      "commit.gpgsign=true"
    };
  }

  private static String refusal(Fetched fetched) {
    assertThat(fetched).isInstanceOf(Fetched.Failed.class);
    assertThat(((Fetched.Failed) fetched).failure().kind()).isEqualTo(Kind.NOT_SIGNED);
    return ((Fetched.Failed) fetched).failure().message();
  }
}
