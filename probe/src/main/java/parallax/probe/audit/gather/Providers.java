package parallax.probe.audit.gather;

import java.util.Optional;

/** Knows the common providers and the users' own. */
public interface Providers {
  /**
   * Who stands behind a canonical name or the name of a name server.
   *
   * @param name in lower case, without the last dot
   */
  Optional<String> ofName(String name);

  /** Whose autonomous system it is. */
  Optional<String> ofSystem(long number);
}
