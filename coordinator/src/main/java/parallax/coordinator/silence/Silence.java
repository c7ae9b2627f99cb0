package parallax.coordinator.silence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.target.TargetName;

/**
 * A time for which nobody is to be told of some targets. What is watched, decided and recovered
 * goes on.
 *
 * @param match all of them have to match, at least one
 * @param until not part of it; at most {@link #LONGEST} after {@code from}
 * @param ended when somebody ended it before its time
 */
public record Silence(
    String id,
    List<LabelMatcher> match,
    Instant from,
    Instant until,
    String who,
    String reason,
    Instant created,
    Optional<Instant> ended) {
  /** Whoever needs longer changes the configuration. */
  public static final Duration LONGEST = Duration.ofDays(30);

  /** How long before its beginning one can be made. */
  public static final Duration FURTHEST = Duration.ofDays(366);

  public static final int MAX_MATCHERS = 16;

  private static final int ID_DIGITS = 12;

  public Silence {
    match = List.copyOf(match);
    if (match.isEmpty() || match.size() > MAX_MATCHERS) {
      throw new IllegalArgumentException("matchers of a silence: " + match.size());
    }
    if (!from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a silence from " + from + " until " + until);
    }
  }

  /** What somebody asks for, under an identity of its own: a hash of all of it. */
  public static Silence made(Wish wish, String who, Instant created) {
    String all = wish + "\n" + who + "\n" + created;
    return new Silence(
        HexFormat.of().formatHex(sha256(all)).substring(0, ID_DIGITS),
        wish.match(),
        wish.from(),
        wish.until(),
        who,
        wish.reason(),
        created,
        Optional.empty());
  }

  /** What somebody asks for. */
  public record Wish(List<LabelMatcher> match, Instant from, Instant until, String reason) {
    public Wish {
      match = List.copyOf(match);
    }
  }

  /** Until when it is in force. */
  public Instant end() {
    return ended.filter(until::isAfter).orElse(until);
  }

  /** Whether it is in force. */
  public boolean covers(Instant now) {
    return !now.isBefore(from) && now.isBefore(end());
  }

  /** Whether a target is meant. */
  public boolean matches(TargetName target, SortedMap<String, String> labels) {
    return match.stream().allMatch(each -> each.matches(target, labels));
  }

  /** The same, ended before its time; one that has ended stays as it is. */
  public Silence endedAt(Instant at) {
    return new Silence(
        id, match, from, until, who, reason, created, ended.or(() -> Optional.of(at)));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
