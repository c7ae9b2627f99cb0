package parallax.probe.bgp.visibility;

/** How far a prefix is seen. */
public enum Reach {
  /** Too few peers are known to have it to say anything. */
  LEARNING,
  VISIBLE,
  /** Some have lost it. */
  PARTIAL,
  /** As good as nobody has it, and nothing covers it. */
  WITHDRAWN,
  /** As good as nobody has it; its addresses are covered by a less specific one. */
  FALLBACK,
  /** More than half have it again. */
  RECOVERING,
  /** What is missing is missing at one collector: its trouble, not that of the prefix. */
  LOCAL_COLLECTOR,
  /** Nothing is heard. Not a word about the prefix. */
  BLIND
}
