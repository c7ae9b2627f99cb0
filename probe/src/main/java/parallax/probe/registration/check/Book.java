package parallax.probe.registration.check;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import parallax.probe.registration.judge.Knowledge;

/** What is known of each domain, and when it is to be looked up anew. For use by many threads. */
final class Book {
  /** Of more domains those asked for longest ago are forgotten. */
  static final int MAX_DOMAINS = 100_000;

  private static final Entry NEW = new Entry(Knowledge.NONE, Instant.MIN);

  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * One domain.
   *
   * @param due when what is known is old enough to be looked up anew
   */
  record Entry(Knowledge known, Instant due) {}

  synchronized Entry of(String domain) {
    return entries.getOrDefault(domain, NEW);
  }

  synchronized void put(String domain, Entry entry) {
    entries.put(domain, entry);
    if (entries.size() > MAX_DOMAINS) {
      var eldest = entries.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
