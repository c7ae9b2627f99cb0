package parallax.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.TlsPolicy;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.deploy.command.ExitCode;
import parallax.deploy.terminal.Style;
import parallax.probe.check.CheckResult;

final class CheckReportTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Timings TIMINGS =
      new Timings(
          Map.of(
              Phase.RESOLVE, Duration.ofMillis(10),
              Phase.CONNECT, Duration.ofMillis(20),
              Phase.TLS, Duration.ofMillis(30),
              Phase.FIRST_BYTE, Duration.ofMillis(40)));
  private static final Facts FACTS =
      Facts.NONE
          .withAddress("192.0.2.10")
          .withTls("TLSv1.3", Optional.of(Instant.parse("2026-12-01T00:00:00Z")))
          .withHttp(200, "2")
          .withBodyBytes(1256);

  @Test
  void everyLayerOfASuccessIsUpAndTheWaterfallStepsDown() {
    CheckReport report = report(CheckResult.up(Layer.CONTENT, TIMINGS, FACTS));
    assertThat(report.lines(Style.PLAIN))
        .containsExactly(
            "https://shop.example.com/",
            "DNS      ✔                                                      10.0 ms  ███",
            "TCP      ✔ 192.0.2.10                                           20.0 ms     ██████",
            "TLS      ✔ TLSv1.3, certificate until 2026-12-01 (9 days)       30.0 ms          "
                + " █████████",
            "HTTP     ✔ status 200, HTTP/2                                   40.0 ms               "
                + "     ████████████",
            "CONTENT  ✔ 1,256 bytes",
            "UP after 100 ms");
    assertThat(report.exitCode()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void whatComesAfterAFailureWasNotReached() {
    CheckReport report =
        report(
            CheckResult.failed(
                Reason.CONNECTION_REFUSED, "192.0.2.10:443", Layer.TCP, TIMINGS, Facts.NONE));
    assertThat(report.rows())
        .extracting(LayerRow::state)
        .containsExactly(
            LayerRow.State.UP,
            LayerRow.State.DOWN,
            LayerRow.State.SKIPPED,
            LayerRow.State.SKIPPED,
            LayerRow.State.SKIPPED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(report.json().encode())
        .contains("\"reason\":\"connection refused\"", "\"code\":\"CONNECTION_REFUSED\"")
        .contains("{\"layer\":\"TLS\",\"state\":\"skipped\"}");
  }

  @Test
  void ownTroubleIsNoAnswer() {
    CheckReport report =
        report(CheckResult.failed(Reason.PROBE_NO_ROUTE, "", Layer.TCP, Timings.NONE, Facts.NONE));
    assertThat(report.exitCode()).isEqualTo(ExitCode.COULD_NOT_RUN);
    assertThat(report.lines(Style.PLAIN).getLast()).startsWith("UNKNOWN: probe has no route");
  }

  private static CheckReport report(CheckResult result) {
    HttpSpec spec =
        new HttpSpec(
            URI.create("https://shop.example.com/"),
            "GET",
            List.of(),
            Optional.empty(),
            HttpExpect.DEFAULT,
            new HttpCredentials.None(),
            HttpSpec.Version.ANY,
            HttpSpec.DEFAULT_REDIRECTS,
            TlsPolicy.DEFAULT,
            Optional.empty(),
            Naming.SYSTEM,
            Duration.ofSeconds(10));
    return new CheckReport(
        spec.url().toString(),
        Stack.rows(spec, result, NOW),
        List.of(),
        result.outcome(),
        Duration.ofMillis(100));
  }
}
