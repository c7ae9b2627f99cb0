package parallax.coordinator.store;

/** The durable record could not be read or written. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String what) {
    super(what);
  }

  public StoreException(String what, Throwable cause) {
    super(what, cause);
  }
}
