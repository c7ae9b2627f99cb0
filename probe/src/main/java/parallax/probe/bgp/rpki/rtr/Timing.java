package parallax.probe.bgp.rpki.rtr;

import java.time.Duration;

/**
 * How often to ask, and for how long an answer holds (RFC 8210 section 6).
 *
 * @param refresh after an answer, until the next question
 * @param retry after a question that failed
 * @param expire after the last answer, until its payloads count no more
 */
public record Timing(Duration refresh, Duration retry, Duration expire) {
  /** What section 6 suggests. */
  public static final Timing DEFAULT = ofSeconds(3_600, 600, 7_200);

  /** Of seconds, brought into the bounds of section 6. */
  public static Timing ofSeconds(long refresh, long retry, long expire) {
    return new Timing(
        Duration.ofSeconds(Math.clamp(refresh, 1, 86_400)),
        Duration.ofSeconds(Math.clamp(retry, 1, 7_200)),
        Duration.ofSeconds(Math.clamp(expire, 600, 172_800)));
  }
}
