package parallax.config.read;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What can be written and is checked in full, but is refused because nothing runs it yet. A line
 * here is all that stands between a key and its use.
 */
final class NotSupportedYet {
  /** Keys, as the name of their shape and the key. */
  static final SortedSet<String> KEYS = Collections.unmodifiableSortedSet(new TreeSet<>());

  /** Schemes of URLs. */
  static final List<String> SCHEMES = List.of("sip");

  private NotSupportedYet() {}
}
