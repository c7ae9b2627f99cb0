package parallax.deploy.check;

import java.util.Optional;
import parallax.config.observation.seen.ReachSeen;
import parallax.deploy.terminal.Times;

/** What packets told, in words. */
final class ReachWords {
  private ReachWords() {}

  /** After an address. */
  static Optional<String> echoes(ReachSeen reach) {
    return reach
        .echoes()
        .map(
            seen ->
                ", %d of %d replies".formatted(seen.received(), seen.sent())
                    + seen.roundTrips()
                        .map(
                            times ->
                                ", "
                                    + Times.precise(times.shortest())
                                    + " to "
                                    + Times.precise(times.longest()))
                        .orElse(""));
  }

  static Optional<String> clock(ReachSeen reach) {
    return reach
        .clock()
        .map(
            seen ->
                "stratum "
                    + seen.stratum()
                    + (seen.offset().isNegative() ? ", behind by " : ", ahead by ")
                    + Times.precise(seen.offset().abs())
                    + seen.leap().map(words -> ", " + words).orElse(""));
  }
}
