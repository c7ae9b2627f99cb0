package parallax.probe.service.socket;

import parallax.probe.service.talk.Unfit;

/**
 * Where the bytes of a server come from.
 *
 * @param <X> how it says that there are not enough of them
 */
public interface Source<X extends Exception> {
  /** Exactly so many bytes. */
  byte[] take(int count) throws X, Unfit;

  /** The next line without its end, as ISO 8859-1 has it. */
  String line() throws X, Unfit;
}
