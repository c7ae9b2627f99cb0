package parallax.coordinator.configuration.git.remote;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A login by the keys and the known hosts of one user, and what stood in its way, which the library
 * keeps to itself. Keys under a passphrase are passed over, for nobody is there to type it.
 */
final class SshLogin {
  /** No more than so many keys are told. */
  private static final int MAX_LOCKED = 4;

  private final Path home;
  private final Path ssh;
  private final KnownHosts hosts;
  private final List<String> locked = new CopyOnWriteArrayList<>();

  /**
   * A login that is yet to be tried.
   *
   * @param home the folder that {@code .ssh} lies in
   */
  SshLogin(Path home) {
    this.home = home;
    ssh = home.resolve(".ssh");
    hosts = new KnownHosts(List.of(ssh.resolve("known_hosts")));
  }

  SshSessionFactory sessions() {
    return new SshdSessionFactoryBuilder()
        .setHomeDirectory(home.toFile())
        .setSshDirectory(ssh.toFile())
        .setPreferredAuthentications("publickey")
        .setServerKeyDatabase((_, _) -> hosts)
        .setKeyPasswordProvider(_ -> new NoPassphrases())
        .setConnectorFactory(null)
        .build(null);
  }

  /** What there is against the server's key, if it was refused. */
  Optional<String> mistrust() {
    return hosts.refused();
  }

  /** Why a key of this machine was not shown, if there is such a key. */
  Optional<String> passedOver() {
    return locked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", locked)
                + " is under a passphrase and was passed over; use a key without one, for this"
                + " repository alone and to read only");
  }

  private final class NoPassphrases implements KeyPasswordProvider {
    @Override
    public char @Nullable [] getPassphrase(URIish key, int attempt) {
      String name = String.valueOf(Path.of(key.getPath()).getFileName());
      if (locked.size() < MAX_LOCKED && !locked.contains(name)) {
        locked.add(name);
      }
      return null;
    }

    @Override
    public void setAttempts(int maxNumberOfAttempts) {}

    @Override
    public int getAttempts() {
      return 1;
    }

    @Override
    public boolean keyLoaded(URIish key, int attempt, @Nullable Exception error) {
      return false;
    }
  }
}
