package parallax.probe.registration.lookup.line;

/** Why a server gave no answer, in words; without a trace, since it is no bug. */
public final class Unreached extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unreached(String words) {
    super(words, null, false, false);
  }

  /** What {@code failure} of a question to {@code host} is told as. */
  public static String words(String host, Throwable failure) {
    return failure instanceof Unreached
        ? String.valueOf(failure.getMessage())
        : host + ": " + failure.getClass().getSimpleName();
  }
}
