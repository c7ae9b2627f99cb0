package parallax.probe.registration.lookup;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.NotParsed;
import parallax.probe.registration.Registration.NotRegistered;
import parallax.probe.registration.Registration.RateLimited;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.Registration.Unavailable;
import parallax.probe.registration.lookup.line.HttpReply;
import parallax.probe.registration.rdap.RdapReader;

/** What an answer over HTTP means (RFC 7480 section 5), whatever its body says besides. */
final class RdapAnswers {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  private RdapAnswers() {}

  /** What {@code reply} to a query for {@code domain} says. */
  static Registration read(HttpReply reply, String domain) {
    int status = reply.status();
    String words = reply.from().getHost() + " answered " + status;
    if (status == TOO_MANY || status == FORBIDDEN || status == UNAUTHORIZED) {
      return new RateLimited(words);
    }
    if (status >= SERVER_ERRORS) {
      return new Unavailable(words);
    }
    if (isHtml(reply)) {
      return new NotParsed(words + " with a web page");
    }
    if (status == NOT_FOUND) {
      return new NotRegistered(words);
    }
    if (status != OK) {
      return new NotParsed(words);
    }
    Registration read = new RdapReader().read(reply.body().getBytes());
    boolean other =
        read instanceof Registered(var facts)
            && facts.name().filter(name -> !name.equals(domain)).isPresent();
    return other ? new NotParsed(reply.from().getHost() + " answered about another name") : read;
  }

  private static boolean isHtml(HttpReply reply) {
    String type = reply.mediaType().orElse("").toLowerCase(Locale.ROOT);
    String start =
        reply
            .body()
            .slice(0, Math.min(reply.body().length(), 64))
            .toString(StandardCharsets.ISO_8859_1)
            .strip();
    return type.contains("html") || start.startsWith("<");
  }
}
