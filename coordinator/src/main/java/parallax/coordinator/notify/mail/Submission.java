package parallax.coordinator.notify.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.notify.mail.Answer.Later;
import parallax.coordinator.notify.mail.Answer.Refused;
import parallax.coordinator.notify.mail.Answer.Taken;
import parallax.coordinator.notify.mail.message.MailMessage;
import parallax.coordinator.notify.mail.message.Mailbox;

/**
 * One connection to a submission server, RFC 6409: a letter handed over in a transaction of its own
 * for each recipient. So every answer is about one recipient, a mailbox that refuses takes nothing
 * from the others, and nobody reads the addresses of the others.
 *
 * <p>What is refused after the recipient was named is about this letter, and refused for good where
 * the server says so. What is refused before is about us, which the operator can mend, so it is
 * tried again: a wrong password, a certificate, a sender that may not send.
 */
final class Submission {
  /** Addresses of the server that are tried. */
  private static final int MAX_ADDRESSES = 4;

  private static final int MAX_CAUSES = 10;
  private static final int SERVICE_CLOSES = 421;

  /**
   * How long is waited before a login that was refused is tried again: often enough to notice what
   * was mended, too seldom for servers that shut out an address after a few wrong passwords.
   */
  static final Duration LOGIN_PAUSE = Duration.ofMinutes(5);

  /** How long things may take. */
  record Limits(Duration connect, Duration read, Duration write, Duration all) {
    static final Limits USUAL =
        new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
  }

  private final MailSettings settings;
  private final Limits limits;
  private final ScheduledExecutorService watch;
  private volatile Optional<BoundedSocket> open = Optional.empty();
  private volatile boolean cut;

  Submission(MailSettings settings, Limits limits, ScheduledExecutorService watch) {
    this.settings = settings;
    this.limits = limits;
    this.watch = watch;
  }

  /** Ends it from another thread: nothing waits any longer. */
  void cut() {
    cut = true;
    open.ifPresent(BoundedSocket::cut);
  }

  /**
   * Hands the letter over to each; blocks.
   *
   * @param heard is told of every recipient that answered for itself, as it does
   * @return what kept it from asking the others
   */
  Optional<Later> run(
      List<Mailbox> recipients, MailMessage letter, BiConsumer<Mailbox, Answer> heard) {
    SMTPTransport transport;
    try {
      ServerTls tls = ServerTls.to(settings.host(), settings.authorities());
      transport = transport(tls);
      Optional<Later> trouble = connected(transport, tls);
      if (trouble.isPresent()) {
        return trouble;
      }
    } catch (IOException | GeneralSecurityException e) {
      cut();
      return Optional.of(new Later("cannot read the certificates that vouch for the server"));
    }
    try {
      return handOver(transport, recipients, letter, heard);
    } finally {
      close(transport);
      cut();
    }
  }

  private Optional<Later> handOver(
      SMTPTransport transport,
      List<Mailbox> recipients,
      MailMessage letter,
      BiConsumer<Mailbox, Answer> heard) {
    Optional<Later> later = Optional.empty();
    for (Mailbox recipient : recipients) {
      Answer answer = handOver(transport, recipient, letter);
      heard.accept(recipient, answer);
      if (answer instanceof Later trouble) {
        later = Optional.of(later.orElse(trouble));
        if (!isOpen(transport)) {
          return later;
        }
      }
    }
    return later;
  }

  private Answer handOver(SMTPTransport transport, Mailbox recipient, MailMessage letter) {
    try {
      MimeMessage message = letter.to(recipient);
      transport.sendMessage(
          message, new Address[] {new InternetAddress(recipient.address(), false)});
      return new Taken();
    } catch (MessagingException e) {
      return refusal(e, transport);
    } catch (IllegalStateException e) {
      // What Jakarta Mail says of a connection that was closed meanwhile.
      return new Later("the server closed the connection");
    }
  }

  private static boolean isOpen(SMTPTransport transport) {
    return transport.getLastReturnCode() != SERVICE_CLOSES && transport.isConnected();
  }

