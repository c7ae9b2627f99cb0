package parallax.probe.registration;

import java.net.IDN;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names of hosts and domains in one form: A-labels, lower case, without a last dot. */
public final class HostNames {
  /** RFC 1035 section 2.3.4. */
  public static final int MAX_CHARS = 253;

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}\\p{M}_-]{1,63}(?:\\.[\\p{L}\\p{N}\\p{M}_-]{1,63})*");
  private static final Pattern LAST_LABEL = Pattern.compile("(?:.*\\.)?[\\p{L}\\p{M}-][^.]*");

  private HostNames() {}

  /** {@code text} as the name of a host or domain, when it is one and not an address. */
  public static Optional<String> of(String text) {
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (bare.length() > MAX_CHARS
        || !NAME.matcher(bare).matches()
        || !LAST_LABEL.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      return ascii.length() <= MAX_CHARS ? Optional.of(ascii) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** As {@link #of}, for names of more than one label. */
  public static Optional<String> qualified(String text) {
    return of(text).filter(name -> name.indexOf('.') > 0);
  }

  /** The names among {@code texts}, each once, sorted and at most as many as are kept. */
  public static List<String> sorted(Collection<String> texts) {
    List<String> names = new ArrayList<>();
    for (String text : texts) {
      qualified(text).ifPresent(names::add);
    }
    return new TreeSet<>(names).stream().limit(Limits.MAX_NAME_SERVERS).toList();
  }
}
