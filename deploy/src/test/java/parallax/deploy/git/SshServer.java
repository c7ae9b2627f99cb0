package parallax.deploy.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.deploy.endtoend.Programs;

/**
 * A real OpenSSH server on loopback, all of it in one folder. It lets in the user of the test, by
 * the keys that it was told, for the one command that it was told.
 */
final class SshServer implements AutoCloseable {
  /** Nothing but git, as git's own documentation of restricted accounts has it. */
  static final String GIT = "git-shell -c \\\"$SSH_ORIGINAL_COMMAND\\\"";

  private static final String USER = System.getProperty("user.name");

  private final Path folder;
  private final int port = Programs.freePort();
  private @Nullable Process process;

  private SshServer(Path folder) {
    this.folder = folder;
  }

  /** Starts it with a new Ed25519 and a new RSA key of its own. */
  static SshServer start(Path folder) throws IOException {
    Programs.require("sshd");
    Programs.require("git-shell");
    Programs.require("git-upload-pack");
    Files.createDirectories(folder);
    if ("root".equals(USER)) {
      // Where it shuts away what talks to strangers; Debian makes it when the service starts.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    SshServer server = new SshServer(folder);
    server.newHostKeys();
    Files.writeString(server.folder.resolve("authorized_keys"), "");
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        ListenAddress 127.0.0.1
        Port %2$d
        HostKey %1$s/host_ed25519
        HostKey %1$s/host_rsa
        AuthorizedKeysFile %1$s/authorized_keys
        PidFile %1$s/pid
        AllowUsers %3$s
        PermitRootLogin forced-commands-only
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        UsePAM no
        StrictModes no
        LogLevel VERBOSE
        """
            .formatted(folder, server.port, USER));
    server.start();
    return server;
  }

  /** Makes a key without a passphrase, or with one; its public half lies beside it. */
  static Path key(Path file, String type, String passphrase) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> make = List.of(Programs.require("ssh-keygen"), "-q", "-t", type);
    List<String> where = List.of("-N", passphrase, "-C", "test", "-f", file.toString());
    Programs.run(java.util.stream.Stream.concat(make.stream(), where.stream()).toList());
    return file;
  }

  /** Other keys than it had; they count from the next start. */
  void newHostKeys() {
    key(folder.resolve("host_ed25519"), "ed25519", "");
    key(folder.resolve("host_rsa"), "rsa", "");
  }

  /**
   * Lets in who has this key, and nobody else.
   *
   * @param command all that may be run, whatever is asked for
   */
  void allow(Path key, String command) {
    write("authorized_keys", "command=\"" + command + "\",restrict " + half(key) + "\n");
  }

  /** How {@code known_hosts} holds its key of a type, {@code ed25519} or {@code rsa}. */
  String known(String type) {
    return "[127.0.0.1]:" + port + " " + half(folder.resolve("host_" + type)) + "\n";
  }

  private static String half(Path key) {
    try {
      return Files.readString(Path.of(key + ".pub")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a repository in a folder of this machine is found. */
  String url(Path repository) {
    return "ssh://" + USER + "@127.0.0.1:" + port + repository;
  }

  String user() {
    return USER;
  }

  int port() {
    return port;
  }

  void start() {
    process =
        Programs.start(
            folder.resolve("log"),
            List.of(
                Programs.require("sshd"),
                "-D",
                "-e",
                "-f",
                folder.resolve("sshd_config").toString()));
    Programs.awaitListening(port);
  }

  /** Ends it and every connection that it holds. */
  void stop() {
    if (process != null) {
      Programs.kill(process);
      process = null;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
