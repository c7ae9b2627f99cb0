package parallax.probe.registration.status;

/** Who put a name into a state. */
public enum Actor {
  REGISTRY,
  REGISTRAR,
  /** Time alone: the life cycle of a registration. */
  LIFE_CYCLE,
  UNKNOWN
}
