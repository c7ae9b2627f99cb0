package parallax.coordinator.view.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.policy.Maintenance;
import parallax.config.target.Target;

/**
 * When targets are and were in maintenance: by the windows as they are configured now, also for
 * times before that. Used by one thread, for one answer.
 */
public final class Windows {
  /** Of a maintenance that comes more often, the newest ones count. */
  static final int MAX_WINDOWS = 400;

  private final List<Maintenance> all;
  private final Instant now;
  private final Instant from;
  private final Map<List<Maintenance>, Spans> known = new HashMap<>();

  /**
   * The windows.
   *
   * @param longest how far back anybody asks
   */
  public Windows(List<Maintenance> all, Instant now, Duration longest) {
    this.all = List.copyOf(all);
    this.now = now;
    from = now.minus(longest);
  }

  /** When it was in maintenance, until now. */
  public Spans of(Target target) {
    return all.isEmpty() ? Spans.NONE : known.computeIfAbsent(matching(target), this::spans);
  }

  private List<Maintenance> matching(Target target) {
    return all.stream().filter(each -> each.matches(target.labels())).toList();
  }

  private Spans spans(List<Maintenance> matching) {
    List<Spans.Span> spans = new ArrayList<>();
    for (Maintenance each : matching) {
      for (Maintenance.Once window : each.windows(from, now, MAX_WINDOWS)) {
        spans.add(new Spans.Span(window.from().toEpochMilli(), window.until().toEpochMilli()));
      }
    }
    return Spans.of(spans);
  }

  /**
   * A window that is open.
   *
   * @param until when it ends
   */
  public record Open(String name, Instant until) {}

  /** The window that a target is in; of several the last to end. */
  public Optional<Open> open(Target target) {
    Optional<Open> last = Optional.empty();
    for (Maintenance each : all.isEmpty() ? List.<Maintenance>of() : matching(target)) {
      Optional<Open> open = each.end(now).map(end -> new Open(each.name(), end));
      if (open.isPresent()
          && last.filter(known -> !known.until().isBefore(open.get().until())).isEmpty()) {
        last = open;
      }
    }
    return last;
  }
}
