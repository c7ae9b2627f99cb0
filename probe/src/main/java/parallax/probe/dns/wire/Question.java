package parallax.probe.dns.wire;

import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What is asked of a name server (RFC 1035 section 4.1.2).
 *
 * @param name absolute
 * @param type as in {@link Type}
 * @param dclass as in {@link DClass}
 */
public record Question(Name name, int type, int dclass) {
  /** The control question, which every name server that lives answers somehow. */
  public static final Question ROOT_SERVERS = new Question(Name.root, Type.NS);

  /** In class IN. */
  public Question(Name name, int type) {
    this(name, type, DClass.IN);
  }

  public Question {
    if (!name.isAbsolute()) {
      throw new IllegalArgumentException("not an absolute name: " + name);
    }
  }

  /**
   * The absolute name written as {@code text}, with or without trailing dot; empty when it is not a
   * domain name (RFC 1035 section 2.3.4). Backslash escapes are not names that a URL or a
   * configuration can mean, so they are refused.
   */
  public static Optional<Name> nameOf(String text) {
    if (text.isEmpty() || text.indexOf('\\') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Name.fromString(text, Name.root));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return name + " " + Type.string(type);
  }
}
