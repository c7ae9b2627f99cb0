package parallax.probe.dns.delegation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.seen.WalkSeen;
import parallax.probe.net.AddressText;

/** A walk as people are shown it: every step, with what its servers said. */
public final class WalkShown {
  private static final Comparator<WalkSeen.Server> FAILING_FIRST =
      Comparator.comparingInt((WalkSeen.Server server) -> rank(server.answer()))
          .thenComparing(WalkSeen.Server::name)
          .thenComparing(WalkSeen.Server::address);

  private WalkShown() {}

  /**
   * What is shown.
   *
   * @param outcome what the walk comes to
   */
  public static WalkSeen of(Walk walk, Outcome outcome) {
    return new WalkSeen(
        walk.zone().toString(),
        walk.steps().stream().map(WalkShown::step).toList(),
        fault(walk, outcome),
        walk.queries());
  }

  private static Optional<String> fault(Walk walk, Outcome outcome) {
    Optional<String> found = outcome.why().map(Finding::words);
    return found.or(
        () ->
            walk.bound()
                .map(
                    bound ->
                        switch (bound) {
                          case DEPTH -> "it went too deep";
                          case QUERIES -> "it took too many questions";
                          case TIME -> "it took too long";
                        }));
  }

  private static WalkSeen.Step step(Step step) {
    List<WalkSeen.Server> servers = new ArrayList<>();
    for (Visit visit : step.visits()) {
      servers.add(
          new WalkSeen.Server(
              visit.server().host().toString(),
              AddressText.of(visit.server().address()),
              answer(visit.said()),
              visit.said().words(),
              visit.took()));
    }
    for (Name homeless : step.homeless()) {
      servers.add(
          new WalkSeen.Server(
              homeless.toString(),
              "",
              WalkSeen.Answer.FAILS,
              "its name has no address",
              Duration.ZERO));
    }
    servers.sort(FAILING_FIRST);
    return new WalkSeen.Step(step.zone().toString(), servers, 0);
  }

  private static WalkSeen.Answer answer(Said said) {
    if (said.serves()) {
      return WalkSeen.Answer.SERVES;
    }
    return ServerReasons.isUntold(said) ? WalkSeen.Answer.NOT_ASKED : WalkSeen.Answer.FAILS;
  }

  private static int rank(WalkSeen.Answer answer) {
    return switch (answer) {
      case FAILS -> 0;
      case SERVES -> 1;
      case NOT_ASKED -> 2;
    };
  }
}
