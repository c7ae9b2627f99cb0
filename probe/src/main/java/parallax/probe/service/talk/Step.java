package parallax.probe.service.talk;

/** What a dialogue does with what it hears. */
@FunctionalInterface
public interface Step {
  /**
   * Takes from {@code heard} what belongs to one answer, and says what comes next. Called again,
   * from the start of the answer, when there was not enough.
   *
   * @throws NotYet when there is not enough
   * @throws Unfit when the dialogue ends here, and badly
   */
  Move hear(Heard heard) throws NotYet, Unfit;
}
