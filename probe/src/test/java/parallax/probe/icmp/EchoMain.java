package parallax.probe.icmp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.check.CheckSpec.PacketSpec.Echo;
import parallax.config.check.Naming;
import parallax.config.check.packet.EchoLimits;
import parallax.config.check.packet.Echoes;
import parallax.config.observation.Finding;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;

/** One look by itself, for namespaces: prints what it saw. */
final class EchoMain {
  private EchoMain() {}

  /** For each look: HOST COUNT INTERVAL-MS LOSS-WARN LOSS-FAIL SIZE. */
  public static void main(String[] arguments) {
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(Map.of())) {
      for (int first = 0; first < arguments.length; first += 6) {
        System.out.println("look: " + words(probe.run(spec(arguments, first))).strip());
      }
    }
    System.exit(0);
  }

  private static Echo spec(String[] arguments, int first) {
    int[] numbers = new int[6];
    for (int index = 1; index < numbers.length; index++) {
      numbers[index] = Integer.parseInt(arguments[first + index]);
    }
    return new Echo(
        arguments[first],
        new Echoes(numbers[1], Duration.ofMillis(numbers[2]), numbers[5], Optional.empty(), false),
        new EchoLimits(numbers[3], numbers[4], Optional.empty(), Optional.empty()),
        Naming.SYSTEM,
        Duration.ofSeconds(4));
  }

  static String words(CheckResult result) {
    EchoesSeen seen =
        result
            .facts()
            .reach()
            .flatMap(ReachSeen::echoes)
            .orElse(new EchoesSeen(0, 0, Optional.empty()));
    return result.outcome().label()
        + " "
        + result.outcome().why().map(Finding::reason).map(Enum::name).orElse("-")
        + " "
        + seen.received()
        + "/"
        + seen.sent()
        + " "
        + result.outcome().why().stream().map(Finding::detail).collect(Collectors.joining());
  }
}
