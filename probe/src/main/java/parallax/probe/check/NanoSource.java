package parallax.probe.check;

/** A monotonic clock, for measuring; see {@link System#nanoTime()}. */
@FunctionalInterface
public interface NanoSource {
  /** Nanoseconds since an arbitrary origin. */
  long nanos();
}
