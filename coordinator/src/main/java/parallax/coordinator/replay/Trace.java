package parallax.coordinator.replay;

import parallax.coordinator.core.effect.Effect;

/** Is told of what the core wants done, as it happens. */
@FunctionalInterface
public interface Trace {
  /** Is told of nothing it remembers. */
  Trace NONE = (_, _) -> {};

  void effect(long atMs, Effect effect);
}
