package parallax.probe.service.talk;

/** The inside of a message whose length is known: there, too little is garbage. */
public final class Body {
  private Body() {}

  /** Reads a message. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Heard body) throws NotYet, Unfit;
  }

  /**
   * Reads {@code bytes} with {@code reader}.
   *
   * @throws Unfit when they end too early
   */
  public static <T> T of(byte[] bytes, Reader<T> reader) throws Unfit {
    try {
      return reader.read(new Heard(bytes));
    } catch (NotYet tooShort) {
      throw Unfit.garbage("a message that ends too early: " + Quote.of(bytes));
    }
  }
}
