package parallax.coordinator.configuration.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.coordinator.configuration.git.address.GitAddress;
import parallax.coordinator.configuration.git.address.GitAddressText;
import parallax.coordinator.configuration.git.address.GitAddressText.Parsed;

final class GitAddressTextTest {
  @TempDir Path folder;

  private static GitAddress git(String written) {
    Parsed parsed = GitAddressText.parse(written);
    assertThat(parsed).as(written).isInstanceOf(Parsed.Git.class);
    return ((Parsed.Git) parsed).address();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://h.example/o/r.git                       | https://h.example/o/r.git     | -    | -
          https://h.example:8443/r.git#main               | https://h.example:8443/r.git  | main | -
          https://h.example/r.git#main:a/b/               | https://h.example/r.git       | main | a/b
          https://h.example/r.git#:a                      | https://h.example/r.git       | -    | a
          https://u:${env:T}@h.example/r.git#f/x          | https://h.example/r.git       | f/x  | -
          https://${env:U}:${file:/run/s@x}@h.example/r   | https://h.example/r           | -    | -
          ssh://git@h.example:2222/o/r.git#m:a            | ssh://git@h.example:2222/o/r.git | m | a
          git@h.example:o/r.git#m                         | git@h.example:o/r.git         | m    | -
          file:///srv/r.git#m:a                           | file:///srv/r.git             | m    | a
          http://127.0.0.1:1234/r.git                     | http://127.0.0.1:1234/r.git   | -    | -
          """)
  void whatIsWrittenIsRead(String written, String remote, String branch, String inside) {
    GitAddress address = git(written);
    assertThat(address.remote()).isEqualTo(remote);
    assertThat(address.branch().orElse("-")).isEqualTo(branch);
    assertThat(address.folder()).isEqualTo(inside.equals("-") ? "" : inside);
    assertThat(address.toString()).doesNotContain("${").startsWith(remote);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://u:hunter2@h.example/r.git   | a password or a token stands in the URL itself
          https://hunter2@h.example/r.git     | a login needs a name and a password
          https://u:${oops:x}@h.example/r.git | is not ${env:NAME}
          ssh://u:hunter2@h.example/r.git     | ssh takes the keys of this machine
          http://h.example/r.git              | is neither secret nor sure
          git://h.example/r.git               | is neither secret nor sure
          ftp://h.example/r.git               | is not understood
          https://h.example                   | names no repository
          https://h.example/r.git#a..b        | not the name of a branch
          https://h.example/r.git#m:../x      | not a folder in a repository
          file://h.example/r.git              | with three slashes
          """)
  void whatCannotBeUsedIsSaidWithoutASecret(String written, String why) {
    assertThat(GitAddressText.parse(written))
        .isInstanceOfSatisfying(
            Parsed.Wrong.class,
            wrong -> assertThat(wrong.why()).contains(why).doesNotContain("hunter2"));
  }

  @Test
  void aPathIsGitWhenItLeadsToABareRepositoryOrNamesACommit() throws Exception {
    Path bare = folder.resolve("bare.git");
    new BareRepository(bare).close();
    assertThat(git(bare.toString()).remote()).isEqualTo("file://" + bare);
    assertThat(git(bare + "#main:a").folder()).isEqualTo("a");
    assertThat(git(bare + "@0123456").commit()).contains("0123456");
    Path clone = Files.createDirectories(folder.resolve("clone/ops"));
    new BareRepository(folder.resolve("clone/.git")).close();
    assertThat(GitAddressText.parse(clone.toString())).isEqualTo(new Parsed.Local(clone));
    GitAddress pinned = git(clone + "@0123456789");
    assertThat(pinned.remote()).isEqualTo("file://" + folder.resolve("clone/.git"));
    assertThat(pinned.folder()).isEqualTo("ops");
    assertThat(GitAddressText.parse(folder.resolve("none").toString()))
        .isInstanceOf(Parsed.Local.class);
  }
}
