package parallax.coordinator.metrics.kept;

import java.util.ArrayList;
import java.util.List;
import parallax.config.target.TargetName;
import parallax.coordinator.view.TargetView;

/** The lines of all targets from one page to the next. Used by any thread. */
public final class KeptTargets {
  /** Of more targets than this, the lines are made again for each page; about 1 KiB of each. */
  static final int MAX_KEPT = 50_000;

  /** By name, as the targets of a page are. */
  private volatile List<KeptLines> last = List.of();

  /** A target of a page, and what was written of it before. */
  public record Told(TargetView view, KeptLines lines) {}

  /** The targets of a page, which are sorted by name; what is kept of others is forgotten. */
  public List<Told> of(List<TargetView> targets) {
    List<KeptLines> known = last;
    List<Told> told = new ArrayList<>(targets.size());
    List<KeptLines> kept = new ArrayList<>(Math.min(targets.size(), MAX_KEPT));
    int at = 0;
    for (TargetView view : targets) {
      TargetName name = view.target().name();
      while (at < known.size() && known.get(at).name().compareTo(name) < 0) {
        at++;
      }
      KeptLines lines =
          at < known.size() && known.get(at).name().equals(name)
              ? known.get(at)
              : new KeptLines(name);
      told.add(new Told(view, lines));
      if (kept.size() < MAX_KEPT) {
        kept.add(lines);
      }
    }
    last = kept;
    return told;
  }
}
