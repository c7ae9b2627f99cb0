package parallax.probe.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.target.TargetName;

final class RetellingTest {
  private static final TargetName SHOP = new TargetName("shop");

  private final AtomicLong nanos = new AtomicLong(5);
  private final Retelling retelling = new Retelling(nanos::get);

  private static Facts chain(String fault) {
    return Facts.NONE
        .withAddress("192.0.2.1")
        .withChain(new ChainSeen(List.of(), 0, Optional.of(fault)));
  }

  private static Facts walk(int millis) {
    WalkSeen.Server server =
        new WalkSeen.Server(
            "a.", "192.0.2.1", WalkSeen.Answer.SERVES, "yes", Duration.ofMillis(millis));
    WalkSeen.Step step = new WalkSeen.Step(".", List.of(server), 0);
    return Facts.NONE.withWalk(new WalkSeen("x.", List.of(step), Optional.empty(), millis));
  }

  private Facts told(TargetName target, CheckKind check, Facts facts) {
    CheckResult result = CheckResult.up(Layer.TLS, Timings.NONE, facts);
    return retelling.told(target, check, result).facts();
  }

  @Test
  void whatStaysAsItIsIsToldAgainOnlyAfterAWhile() {
    assertThat(told(SHOP, CheckKind.TLS, chain("a")).chain()).isPresent();
    Facts second = told(SHOP, CheckKind.TLS, chain("a"));
    assertThat(second.chain()).isEmpty();
    assertThat(second.address()).contains("192.0.2.1");
    nanos.addAndGet(Retelling.AGAIN.toNanos() - 1);
    assertThat(told(SHOP, CheckKind.TLS, chain("a")).chain()).isEmpty();
    nanos.addAndGet(1);
    assertThat(told(SHOP, CheckKind.TLS, chain("a")).chain()).isPresent();
  }

  @Test
  void whatChangesIsToldAtOnce() {
    assertThat(told(SHOP, CheckKind.TLS, chain("a")).chain()).isPresent();
    assertThat(told(SHOP, CheckKind.TLS, chain("b")).chain()).isPresent();
    assertThat(told(SHOP, CheckKind.TLS, chain("a")).chain()).isPresent();
  }

  @Test
  void howLongAWalkTookIsNoChange() {
    assertThat(told(SHOP, CheckKind.DELEGATION, walk(5)).walk()).isPresent();
    assertThat(told(SHOP, CheckKind.DELEGATION, walk(9)).walk()).isEmpty();
  }

  @Test
  void eachCheckOfEachTargetIsToldForItself() {
    assertThat(told(SHOP, CheckKind.TLS, chain("a")).chain()).isPresent();
    assertThat(told(SHOP, CheckKind.HTTP, chain("a")).chain()).isPresent();
    assertThat(told(new TargetName("wiki"), CheckKind.TLS, chain("a")).chain()).isPresent();
  }

  @Test
  void aResultWithoutEitherIsLeftAsItIs() {
    CheckResult plain = CheckResult.up(Layer.TCP, Timings.NONE, Facts.NONE);
    assertThat(retelling.told(SHOP, CheckKind.TCP, plain)).isSameAs(plain);
  }
}
