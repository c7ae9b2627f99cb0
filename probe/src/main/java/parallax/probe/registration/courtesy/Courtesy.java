package parallax.probe.registration.courtesy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole state of politeness towards registries.
 *
 * <ul>
 *   <li>Each host has a bucket of questions ({@link Pace}), whoever asks and about whatever.
 *   <li>Each domain is asked about once an hour at most. When its delegation breaks it is asked
 *       about once at once, and then after 5, 15 and 60 minutes.
 *   <li>A host that speaks of a quota is left alone for as long as it asks, else for 10 minutes,
 *       twice as long the next time; after three such answers in a row, for a day.
 *   <li>A domain of which nothing could be learnt waits twice as long each time, up to a day.
 * </ul>
 *
 * @param hosts by name, in lower case; at most {@link #MAX_HOSTS}
 * @param domains by name, in A-labels; at most {@link #MAX_DOMAINS}
 */
public record Courtesy(
    SortedMap<String, HostManners> hosts, SortedMap<String, DomainManners> domains) {
  public static final int MAX_HOSTS = 4_096;
  public static final int MAX_DOMAINS = 100_000;

  /** Waits are lengthened or shortened by up to this share. */
  static final double JITTER = 0.2;

  public static final Courtesy NEW = new Courtesy(new TreeMap<>(), new TreeMap<>());

  public Courtesy {
    hosts = Collections.unmodifiableSortedMap(hosts);
    domains = Collections.unmodifiableSortedMap(domains);
  }

  /**
   * Why the registration of {@code domain} may not be looked up now; empty when it may.
   *
   * @param broken whether its delegation is gone
   */
  public Optional<Permission.Postponed> lookUp(String domain, boolean broken, Instant now) {
    Instant may =
        domains.getOrDefault(domain, DomainManners.NEW).seen(broken, now).mayBeAsked(broken);
    return may.isAfter(now)
        ? Optional.of(new Permission.Postponed(may, domain + " was looked up a short while ago"))
        : Optional.empty();
  }

  /**
   * The same state, after {@code domain} was looked up.
   *
   * @param learnt whether that brought knowledge
   */
  public Courtesy lookedUp(String domain, boolean broken, boolean learnt, Instant now) {
    DomainManners manners =
        domains.getOrDefault(domain, DomainManners.NEW).seen(broken, now).asked(broken, now);
    return withDomain(domain, manners.learnt(learnt));
  }

  /** The same state, after it was seen whether the delegation of {@code domain} stands. */
  public Courtesy saw(String domain, boolean broken, Instant now) {
    DomainManners before = domains.getOrDefault(domain, DomainManners.NEW);
    DomainManners after = before.seen(broken, now);
    return after.equals(before) ? this : withDomain(domain, after);
  }

  /** Whether one question may be put to {@code host} now. */
  public Permission ask(String host, Pace pace, Instant now) {
    String name = host.toLowerCase(Locale.ROOT);
    HostManners manners = hosts.getOrDefault(name, HostManners.NEW);
    if (manners.quietUntil().isAfter(now)) {
      String why = manners.isOpen() ? " refused three times in a row" : " speaks of a quota";
      return new Permission.Postponed(manners.quietUntil(), name + why);
    }
    Instant fits = manners.fitsAt(pace);
    return fits.isAfter(now)
        ? new Permission.Postponed(
            fits, name + " is asked once in " + pace.every().toSeconds() + " s")
        : new Permission.Granted(withHost(name, manners.asked(pace, now)));
  }

  /**
   * The same state, after an answer of {@code host}.
   *
   * @param jitter from -1 to 1, drawn by the caller
   */
  public Courtesy answered(String host, Heard heard, Instant now, double jitter) {
    String name = host.toLowerCase(Locale.ROOT);
    HostManners before = hosts.getOrDefault(name, HostManners.NEW);
    return withHost(name, before.heard(heard, now, jitter));
  }

  /**
   * {@code wait}, lengthened or shortened by up to a fifth.
   *
   * @param jitter from -1 to 1
   */
  public static Duration jittered(Duration wait, double jitter) {
    double share = 1 + JITTER * Math.clamp(jitter, -1.0, 1.0);
    return Duration.ofMillis(Math.round(wait.toMillis() * share));
  }

  private Courtesy withHost(String name, HostManners manners) {
    SortedMap<String, HostManners> after = new TreeMap<>(hosts);
    after.put(name, manners);
    drop(after, MAX_HOSTS, name, Comparator.comparing(HostManners::fullAt));
    return new Courtesy(after, domains);
  }

  private Courtesy withDomain(String domain, DomainManners manners) {
    SortedMap<String, DomainManners> after = new TreeMap<>(domains);
    after.put(domain, manners);
    drop(after, MAX_DOMAINS, domain, Comparator.comparing(DomainManners::asked));
    return new Courtesy(hosts, after);
  }

  /** Of too many the one goes that was asked longest ago. */
  private static <T> void drop(Map<String, T> all, int most, String kept, Comparator<T> order) {
    if (all.size() > most) {
      all.entrySet().stream()
          .filter(entry -> !entry.getKey().equals(kept))
          .min(Map.Entry.comparingByValue(order))
          .map(Map.Entry::getKey)
          .ifPresent(all::remove);
    }
  }
}
