package parallax.config.check;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at the zone that a name lies in, past all resolvers and their caches. What is found there
 * changes slowly and is shared by many names, so it is looked at less often than targets are.
 */
public sealed interface ZoneSpec extends CheckSpec {
  /** From one look to the next unless the target's own interval is longer. */
  Duration USUAL_INTERVAL = Duration.ofSeconds(60);

  /** Less would not do for a walk past servers that do not answer. */
  Duration LEAST_TIMEOUT = Duration.ofSeconds(15);

  /** In lower case, as A-labels, with a dot in it but none at the end; no address. */
  String host();

  Dnssec dnssec();

  /** From one look to the next as configured; empty: {@link #USUAL_INTERVAL} or more. */
  Optional<Duration> pace();

  @Override
  default Duration interval(Duration ofTarget) {
    return pace()
        .orElse(ofTarget.compareTo(USUAL_INTERVAL) > 0 ? ofTarget : ZoneSpec.USUAL_INTERVAL);
  }

  /** What is asked of signatures (RFC 4033). */
  enum Dnssec {
    /** They must hold where the zone above promises them. */
    IF_SIGNED,
    /** They must be there and hold. */
    REQUIRED,
    /** They are not looked at. */
    OFF
  }

  /**
   * What somebody approved that the zone above says of the zone. Without such a word nothing is
   * judged: what is there today may be what an intruder put there.
   *
   * @param servers the full set of name servers, in lower case, without the last dot; empty: any
   * @param ds the full DS set in presentation form (RFC 4034 section 5.3), the digest in upper case
   *     and without spaces; present and without elements: none; empty: any
   */
  record Approved(Optional<SortedSet<String>> servers, Optional<SortedSet<String>> ds) {
    public static final Approved ANY = new Approved(Optional.empty(), Optional.empty());

    public Approved {
      servers = servers.map(set -> Collections.unmodifiableSortedSet(new TreeSet<>(set)));
      ds = ds.map(set -> Collections.unmodifiableSortedSet(new TreeSet<>(set)));
    }
  }

  /**
   * How long before the first of a zone's signatures ends that is told of.
   *
   * @param warn DEGRADED within this
   * @param fail DOWN within this; never longer than {@code warn}
   */
  record SignatureExpiry(Duration warn, Duration fail) {}

  /** Walks from the root down to the zone and asks every server on the way. */
  record Delegation(
      String host, Dnssec dnssec, Approved approved, Optional<Duration> pace, Duration timeout)
      implements ZoneSpec {

    /** Whatever the zone above says. */
    public Delegation(String host, Dnssec dnssec, Optional<Duration> pace, Duration timeout) {
      this(host, dnssec, Approved.ANY, pace, timeout);
    }

    @Override
    public CheckKind kind() {
      return CheckKind.DELEGATION;
    }
  }

  /**
   * Asks every server of the zone for the zone's version and for the name.
   *
   * @param types record types asked for, in upper case. A type in {@code expect} must have exactly
   *     the answers listed; of the others one must have an answer
   * @param expect by record type the full set of answers in presentation form
   * @param expiry of signatures; empty: told of as is usual
   */
  record NameServers(
      String host,
      List<String> types,
      SortedMap<String, SortedSet<String>> expect,
      Dnssec dnssec,
      Optional<SignatureExpiry> expiry,
      Optional<Duration> pace,
      Duration timeout)
      implements ZoneSpec {

    /** Told of the end of signatures as is usual. */
    public NameServers(
        String host,
        List<String> types,
        SortedMap<String, SortedSet<String>> expect,
        Dnssec dnssec,
        Optional<Duration> pace,
        Duration timeout) {
      this(host, types, expect, dnssec, Optional.empty(), pace, timeout);
    }

    public NameServers {
      types = List.copyOf(types);
      SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
      expect.forEach(
          (type, answers) ->
              copy.put(type, Collections.unmodifiableSortedSet(new TreeSet<>(answers))));
      expect = Collections.unmodifiableSortedMap(copy);
    }

    @Override
    public CheckKind kind() {
      return CheckKind.DNS_AUTH;
    }
  }
}
