package parallax.probe.dns.vantage;

import parallax.config.observation.Finding;

/** One of several resolvers that were asked the same. */
public sealed interface Beside {
  /** As people wrote it, or as it is known. */
  String name();

  /**
   * It was asked.
   *
   * @param standing beside the source and the others
   */
  record Asked(Heard heard, Standing standing) implements Beside {
    @Override
    public String name() {
      return heard.vantage().name();
    }
  }

  /** It was not asked: its own name leads nowhere. */
  record NotFound(String name, Finding why) implements Beside {}
}
