package parallax.probe.audit.judge;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Something that ends one day: a line of the calendar.
 *
 * @param what that is: a server, a signed set, a domain
 * @param subjects names of those that are lost with it
 */
public record Ending(Instant at, Kind kind, String what, SortedSet<String> subjects)
    implements Comparable<Ending> {
  private static final Comparator<Ending> ORDER =
      Comparator.comparing(Ending::at).thenComparing(Ending::kind).thenComparing(Ending::what);

  /** What kind of thing ends. */
  public enum Kind {
    CERTIFICATE,
    SIGNATURE,
    REGISTRATION;

    /** The word in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Ending {
    subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
  }

  /** The first first. */
  @Override
  public int compareTo(Ending other) {
    return ORDER.compare(this, other);
  }
}
