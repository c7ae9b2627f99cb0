package parallax.probe.audit.judge;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Something that should be known before it hurts.
 *
 * @param shared what is shared or ends, as a sentence
 * @param subjects names of those that are lost with it
 * @param evidence what was seen, a line each
 * @param remedy what to do
 */
public record Concern(
    Severity severity,
    Kind kind,
    String shared,
    SortedSet<String> subjects,
    List<String> evidence,
    String remedy)
    implements Comparable<Concern> {

  private static final Comparator<Concern> BY_LOSS =
      Comparator.comparing(Concern::severity)
          .thenComparingInt(concern -> -concern.subjects().size())
          .thenComparing(Concern::kind)
          .thenComparing(Concern::shared);

  /** What is wrong. */
  public enum Kind {
    NAME_SERVERS_ONE,
    NAME_SERVERS_ONE_PREFIX,
    NAME_SERVERS_ONE_AS,
    STATUS_PAGE_SAME_FATE,
    MAIL_SAME_FATE,
    RECEIVER_SAME_FATE,
    REGISTRATION_ENDS,
    SIGNATURE_ENDS,
    CERTIFICATE_ENDS,
    DOMAIN_WITHOUT_LOCK,
    TARGETS_ONE_ADDRESS,
    TARGETS_ONE_PREFIX,
    TARGETS_ONE_AS,
    TARGETS_ONE_PROVIDER,
    TARGETS_ONE_NAME_SERVERS,
    TARGETS_ONE_REGISTRAR,
    TARGETS_ONE_AUTHORITY,
    NAME_SERVERS_ONE_FAMILY,
    NAME_SERVERS_ONE_PROVIDER,
    NAME_SERVERS_ONE_TLD;

    /** The word in JSON: {@code name-servers-one-as}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Concern {
    subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
    evidence = List.copyOf(evidence);
  }

  /** The worst first; of equals what takes most with it. */
  @Override
  public int compareTo(Concern other) {
    return BY_LOSS.compare(this, other);
  }
}
