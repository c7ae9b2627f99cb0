package parallax.coordinator.configuration.git.remote;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.eclipse.jgit.internal.transport.sshd.OpenSshServerKeyDatabase;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * Takes a server for who it says it is only by a key that {@code known_hosts} holds, whatever the
 * machine's ssh is configured to do, and never writes one down.
 */
final class KnownHosts implements ServerKeyDatabase {
  private final ServerKeyDatabase files;

  KnownHosts(List<Path> files) {
    this.files = new OpenSshServerKeyDatabase(false, files);
  }

  /**
   * Connections with the keys, the agent and the known hosts of one user.
   *
   * @param home the folder that {@code .ssh} lies in
   */
  static SshSessionFactory sessions(Path home) {
    Path ssh = home.resolve(".ssh");
    return new SshdSessionFactoryBuilder()
        .setHomeDirectory(home.toFile())
        .setSshDirectory(ssh.toFile())
        .setPreferredAuthentications("publickey")
        .setServerKeyDatabase((_, _) -> new KnownHosts(List.of(ssh.resolve("known_hosts"))))
        .withDefaultConnectorFactory()
        .build(null);
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
    return files.accept(host, remote, key, new Strict(machine), null);
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
