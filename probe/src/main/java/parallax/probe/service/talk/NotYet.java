package parallax.probe.service.talk;

/** More must be heard before a step can be made. Not a failure: it is caught where bytes arrive. */
public final class NotYet extends Exception {
  private static final long serialVersionUID = 1L;

  NotYet() {
    super("more bytes are needed", null, false, false);
  }
}
