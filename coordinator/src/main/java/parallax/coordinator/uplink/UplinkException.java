package parallax.coordinator.uplink;

/** The uplink cannot listen: the port is taken, or a certificate or key cannot be used. */
public final class UplinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UplinkException(String what, Throwable cause) {
    super(what, cause);
  }
}
