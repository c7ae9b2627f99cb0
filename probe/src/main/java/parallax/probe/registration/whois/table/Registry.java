package parallax.probe.registration.whois.table;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import parallax.probe.registration.date.DateContext;

/**
 * What is particular to the registry of a TLD.
 *
 * @param dates its order of numbers, and its clock
 * @param charset of what is not UTF-8
 * @param layout of its answers
 * @param lines of its own shape, tried before anything else
 * @param keys that mean something else here than elsewhere
 */
public record Registry(
    DateContext dates,
    Charset charset,
    Layout layout,
    List<LineShape> lines,
    SortedMap<String, Role> keys) {
  public Registry {
    lines = List.copyOf(lines);
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  /** The kinds of answers that need a reader of their own. */
  public enum Layout {
    KEYS_AND_VALUES,
    JPRS
  }

  /**
   * Lines that no general rule reads.
   *
   * @param pattern with the value as its one group
   */
  public record LineShape(Role role, Pattern pattern) {}
}
