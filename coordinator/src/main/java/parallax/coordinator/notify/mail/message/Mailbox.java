package parallax.coordinator.notify.mail.message;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a mailbox, RFC 5321 section 4.1.2: a dot-string of ASCII before the sign, a domain
 * behind it. Quoted names, address literals and names beyond ASCII (RFC 6531) are not taken.
 *
 * @param address such as {@code oncall@example.org}; an international domain in its ASCII form
 */
public record Mailbox(String address) {
  /** RFC 5321 section 4.5.3.1.3, without the brackets around a path. */
  static final int MAX_LENGTH = 254;

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern SHAPE =
      Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@" + DOMAIN.pattern());

  public Mailbox {
    if (address.length() > MAX_LENGTH || !SHAPE.matcher(address).matches()) {
      throw new IllegalArgumentException("not the address of a mailbox");
    }
  }

  /** What somebody wrote; empty when it is no address that can be written to. */
  public static Optional<Mailbox> read(String written) {
    int sign = written.lastIndexOf('@');
    if (sign < 0 || written.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String domain = IDN.toASCII(written.substring(sign + 1));
      return Optional.of(new Mailbox(written.substring(0, sign + 1) + domain));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether {@code name} can stand where a domain is asked for. */
  public static boolean isDomain(String name) {
    return name.length() <= MAX_LENGTH && DOMAIN.matcher(name).matches();
  }

  /** In small letters. */
  public String domain() {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
