package parallax.probe.audit.facts;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A way by which people hear that something is down.
 *
 * @param name of the receiver, or what else it is called
 * @param parts each must work: of each the hosts of which one is enough
 * @param about names of the subjects that it speaks about
 */
public record Voice(
    Kind kind, String name, List<SortedSet<String>> parts, SortedSet<String> about) {
  /** What kind of way. */
  public enum Kind {
    STATUS_PAGE("status page"),
    /** Alerts by mail: the server that takes ours, the domain it goes to, and its exchangers. */
    MAIL("mail receiver"),
    /** A chat or a hook. */
    RECEIVER("receiver");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people, in front of a name. */
    public String words() {
      return words;
    }
  }

  public Voice {
    parts =
        parts.stream()
            .map(hosts -> Collections.unmodifiableSortedSet(new TreeSet<>(hosts)))
            .toList();
    about = Collections.unmodifiableSortedSet(new TreeSet<>(about));
  }
}
