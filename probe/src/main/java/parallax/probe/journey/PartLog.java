package parallax.probe.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.observation.Finding;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.PartsSeen.Part;
import parallax.config.observation.seen.PartsSeen.Spent;
import parallax.probe.check.CheckResult;

/** The requests of one look, as they are told. Not thread-safe. */
public final class PartLog {
  private final List<Part> parts = new ArrayList<>();
  private int more;

  /**
   * A request has ended.
   *
   * @param start after the start of the look
   * @param fault what is wrong with it, told otherwise than in the result
   */
  public void add(String name, Duration start, CheckResult result, Optional<Finding> fault) {
    parts.add(
        new Part(
            name,
            result.facts().httpStatus(),
            start,
            spent(result.timings()),
            result.facts().bodyBytes(),
            fault.or(() -> result.outcome().why()).map(Finding::words)));
  }

  /** There is something that was not asked for at all, and why. */
  public void add(String name, Duration start, Finding fault) {
    parts.add(
        new Part(
            name,
            Optional.empty(),
            start,
            spent(Timings.NONE),
            Optional.empty(),
            Optional.of(fault.words())));
  }

  /** So many more were left out. */
  public void leftOut(int count) {
    more += count;
  }

  /** How many there are. */
  public int count() {
    return parts.size() + more;
  }

  /** All of them, or of too many the first, those with a fault and the slowest. */
  public PartsSeen seen() {
    if (parts.size() <= PartsSeen.MAX_PARTS) {
      return new PartsSeen(parts, more);
    }
    Comparator<Part> worth =
        Comparator.<Part, Boolean>comparing(part -> part.fault().isEmpty())
            .thenComparing(part -> part.spent().total(), Comparator.reverseOrder());
    List<Part> kept =
        Stream.concat(
                parts.stream().limit(1),
                parts.stream().skip(1).sorted(worth).limit(PartsSeen.MAX_PARTS - 1L))
            .sorted(Comparator.comparing(Part::start))
            .toList();
    return new PartsSeen(kept, more + parts.size() - kept.size());
  }

  private static Spent spent(Timings timings) {
    return new Spent(
        time(timings, Phase.RESOLVE),
        time(timings, Phase.CONNECT),
        time(timings, Phase.TLS),
        time(timings, Phase.FIRST_BYTE),
        time(timings, Phase.TRANSFER));
  }

  private static Duration time(Timings timings, Phase phase) {
    return timings.of(phase).orElse(Duration.ZERO);
  }
}
