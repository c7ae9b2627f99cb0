package parallax.coordinator.configuration.git.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownHostsTest {
  @TempDir Path folder;

  /** A machine whose ssh is told to take whatever comes. */
  private record Careless(Path file) implements ServerKeyDatabase.Configuration {
    @Override
    public List<String> getUserKnownHostsFiles() {
      return List.of(file.toString());
    }

    @Override
    public List<String> getGlobalKnownHostsFiles() {
      return List.of();
    }

    @Override
    public StrictHostKeyChecking getStrictHostKeyChecking() {
      return StrictHostKeyChecking.ACCEPT_ANY;
    }

    @Override
    public boolean getHashKnownHosts() {
      return false;
    }

    @Override
    public String getUsername() {
      return "git";
    }
  }

  private static PublicKey key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair().getPublic();
  }

  private static final CredentialsProvider NOBODY = new NoCredentials();

  @Test
  void onlyAKeyThatIsWrittenDownIsTakenAndNoneIsAdded() throws Exception {
    Path file = folder.resolve("known_hosts");
    PublicKey good = key();
    PublicKey other = key();
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2222);
    String host = "[127.0.0.1]:2222";
    KnownHosts hosts = new KnownHosts(List.of(file));
    assertThat(hosts.accept(host, remote, good, new Careless(file), NOBODY)).isFalse();
    assertThat(file).doesNotExist();
    Files.writeString(file, host + " " + PublicKeyEntry.toString(good) + "\n");
    KnownHosts again = new KnownHosts(List.of(file));
    assertThat(again.accept(host, remote, good, new Careless(file), NOBODY)).isTrue();
    assertThat(again.accept(host, remote, other, new Careless(file), NOBODY)).isFalse();
    assertThat(Files.readAllLines(file)).hasSize(1);
  }
}
