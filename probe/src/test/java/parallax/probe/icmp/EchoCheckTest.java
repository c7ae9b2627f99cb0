package parallax.probe.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckSpec.PacketSpec.Echo;
import parallax.config.check.Naming;
import parallax.config.check.packet.EchoLimits;
import parallax.config.check.packet.Echoes;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.config.observation.seen.ReachSeen.RoundTrips;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;

class EchoCheckTest {
  private static final Echoes THREE =
      new Echoes(3, Duration.ofMillis(20), 56, Optional.empty(), false);

  private LoopbackProbe probe = LoopbackProbe.ofOperator(Map.of());

  @BeforeEach
  void needsIcmp() {
    CheckResult first = run("127.0.0.1", THREE, EchoLimits.DEFAULT);
    boolean allowed =
        first
            .outcome()
            .why()
            .map(Finding::reason)
            .filter(Reason.PROBE_NOT_CONFIGURED::equals)
            .isEmpty();
    assumeFalse(!allowed, "nobody may send echoes here");
  }

  @AfterEach
  void close() {
    probe.close();
  }

  private CheckResult run(String host, Echoes echoes, EchoLimits limits) {
    return probe.run(new Echo(host, echoes, limits, Naming.SYSTEM, Duration.ofSeconds(5)));
  }

  private static EchoesSeen echoes(CheckResult result) {
    return result.facts().reach().flatMap(ReachSeen::echoes).orElseThrow();
  }

  @Test
  void tellsRepliesAndTheirTimes() {
    CheckResult result = run("127.0.0.1", THREE, EchoLimits.DEFAULT);
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    assertThat(result.layer()).isEqualTo(Layer.TCP);
    assertThat(result.facts().address()).contains("127.0.0.1");
    EchoesSeen seen = echoes(result);
    assertThat(seen.sent()).isEqualTo(3);
    assertThat(seen.received()).isEqualTo(3);
    RoundTrips times = seen.roundTrips().orElseThrow();
    assertThat(times.shortest()).isPositive();
    assertThat(result.timings().of(Phase.CONNECT)).contains(times.average());
    assertThat(times.average()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void speaksIpv6() {
    CheckResult result = run("::1", THREE, EchoLimits.DEFAULT);
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    assertThat(echoes(result).received()).isEqualTo(3);
  }

  @Test
  void sendsTheLargestAndTheSmallest() {
    for (int size : List.of(0, Echoes.MAX_SIZE)) {
      Echoes one = new Echoes(1, Duration.ZERO, size, Optional.of(1), true);
      assertThat(run("127.0.0.1", one, EchoLimits.DEFAULT).outcome()).isEqualTo(Outcome.up());
    }
  }

  @Test
  void isDegradedAndDownWhereRepliesTakeLongerThanAllowed() {
    EchoLimits warn = new EchoLimits(50, 100, Optional.of(Duration.ofNanos(1)), Optional.empty());
    Outcome outcome = run("127.0.0.1", THREE, warn).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Degraded.class);
    assertThat(outcome.why().map(Finding::reason)).contains(Reason.ECHO_SLOW);
    EchoLimits fail = new EchoLimits(50, 100, Optional.empty(), Optional.of(Duration.ofNanos(1)));
    assertThat(run("127.0.0.1", THREE, fail).outcome()).isInstanceOf(Outcome.Down.class);
  }

  @Test
  void tellsTheEchoesOfManyTargetsApart() {
    List<CheckResult> all =
        IntStream.rangeClosed(1, 200)
            .mapToObj(
                host ->
                    probe.start(
                        new Echo(
                            "127.0.0." + host,
                            THREE,
                            EchoLimits.DEFAULT,
                            Naming.SYSTEM,
                            Duration.ofSeconds(10))))
            .toList()
            .stream()
            .map(started -> started.toCompletionStage().toCompletableFuture().join())
            .toList();
    assertThat(all).allMatch(result -> result.outcome().equals(Outcome.up()));
    assertThat(all.stream().map(result -> result.facts().address().orElseThrow()).distinct())
        .hasSize(200);
    assertThat(all).allMatch(result -> echoes(result).received() == 3);
  }
}
