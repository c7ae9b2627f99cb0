package parallax.deploy.carry.theirs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Services that have a scheme of their own, and how others look at them: by their port, or by what
 * is said over a connection. Whether there is a check for the scheme is asked of nobody here.
 *
 * @param scheme without TLS from the beginning
 * @param secureScheme with it; empty: there is none
 * @param port the standard one without TLS
 * @param securePort the standard one with TLS
 * @param words in upper case, of which one is said or heard in a talk
 */
public record Service(
    String scheme, Optional<String> secureScheme, int port, int securePort, List<String> words) {
  private static final List<Service> ALL =
      List.of(
          of("smtp", "smtps", 25, 465, "EHLO", "HELO "),
          of("imap", "imaps", 143, 993, "IMAP", "CAPABILITY"),
          of("pop3", "pop3s", 110, 995, "+OK"),
          new Service("ssh", Optional.empty(), 22, 22, List.of("SSH-2")),
          of("amqp", "amqps", 5672, 5671, "AMQP"),
          new Service("ftp", Optional.empty(), 21, 21, List.of("220 FTP")));

  public Service {
    words = List.copyOf(words);
  }

  private static Service of(
      String scheme, String secure, int port, int securePort, String... words) {
    return new Service(scheme, Optional.of(secure), port, securePort, List.of(words));
  }

  /** The service that usually listens on a port, without TLS. */
  public static Optional<Service> byPort(String port) {
    return ALL.stream().filter(it -> String.valueOf(it.port()).equals(port)).findFirst();
  }

  /** The service that is talked with. */
  public static Optional<Service> byTalk(String talk) {
    String upper = talk.toUpperCase(Locale.ROOT);
    return ALL.stream().filter(it -> it.words().stream().anyMatch(upper::contains)).findFirst();
  }

  /** The scheme with or without TLS from the beginning. */
  public String scheme(boolean tls) {
    return tls ? secureScheme.orElse(scheme) : scheme;
  }

  /** The standard port with or without TLS from the beginning. */
  public int port(boolean tls) {
    return tls ? securePort : port;
  }
}
