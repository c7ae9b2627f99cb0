package parallax.coordinator.job;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.notebook.Heard;

/**
 * What jobs said of themselves, as it was read from the record.
 *
 * @param heard by the job's name
 * @param read when
 */
public record Signs(Map<String, Heard> heard, Instant read) {
  /** What was read longer ago tells nothing of silence: the record may not be reachable. */
  public static final Duration FRESH = Duration.ofSeconds(15);

  public Signs {
    heard = Map.copyOf(heard);
  }

  public static Signs of(List<Heard> all, Instant read) {
    Map<String, Heard> heard = HashMap.newHashMap(all.size());
    all.forEach(each -> heard.put(each.name(), each));
    return new Signs(heard, read);
  }

  /** Whether a job that is not among them was not heard. */
  public boolean tellOfSilence(Instant now) {
    return !read.plus(FRESH).isBefore(now);
  }

  /** What this job said last. */
  public Optional<Heard> of(String name) {
    return Optional.ofNullable(heard.get(name));
  }
}
