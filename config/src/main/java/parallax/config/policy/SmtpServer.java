package parallax.config.policy;

import java.nio.file.Path;
import java.util.Optional;
import parallax.config.check.ServerAddress;
import parallax.config.secret.Secret;

/**
 * The server that takes our mail (RFC 6409).
 *
 * @param password only where there is a user and the way to the server is encrypted
 * @param authorities an absolute path: the certificates (PEM) that may vouch for the server; empty:
 *     those of the Java platform
 */
public record SmtpServer(
    ServerAddress server,
    Encryption encryption,
    String from,
    Optional<String> user,
    Optional<Secret> password,
    Optional<Path> authorities) {

  /** One that certificates of the Java platform vouch for. */
  public SmtpServer(
      ServerAddress server,
      Encryption encryption,
      String from,
      Optional<String> user,
      Optional<Secret> password) {
    this(server, encryption, from, user, password, Optional.empty());
  }

  /** How the way to the server is encrypted. */
  public enum Encryption {
    /** By a command before anything else is said (RFC 3207). */
    STARTTLS(587),
    /** From the first byte (RFC 8314 section 3.3). */
    IMPLICIT(465),
    /** Not at all. */
    NONE(25);

    private final int port;

    Encryption(int port) {
      this.port = port;
    }

    /** Where such servers usually listen. */
    public int port() {
      return port;
    }
  }
}
