package parallax.probe.dns.vantage;

import java.util.Optional;
import java.util.OptionalLong;
import org.xbill.DNS.Rcode;
import parallax.probe.dns.vantage.Heard.Answered;

/**
 * How old the picture is that a resolver has of a zone. Of an answer that is not the source's it
 * tells whether it is of the past, as caches are allowed, or of somebody else's making. Pure.
 */
final class Pictures {
  private Pictures() {}

  /** Whether it may be that the resolver only repeats what was. */
  static boolean mayBeOld(Standing standing) {
    return switch (standing.state()) {
      case RESOLVER_DIFFERS -> true;
      // An address that leads nowhere may have been what the name had.
      case RESOLVER_BLOCKED -> standing.hints().stream().noneMatch(ExtendedError::isBlocking);
      case AGREES, CACHED, RESOLVER_SERVFAIL, RESOLVER_STALE, RESOLVER_DOWN, NOT_TESTED -> false;
    };
  }

  /**
   * {@code differs}, or CACHED where {@code soa} shows that the resolver's picture is an older one.
   *
   * @param soa what the resolver answered when asked for the zone's version
   */
  static Standing aged(Standing differs, Heard soa, Source source) {
    if (!(soa instanceof Answered version)) {
      return differs;
    }
    OptionalLong theirs = version.said().serial();
    OptionalLong newest = source.version().map(Said::serial).orElse(OptionalLong.empty());
    if (theirs.isEmpty()) {
      return differs;
    }
    boolean gone =
        source.answer().map(Said::rcode).filter(code -> code == Rcode.NXDOMAIN).isPresent();
    Optional<String> why =
        newest.isPresent()
            ? older(theirs.getAsLong(), newest.getAsLong())
            : Optional.of("a zone that is not delegated any more").filter(_ -> gone);
    return why.map(
            words ->
                new Standing(
                    differs.vantage(),
                    Standing.State.CACHED,
                    "from its cache, of " + words,
                    differs.hints()))
        .orElse(differs);
  }

  private static Optional<String> older(long theirs, long newest) {
    return Said.isOlder(theirs, newest)
        ? Optional.of("version " + theirs + " of the zone, now " + newest)
        : Optional.empty();
  }
}
