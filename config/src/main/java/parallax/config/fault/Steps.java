package parallax.config.fault;

/**
 * Is told of the steps that must not lose or double anything when the process dies between two of
 * them. In operation nobody listens; a fault campaign ends the process at a step of its choice.
 */
@FunctionalInterface
public interface Steps {
  /** Nobody listens. */
  Steps UNWATCHED = _ -> {};

  /**
   * A step is done, and the next has not begun. May never return.
   *
   * @param step such as {@code probe.appended}; each stands in one place of the code
   */
  void passed(String step);
}
