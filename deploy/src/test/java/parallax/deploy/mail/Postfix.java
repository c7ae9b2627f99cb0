package parallax.deploy.mail;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parallax.deploy.endtoend.Certificates;
import parallax.deploy.endtoend.Programs;

/** A real Postfix on loopback, all of it in one folder, that a test stops and starts again. */
final class Postfix implements AutoCloseable {
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private Postfix(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts it: it takes mail for {@code oncall@example.org} from who logs in after STARTTLS.
   *
   * @param logins port of who knows the passwords
   */
  static Postfix start(Path folder, Certificates.Pair pair, int logins) throws IOException {
    Programs.require("postfix");
    boolean root = "root".equals(System.getProperty("user.name"));
    assumeTrue(root, "Postfix changes users, which only root may");
    Postfix postfix = new Postfix(folder, Programs.freePort());
    postfix.lay(pair, logins);
    postfix.start();
    return postfix;
  }

  private void lay(Certificates.Pair pair, int logins) throws IOException {
    // Its parts run as other users, who must get through to what is theirs.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    for (String part : List.of("conf", "queue", "data", "box")) {
      Files.createDirectories(folder.resolve(part));
    }
    give("data", "postfix");
    give("box", "nobody");
    Files.writeString(
        folder.resolve("conf/main.cf"),
        """
        compatibility_level = 3.6
        queue_directory = %1$s/queue
        data_directory = %1$s/data
        maillog_file = %1$s/log
        maillog_file_prefixes = /
        myhostname = mail.example.org
        mydestination =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        alias_maps =
        virtual_mailbox_domains = example.org
        virtual_mailbox_base = %1$s/box
        virtual_mailbox_maps = inline:{oncall@example.org=oncall/}
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        smtpd_tls_cert_file = %2$s
        smtpd_tls_key_file = %3$s
        smtpd_tls_security_level = encrypt
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = inet:127.0.0.1:%4$d
        smtpd_relay_restrictions = permit_sasl_authenticated, reject
        smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
        """
            .formatted(folder, pair.certificate(), pair.key(), logins));
    Files.writeString(
        folder.resolve("conf/master.cf"),
        """
        127.0.0.1:%d inet n - n - - smtpd
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        error unix - - n - - error
        retry unix - - n - - error
        virtual unix - n n - - virtual
        tlsmgr unix - - n 1000? 1 tlsmgr
        anvil unix - - n - 1 anvil
        proxymap unix - - n - - proxymap
        postlog unix-dgram n - n - 1 postlogd
        """
            .formatted(port));
  }

  private void give(String part, String user) throws IOException {
    Path given = folder.resolve(part);
    Files.setOwner(
        given, given.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
  }

  void start() {
    process =
        Programs.start(
            folder.resolve("out"),
            List.of(
                Programs.require("postfix"), "-c", folder.resolve("conf").toString(), "start-fg"));
    Programs.awaitListening(port);
  }

  int port() {
    return port;
  }

  /** What lies in the only mailbox, newest last. */
  List<Path> mail() {
    Path box = folder.resolve("box/oncall/new");
    if (!Files.isDirectory(box)) {
      return List.of();
    }
    try (Stream<Path> mail = Files.list(box)) {
      return mail.sorted(java.util.Comparator.comparing(Postfix::written)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static java.nio.file.attribute.FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As by kill -9. */
  void kill() {
    Optional.ofNullable(process).ifPresent(Programs::kill);
    process = null;
  }

  @Override
  public void close() {
    kill();
  }
}
