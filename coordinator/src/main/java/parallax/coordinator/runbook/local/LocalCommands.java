package parallax.coordinator.runbook.local;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The commands that this machine allows; whatever is not among them is refused. */
public final class LocalCommands {
  /** None at all. */
  public static final LocalCommands NONE = new LocalCommands(List.of());

  private final SortedMap<String, LocalCommand> byName;

  /** These, of which each name counts once: the last one. */
  public LocalCommands(Collection<LocalCommand> commands) {
    SortedMap<String, LocalCommand> all = new TreeMap<>();
    commands.forEach(command -> all.put(command.name(), command));
    byName = Collections.unmodifiableSortedMap(all);
  }

  public Optional<LocalCommand> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public int size() {
    return byName.size();
  }
}
