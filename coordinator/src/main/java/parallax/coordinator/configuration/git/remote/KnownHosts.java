package parallax.coordinator.configuration.git.remote;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.internal.transport.sshd.OpenSshServerKeyDatabase;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;

/**
 * Takes a server for who it says it is only by a key that {@code known_hosts} holds, whatever the
 * machine's ssh is configured to do, and never writes one down.
 */
final class KnownHosts implements ServerKeyDatabase {
  private final ServerKeyDatabase files;
  private volatile Optional<String> refused = Optional.empty();

  KnownHosts(List<Path> files) {
    this.files = new OpenSshServerKeyDatabase(false, files);
  }

  /** What there is against the key that was refused last, with the key's fingerprint. */
  Optional<String> refused() {
    return refused;
  }

  @Override
  public List<PublicKey> lookup(String host, InetSocketAddress remote, Configuration machine) {
    return files.lookup(host, remote, new Strict(machine));
  }

  @Override
  public boolean accept(
      String host,
      InetSocketAddress remote,
      PublicKey key,
      Configuration machine,
      CredentialsProvider nobody) {
    Strict strict = new Strict(machine);
    boolean known = files.accept(host, remote, key, strict, null);
    if (!known) {
      String what = KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
      refused =
          Optional.of(
              files.lookup(host, remote, strict).isEmpty()
                  ? "shows a key that known_hosts does not hold; add it once it is verified: "
                      + what
                  : "shows another key than known_hosts holds; unless it was given a new one,"
                      + " somebody stands in between: "
                      + what);
    }
    return known;
  }

  private record Strict(Configuration machine) implements Configuration {
    @Override
    public List<String> getUserKnownHostsFiles() {
      return machine.getUserKnownHostsFiles();
    }

    @Override
    public List<String> getGlobalKnownHostsFiles() {
      return machine.getGlobalKnownHostsFiles();
    }

    @Override
    public StrictHostKeyChecking getStrictHostKeyChecking() {
      return StrictHostKeyChecking.REQUIRE_MATCH;
    }

    @Override
    public boolean getHashKnownHosts() {
      return machine.getHashKnownHosts();
    }

    @Override
    public String getUsername() {
      return machine.getUsername();
    }
  }
}
