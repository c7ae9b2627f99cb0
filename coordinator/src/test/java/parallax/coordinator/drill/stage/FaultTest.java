package parallax.coordinator.drill.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Layer;
import parallax.coordinator.replay.scenario.Token;

/** What people write of faults. */
final class FaultTest {
  @Test
  void aPlaceThatIsHitReachesNothing() throws Fault.Unclear {
    Fault fault = Fault.parse("region=tokyo");
    assertThat(fault.seen()).isEqualTo(new Fault.Seen.Cut());
    assertThat(fault.whom().regions()).containsExactly("tokyo");
    assertThat(fault.share()).isEqualTo(1);
    assertThat(fault.after()).isZero();
    assertThat(fault.length()).isEmpty();
  }

  @Test
  void aTargetThatIsHitCannotBeConnectedTo() throws Fault.Unclear {
    assertThat(Fault.parse("target=shop").seen())
        .isEqualTo(new Fault.Seen.Tokens(List.of(Token.timeout(Layer.TCP))));
  }

  @Test
  void everythingIsTakenAsItIsWritten() throws Fault.Unclear {
    Fault fault =
        Fault.parse(
            "probe=p1, region=tokyo,region=osaka,network=64501,network=AS64502,target=a,"
                + "label=team:web:x,see=tls:expired,see=http:503,share=12.5%,after=90s,for=5m");
    assertThat(fault.whom())
        .isEqualTo(
            new Fault.Whom(
                List.of("tokyo", "osaka"),
                List.of("p1"),
                List.of("AS64501", "AS64502"),
                List.of("a"),
                List.of(Map.entry("team", "web:x"))));
    assertThat(fault.seen())
        .isEqualTo(
            new Fault.Seen.Tokens(
                List.of(
                    Token.of(Layer.TLS, "expired").orElseThrow(),
                    Token.of(Layer.HTTP, "503").orElseThrow())));
    assertThat(fault.share()).isEqualTo(0.125);
    assertThat(fault.after()).isEqualTo(Duration.ofSeconds(90));
    assertThat(fault.length()).isEqualTo(Optional.of(Duration.ofMinutes(5)));
    assertThat(Fault.parse("probe=p1,see=silence").seen()).isEqualTo(new Fault.Seen.Silence());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region|'region' is none of KEY=VALUE",
        "region=|'region=' is none of KEY=VALUE",
        "planet=mars|'planet=mars' is none of KEY=VALUE",
        "see=tcp:timeout|say whom it hits",
        "target=a,see=tcp|'see=tcp:' takes ok, refused, timeout",
        "target=a,see=http:999|'see=http:' takes timeout, reset, a status from 100 to 599",
        "target=a,see=weather:bad|'see' is silence, or LAYER:WORD",
        "target=a,see=tcp:reset,see=tcp:timeout|two things of one layer",
        "target=a,see=silence,see=tcp:reset|what is silent shows nothing else",
        "target=a,share=0%|'share' is more than 0%",
        "target=a,share=101%|'share' is more than 0%",
        "target=a,share=1e2|'share' is more than 0%",
        "target=a,share=1%,share=2%|'share' is said 2 times",
        "target=a,for=13h|'for' is written like",
        "target=a,after=soon|'after' is written like",
        "label=team|a label is written like team:web",
        "network=ASx|a network is written like AS64501",
      })
  void whatIsUnclearIsRefusedInWords(String written, String message) {
    assertThatThrownBy(() -> Fault.parse(written))
        .isInstanceOf(Fault.Unclear.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFaultIsNotEndless() {
    assertThatThrownBy(() -> Fault.parse("target=" + "a".repeat(Fault.MAX_TEXT)))
        .isInstanceOf(Fault.Unclear.class);
    assertThatThrownBy(() -> Fault.parse(" ")).isInstanceOf(Fault.Unclear.class);
  }
}
