package parallax.probe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.check.CheckSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.check.packet.Payload;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.target.TargetName;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.Specs;

/** When the way to a target is followed, and with what it is told. */
class TracesTest {
  private static final TargetName SHOP = new TargetName("shop");
  private static final TraceSeen WAY =
      new TraceSeen(
          "192.0.2.1",
          List.of(
              new TraceSeen.Hop(Optional.of("198.51.100.1"), Optional.of(Duration.ofMillis(1)))),
          TraceSeen.End.SILENT);

  private final List<String> followed = new ArrayList<>();
  private final List<Promise<Optional<TraceSeen>>> waiting = new ArrayList<>();
  private long now;
  private final Traces traces = new Traces(this::trace, () -> now);

  private Future<Optional<TraceSeen>> trace(InetAddress to, Optional<Integer> port) {
    followed.add(to.getHostAddress() + port.map(number -> " " + number).orElse(""));
    Promise<Optional<TraceSeen>> promise = Promise.promise();
    waiting.add(promise);
    return promise.future();
  }

  private static final CheckSpec LOOK =
      new TcpSpec(new ServerAddress("shop.example", 25), Naming.SYSTEM, Duration.ofSeconds(1));

  private static CheckResult failed(Reason reason) {
    return CheckResult.failed(
        reason, "", Layer.TCP, Timings.NONE, Facts.NONE.withAddress("192.0.2.1"));
  }

  private Optional<TraceSeen> told(CheckResult result) {
    return traces.told(SHOP, LOOK, result).facts().reach().flatMap(ReachSeen::trace);
  }

  @Test
  void isToldOnceWithTheNextLookThatFails() {
    assertThat(told(failed(Reason.CONNECT_TIMEOUT))).isEmpty();
    assertThat(told(failed(Reason.CONNECT_TIMEOUT))).as("not known yet").isEmpty();
    waiting.getFirst().complete(Optional.of(WAY));
    assertThat(told(CheckResult.up(Layer.HTTP, Timings.NONE, Facts.NONE))).isEmpty();
    assertThat(told(failed(Reason.CONNECTION_REFUSED))).contains(WAY);
    assertThat(told(failed(Reason.CONNECTION_REFUSED))).isEmpty();
    assertThat(followed).containsExactly("192.0.2.1 25");
  }

  @Test
  void isFollowedAgainOnlyAfterAWhile() {
    told(failed(Reason.CONNECT_TIMEOUT));
    waiting.getFirst().complete(Optional.of(WAY));
    now = Traces.AGAIN.toNanos() - 1;
    assertThat(told(failed(Reason.CONNECT_TIMEOUT))).contains(WAY);
    told(failed(Reason.CONNECT_TIMEOUT));
    assertThat(followed).hasSize(1);
    now = Traces.AGAIN.toNanos();
    told(failed(Reason.CONNECT_TIMEOUT));
    assertThat(followed).hasSize(2);
  }

  @Test
  void isNotToldOnceTheTargetWasReached() {
    told(failed(Reason.CONNECT_TIMEOUT));
    waiting.getFirst().complete(Optional.of(WAY));
    Facts there = Facts.NONE.withAddress("192.0.2.1");
    assertThat(told(CheckResult.up(Layer.HTTP, Timings.NONE, there))).isEmpty();
    assertThat(told(failed(Reason.CONNECT_TIMEOUT))).isEmpty();
    assertThat(followed).hasSize(1);
  }

  @Test
  void isFollowedForEachTarget() {
    told(failed(Reason.CONNECT_TIMEOUT));
    traces.told(new TargetName("other"), LOOK, failed(Reason.CONNECT_TIMEOUT));
    assertThat(followed).hasSize(2);
  }

  @Test
  void isTriedAgainWhereThereWasNoRoomForIt() {
    told(failed(Reason.CONNECT_TIMEOUT));
    waiting.getFirst().complete(Optional.empty());
    told(failed(Reason.CONNECT_TIMEOUT));
    assertThat(followed).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"HTTP_STATUS", "TLS_TIMEOUT", "NXDOMAIN", "PROBE_NO_ROUTE", "ECHO_SLOW"})
  void isNotFollowedWhereTheServerIsReached(Reason reason) {
    told(failed(reason));
    assertThat(followed).isEmpty();
  }

  @Test
  void isFollowedToOneOfSeveralAddresses() {
    CheckResult one = failed(Reason.CONNECT_TIMEOUT);
    told(
        new CheckResult(
            one.layer(),
            new Outcome.Degraded(new Finding(Reason.CONNECT_TIMEOUT, "1 of 2 addresses")),
            one.timings(),
            one.facts()));
    assertThat(followed).containsExactly("192.0.2.1 25");
  }

  static List<Arguments> looks() {
    Duration time = Duration.ofSeconds(1);
    Naming naming = Naming.SYSTEM;
    return List.of(
        Arguments.of(Specs.get("http://shop.example/"), "192.0.2.1 80"),
        Arguments.of(Specs.get("https://shop.example/"), "192.0.2.1 443"),
        Arguments.of(Specs.get("https://shop.example:8443/"), "192.0.2.1 8443"),
        Arguments.of(
            new CheckSpec.PacketSpec.Datagram(
                new ServerAddress("shop.example", 53),
                Payload.USUAL,
                Optional.empty(),
                naming,
                time),
            "192.0.2.1"));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void isFollowedToThePortThatTheLookConnectsTo(CheckSpec look, String to) {
    CheckResult _ = traces.told(SHOP, look, failed(Reason.CONNECT_TIMEOUT));
    assertThat(followed).containsExactly(to);
  }

  @Test
  void isWaitedForWhereOneLookIsAllThereIs() {
    Future<CheckResult> result = Traces.now(this::trace, LOOK, failed(Reason.HOST_UNREACHABLE));
    assertThat(result.isComplete()).isFalse();
    waiting.getFirst().complete(Optional.of(WAY));
    assertThat(result.result().facts().reach().flatMap(ReachSeen::trace)).contains(WAY);
    CheckResult fine = CheckResult.up(Layer.TCP, Timings.NONE, Facts.NONE);
    assertThat(Traces.now(this::trace, LOOK, fine).result()).isSameAs(fine);
  }
}