  private SMTPTransport transport(ServerTls tls) {
    Properties properties = new Properties();
    properties.put("mail.smtp.ssl.socketFactory", tls);
    boolean command = settings.tls() == MailSettings.Tls.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(command));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(command));
    properties.setProperty("mail.smtp.localhost", settings.hello());
    properties.setProperty("mail.smtp.from", settings.from().mailbox().address());
    properties.setProperty("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
    properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.setProperty("mail.smtp.quitwait", "false");
    URLName server =
        settings
            .login()
            .map(login -> server(login.user(), login.password().reveal()))
            .orElseGet(() -> server(null, null));
    return new SMTPTransport(Session.getInstance(properties), server);
  }

  private URLName server(@Nullable String user, @Nullable String password) {
    return new URLName("smtp", settings.host(), settings.port(), null, user, password);
  }

  private Optional<Later> connected(SMTPTransport transport, ServerTls tls) {
    Socket socket;
    try {
      socket = reach();
    } catch (UnknownHostException e) {
      return Optional.of(new Later("the name of the server does not resolve"));
    } catch (IOException e) {
      return Optional.of(new Later("cannot connect: " + simple(e)));
    }
    try {
      if (settings.tls() == MailSettings.Tls.IMPLICIT) {
        socket = tls.createSocket(socket, settings.host(), settings.port(), true);
      }
      transport.connect(socket);
      return Optional.empty();
    } catch (AuthenticationFailedException e) {
      cut();
      return Optional.of(loginRefused(e, transport.getLastReturnCode()));
    } catch (IOException e) {
      cut();
      return Optional.of(broken(e));
    } catch (MessagingException e) {
      cut();
      return Optional.of(unwelcome(e, transport));
    }
  }

  /**
   * The first address that takes a connection; a name with several stays of use when one is down.
   */
  private Socket reach() throws IOException {
    IOException last = new UnknownHostException(settings.host());
    InetAddress[] addresses = InetAddress.getAllByName(settings.host());
    for (int next = 0; next < Math.min(addresses.length, MAX_ADDRESSES) && !cut; next++) {
      BoundedSocket socket = new BoundedSocket(watch, limits.read(), limits.write());
      open = Optional.of(socket);
      if (cut) {
        // Whoever cut it may not have seen this one.
        socket.cut();
      }
      try {
        // With its name, so that nobody looks for one.
        InetAddress named = InetAddress.getByAddress(settings.host(), addresses[next].getAddress());
        socket.connect(
            new InetSocketAddress(named, settings.port()), (int) limits.connect().toMillis());
        return socket;
      } catch (IOException e) {
        socket.cut();
        last = e;
      }
    }
    throw last;
  }

  private static Later loginRefused(AuthenticationFailedException problem, int code) {
    if (code >= 500) {
      return new Later("the login was refused: status " + code, Optional.of(LOGIN_PAUSE), true);
    }
    if (code >= 400) {
      return new Later("the login does not work now: status " + code);
    }
    return said(problem, "No authentication mechanisms")
        ? new Later("the server offers no login that we know: neither PLAIN nor LOGIN")
        : new Later("no answer to the login");
  }

  private static Later unwelcome(MessagingException problem, SMTPTransport transport) {
    Optional<IOException> io = cause(problem, IOException.class);
    if (io.isPresent()) {
      return broken(io.get());
    }
    int code = transport.getLastReturnCode();
    if (code >= 400) {
      return new Later("refused before anything was sent: status " + code);
    }
    return said(problem, "STARTTLS is required")
        ? new Later("the server offers no STARTTLS, and without nothing is sent")
        : new Later("the server closed the connection");
  }

  /** What Jakarta Mail itself says; it has no other way to tell. */
  private static boolean said(MessagingException problem, String beginning) {
    return String.valueOf(problem.getMessage()).startsWith(beginning);
  }

  private static Answer refusal(MessagingException problem, SMTPTransport transport) {
    Optional<SMTPAddressFailedException> recipient =
        cause(problem, SMTPAddressFailedException.class);
    if (recipient.isPresent()) {
      return judged(recipient.get().getReturnCode(), "RCPT");
    }
    Optional<IOException> io = cause(problem, IOException.class);
    if (io.isPresent()) {
      return broken(io.get());
    }
    int code =
        cause(problem, SMTPSendFailedException.class)
            .map(SMTPSendFailedException::getReturnCode)
            .orElseGet(transport::getLastReturnCode);
    String command =
        cause(problem, SMTPSendFailedException.class)
            .map(SMTPSendFailedException::getCommand)
            .orElse("");
    if (command.startsWith("MAIL") && code >= 500) {
      return new Later("the sender was refused: status " + code);
    }
    return judged(code, command.startsWith("MAIL") ? "MAIL" : "DATA");
  }

  private static Answer judged(int code, String command) {
    if (code >= 500) {
      return new Refused("status " + code + " to " + command);
    }
    return code >= 400
        ? new Later("status " + code + " to " + command)
        : new Later("the server closed the connection");
  }

  private static Later broken(IOException problem) {
    if (cause(problem, CertificateException.class).isPresent()) {
      return new Later("the certificate of the server is not trusted, or not for its name");
    }
    return switch (problem) {
      case SocketTimeoutException _ -> new Later("no answer in time");
      case SSLException _ -> new Later("TLS failed: " + simple(problem));
      default -> new Later("the connection broke: " + simple(problem));
    };
  }

  private static <T extends Throwable> Optional<T> cause(Throwable problem, Class<T> type) {
    Throwable next = problem;
    for (int depth = 0; depth < MAX_CAUSES && next != null; depth++) {
      if (type.isInstance(next)) {
        return Optional.of(type.cast(next));
      }
      next = next instanceof MessagingException mail ? mail.getNextException() : next.getCause();
    }
    return Optional.empty();
  }

  private static String simple(IOException problem) {
    return problem.getClass().getSimpleName();
  }

  private static void close(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // It has said all that it will.
    }
  }
}
