package parallax.probe.check;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.target.TargetName;

/**
 * Leaves out of results what was told a while ago and has not changed since: certificates and the
 * way from the root are many times larger than all else that is seen. Safe for use by many threads.
 */
public final class Retelling {
  /** What stays as it is is told again after this time: whoever heard it may have forgotten. */
  public static final Duration AGAIN = Duration.ofMinutes(5);

  /** Checks that are remembered, about 150 bytes each; of further ones all is told. */
  static final int MAX_CHECKS = 100_000;

  private static final float LOAD = 0.75f;

  private record Key(TargetName target, CheckKind check) {}

  /**
   * What was told last.
   *
   * @param hash of what was told: another thing with the same one is told late, not never
   */
  private record Told(int hash, long nanos) {}

  private final NanoSource clock;
  private final Map<Key, Told> told =
      new LinkedHashMap<>(16, LOAD, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Told> eldest) {
          return size() > MAX_CHECKS;
        }
      };

  public Retelling(NanoSource clock) {
    this.clock = clock;
  }

  /** {@code result} as it is told. */
  public CheckResult told(TargetName target, CheckKind check, CheckResult result) {
    Facts facts = result.facts();
    if (facts.chain().isEmpty() && facts.walk().isEmpty()) {
      return result;
    }
    int hash = 31 * facts.chain().hashCode() + facts.walk().map(WalkSeen::shape).hashCode();
    return isNews(new Key(target, check), hash)
        ? result
        : new CheckResult(result.layer(), result.outcome(), result.timings(), facts.brief());
  }

  private boolean isNews(Key key, int hash) {
    long now = clock.nanos();
    synchronized (told) {
      boolean known =
          Optional.ofNullable(told.get(key))
              .filter(last -> last.hash() == hash && now - last.nanos() < AGAIN.toNanos())
              .isPresent();
      if (!known) {
        told.put(key, new Told(hash, now));
      }
      return !known;
    }
  }
}
