package parallax.coordinator.configuration.git.address;

import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;
import parallax.config.secret.SecretSource;

/**
 * Where a configuration lies in git, written as {@code REMOTE[#[BRANCH][:FOLDER]][@COMMIT]}:
 *
 * <pre>
 * https://git.example.net/ops/monitoring.git
 * https://${env:GIT_USER}:${file:/run/secrets/git}@git.example.net/ops/monitoring.git#main
 * ssh://git@git.example.net:2222/ops/monitoring.git#main:parallax
 * git@git.example.net:ops/monitoring.git#:parallax
 * file:///srv/git/monitoring.git
 * /srv/git/monitoring.git#main:parallax@3f2a91c
 * </pre>
 *
 * @param remote as the library is told it, without a login of https
 * @param branch empty: the one that the remote's HEAD names
 * @param folder of the repository that holds the files, its parts parted by slashes; empty: all of
 *     it
 * @param commit empty: the newest; else at least its first 7 hexadecimal digits
 */
public record GitAddress(
    String remote,
    Optional<String> branch,
    String folder,
    Optional<String> commit,
    Optional<GitLogin> login) {
  private static final Pattern FOLDER =
      Pattern.compile("(?!.*(^|/)\\.{1,2}(/|$))[^/\\p{Cntrl}]+(/[^/\\p{Cntrl}]+)*");
  private static final int MAX_LENGTH = 2_048;

  public GitAddress {
    if (remote.isEmpty() || remote.length() > MAX_LENGTH || remote.startsWith("-")) {
      throw new IllegalArgumentException("not a remote");
    }
    branch.ifPresent(GitAddress::requireBranch);
    if (!folder.isEmpty() && !FOLDER.matcher(folder).matches()) {
      throw new IllegalArgumentException("not a folder in a repository: " + folder);
    }
  }

  private static void requireBranch(String name) {
    if (!Repository.isValidRefName("refs/heads/" + name)) {
      throw new IllegalArgumentException("not the name of a branch: " + name);
    }
  }

  /** What is asked for. */
  public String reference() {
    return branch.map(name -> "refs/heads/" + name).orElse("HEAD");
  }

  /** The same at its newest commit. */
  public GitAddress newest() {
    return new GitAddress(remote, branch, folder, Optional.empty(), login);
  }

  /** The login, if there is one, with the values that its references stand for. */
  public Optional<GitLogin.Resolved> resolve(SecretSource secrets) {
    return login.map(written -> written.resolve(secrets));
  }

  /** As written, without a login: safe to be shown and logged. */
  @Override
  public String toString() {
    String where =
        branch.isEmpty() && folder.isEmpty()
            ? ""
            : "#" + branch.orElse("") + (folder.isEmpty() ? "" : ":" + folder);
    return remote + where + commit.map(digits -> "@" + digits).orElse("");
  }
}
