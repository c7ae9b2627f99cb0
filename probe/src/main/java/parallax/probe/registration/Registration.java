package parallax.probe.registration;

/**
 * What one answer of a registry says of one name. Only {@link Registered} and {@link NotRegistered}
 * are knowledge; the others leave what was known before as it was, and none of them ever stands for
 * "expired".
 */
public sealed interface Registration {
  /** The registry holds an entry of it. */
  record Registered(RegistrationFacts facts) implements Registration {}

  /**
   * The registry says that it holds none: the name is free, or never to be had.
   *
   * @param words of the registry, at most {@link Limits#MAX_TEXT_CHARS}
   */
  record NotRegistered(String words) implements Registration {}

  /** The registry refuses to answer so often, or so many. */
  record RateLimited(String words) implements Registration {}

  /** There is an answer, and what it says of the name cannot be told. */
  record NotParsed(String reason) implements Registration {}

  /** There is no answer, or one that says that there is none today. */
  record Unavailable(String reason) implements Registration {}
}
