package parallax.coordinator.oidc;

/** Something that was asked for elsewhere. */
public sealed interface Found<T> {
  /** It is there. */
  record Good<T>(T value) implements Found<T> {}

  /**
   * It is not.
   *
   * @param kind whose fault it is
   * @param why in words, without secrets
   */
  record Bad<T>(Kind kind, String why) implements Found<T> {
    /** The same where something else was asked for. */
    <S> Found<S> of() {
      return new Bad<>(kind, why);
    }
  }

  /** Whose fault something is. */
  enum Kind {
    /** The provider does not answer, or not as it should. */
    PROVIDER,
    /** What was brought is not to be believed. */
    BROUGHT
  }

  static <T> Found<T> provider(String why) {
    return new Bad<>(Kind.PROVIDER, why);
  }

  static <T> Found<T> brought(String why) {
    return new Bad<>(Kind.BROUGHT, why);
  }
}
