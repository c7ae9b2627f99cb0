package parallax.probe.each;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.CheckResult;

/** What looks at several addresses mean together. */
class TogetherTest {
  private static final Duration NAMES = Duration.ofMillis(7);

  private static Together.Seen up(String where, int millis) {
    Timings timings = Timings.NONE.plus(Phase.CONNECT, Duration.ofMillis(millis));
    return new Together.Seen(
        where, CheckResult.up(Layer.HTTP, timings, Facts.NONE.withAddress(where)));
  }

  private static Together.Seen failed(String where, Reason reason) {
    return new Together.Seen(
        where, CheckResult.failed(reason, "", Layer.TCP, Timings.NONE, Facts.NONE));
  }

  private static Together.Seen slow(String where) {
    return new Together.Seen(
        where,
        new CheckResult(
            Layer.HTTP,
            new Outcome.Degraded(Finding.of(Reason.HTTP_SLOW)),
            Timings.NONE,
            Facts.NONE));
  }

  private static CheckResult of(Together.Seen... seen) {
    return Together.of(List.of(seen), NAMES, List.of());
  }

  private static String words(CheckResult result) {
    return result.outcome().why().map(Finding::words).orElse("");
  }

  @Test
  void theSlowestOfThoseThatAreUpTellsTheTimes() {
    CheckResult result = of(up("192.0.2.1", 5), up("192.0.2.2", 90), up("192.0.2.3", 6));
    assertThat(result.outcome()).isEqualTo(Outcome.up());
    assertThat(result.facts().address()).contains("192.0.2.2");
    assertThat(result.timings().of(Phase.CONNECT)).contains(Duration.ofMillis(90));
    assertThat(result.timings().of(Phase.RESOLVE)).contains(NAMES);
  }

  @Test
  void whatIsOurOwnTroubleCountsForNothing() {
    assertThat(of(up("192.0.2.1", 5), failed("2001:db8::1", Reason.PROBE_NO_ROUTE)).outcome())
        .isEqualTo(Outcome.up());
    assertThat(
            of(
                    failed("192.0.2.1", Reason.CONNECT_TIMEOUT),
                    failed("2001:db8::1", Reason.PROBE_NO_ROUTE))
                .outcome())
        .isInstanceOf(Outcome.Down.class);
    assertThat(
            of(
                    failed("192.0.2.1", Reason.PROBE_OVERLOADED),
                    failed("2001:db8::1", Reason.PROBE_NO_ROUTE))
                .outcome())
        .isInstanceOf(Outcome.Inconclusive.class);
  }

  @Test
  void oneThatIsSlowMakesItDegraded() {
    CheckResult result = of(up("192.0.2.1", 5), slow("192.0.2.2"));
    assertThat(result.outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(words(result)).endsWith("1 of 2 addresses: 192.0.2.2: slower than allowed");
    CheckResult worse =
        of(failed("192.0.2.1", Reason.CONNECT_TIMEOUT), slow("192.0.2.2"), up("192.0.2.3", 1));
    assertThat(worse.outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(words(worse))
        .isEqualTo("connect timeout: 1 of 3 addresses: 192.0.2.1: connect timeout");
  }

  @Test
  void aFamilyWhoseAddressesNobodyTellsIsNamed() {
    CheckResult result = of(up("192.0.2.1", 5), failed("IPv6", Reason.SERVFAIL));
    assertThat(result.outcome()).isInstanceOf(Outcome.Degraded.class);
    assertThat(result.layer()).isEqualTo(Layer.DNS);
    assertThat(words(result)).isEqualTo("SERVFAIL: 1 of 2 addresses: IPv6: SERVFAIL");
  }

  @Test
  void ofASingleOneNothingIsCounted() {
    CheckResult result = of(failed("192.0.2.1", Reason.CONNECTION_REFUSED));
    assertThat(words(result)).isEqualTo("connection refused");
    assertThat(result.facts().parts()).isEmpty();
  }
}
