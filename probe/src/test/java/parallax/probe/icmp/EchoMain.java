package parallax.probe.icmp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.check.Naming;
import parallax.config.check.PacketSpec.Echo;
import parallax.config.check.PacketSpec.EchoLimits;
import parallax.config.check.PacketSpec.Echoes;
import parallax.config.observation.Finding;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;

/** One look by itself, for namespaces: prints what it saw. */
final class EchoMain {
  private EchoMain() {}

  /** HOST COUNT INTERVAL-MS LOSS-WARN LOSS-FAIL SIZE [TTL]. */
  public static void main(String[] arguments) {
    int[] numbers = new int[arguments.length];
    for (int index = 1; index < arguments.length; index++) {
      numbers[index] = Integer.parseInt(arguments[index]);
    }
    Echo spec =
        new Echo(
            arguments[0],
            new Echoes(
                numbers[1],
                Duration.ofMillis(numbers[2]),
                numbers[5],
                arguments.length > 6 ? Optional.of(numbers[6]) : Optional.empty(),
                false),
            new EchoLimits(numbers[3], numbers[4], Optional.empty(), Optional.empty()),
            Naming.SYSTEM,
            Duration.ofSeconds(6));
    try (LoopbackProbe probe = LoopbackProbe.ofOperator(Map.of())) {
      CheckResult result = probe.run(spec);
      System.out.println(words(result));
    }
    System.exit(0);
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
