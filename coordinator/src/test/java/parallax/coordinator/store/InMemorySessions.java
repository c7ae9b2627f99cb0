package parallax.coordinator.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;
import parallax.coordinator.access.Sessions;

/** What sessions are known by, in memory. */
final class InMemorySessions implements Sessions {
  private final List<End> ends = new ArrayList<>();
  private Optional<Secret> known = Optional.empty();

  @Override
  public synchronized Secret key(Secret fresh, Instant at) {
    known = known.or(() -> Optional.of(fresh));
    return known.get();
  }

  @Override
  public synchronized void end(End end) {
    ends.removeIf(each -> each.until().isBefore(end.at()));
    ends.add(end);
    if (ends.size() > MAX_ENDS) {
      ends.removeFirst();
    }
  }

  @Override
  public synchronized List<End> ends(Instant now) {
    return ends.stream().filter(each -> !each.until().isBefore(now)).toList();
  }
}
