package parallax.coordinator.drill.stage;

import java.util.List;
import parallax.coordinator.core.Input;

/** Something that is to happen. */
public record Planned(long atMs, Happening what) {
  /** What happens. */
  public sealed interface Happening {
    /** Something reaches the core. */
    record Arrives(Input input) implements Happening {}

    /** Something is done in the world. */
    record Acts(Act act) implements Happening {}
  }

  /** Something done in the world, and what comes of it. */
  @FunctionalInterface
  public interface Act {
    List<Planned> at(long atMs);
  }

  static Planned arrives(long atMs, Input input) {
    return new Planned(atMs, new Happening.Arrives(input));
  }

  static Planned acts(long atMs, Act act) {
    return new Planned(atMs, new Happening.Acts(act));
  }
}
