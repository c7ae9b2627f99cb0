package parallax.coordinator.notify.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.mail.message.Mailbox;
import parallax.coordinator.notify.mail.message.Sender;

/**
 * A receiver that is told by e-mail, and the server that takes its letters.
 *
 * @param host of the submission server; what its certificate must be for
 * @param port usually {@link Tls#usualPort()}
 * @param authorities certificates in PEM that may vouch for the server; without it, those that the
 *     JDK trusts
 * @param helloName what we call ourselves in EHLO; without it, the domain of {@code from}
 * @param from the envelope's sender too, so that bounces go there
 * @param to at least one, at most {@link #MAX_RECIPIENTS}
 */
public record MailSettings(
    String host,
    int port,
    Tls tls,
    Optional<Path> authorities,
    Optional<Login> login,
    Optional<String> helloName,
    Sender from,
    List<Mailbox> to) {
  /** A longer list is a mailing list, which the mail server keeps better. */
  public static final int MAX_RECIPIENTS = 20;

  private static final int MAX_PORT = 65_535;

  public MailSettings {
    to = to.stream().distinct().toList();
    if (to.isEmpty() || to.size() > MAX_RECIPIENTS) {
      throw new IllegalArgumentException("1 to " + MAX_RECIPIENTS + " recipients");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port is 1 to " + MAX_PORT);
    }
    if (!helloName.map(Mailbox::isDomain).orElse(true)) {
      throw new IllegalArgumentException("the name for EHLO is a domain");
    }
  }

  String hello() {
    return helloName.orElseGet(from.mailbox()::domain);
  }

  /** How the way to the server is encrypted. */
  public enum Tls {
    /** By the command, RFC 3207, before anything else is said. Never goes on without. */
    STARTTLS(587),
    /** From the first byte, RFC 8314. */
    IMPLICIT(465),
    /** Not at all, a password neither: for a server on the same machine. */
    NONE(25);

    private final int usualPort;

    Tls(int usualPort) {
      this.usualPort = usualPort;
    }

    public int usualPort() {
      return usualPort;
    }

    /** What holds where nothing is written. */
    public static Tls usual() {
      return STARTTLS;
    }
  }

  /** Whom the server knows us as. */
  public record Login(String user, Secret password) {}
}
