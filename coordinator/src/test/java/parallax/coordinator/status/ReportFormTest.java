package parallax.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.coordinator.report.UserReport;

/** "Down for me" by the form of the page. */
final class ReportFormTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir Path folder;

  private Listeners listeners;

  @BeforeEach
  void start() {
    listeners = new Listeners(folder);
  }

  @AfterEach
  void stop() {
    listeners.close();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private List<UserReport> reports() {
    return listeners
        .store
        .reports()
        .reports(Scene.NOON.minusSeconds(60), Scene.NOON.plusSeconds(60));
  }

  @Test
  void aFormTellsThatSomethingIsDownOnceAQuarterOfAnHour() {
    String body = "service=Shop+%26+more&text=white+%3Cb%3E+page&lang=ja";
    HttpResponse<String> thanks = listeners.web.postAs(FORM, "/status/report", body);
    assertThat(thanks.statusCode()).isEqualTo(201);
    assertThat(thanks.body()).contains("受け付けました");
    assertThat(reports()).hasSize(1);
    assertThat(reports().getFirst().target().value()).isEqualTo("shop-internal");
    assertThat(reports().getFirst().text()).isEqualTo("white <b> page");
    HttpResponse<String> again = listeners.inside.postAs(FORM, "/status/report", body);
    assertThat(again.statusCode()).isEqualTo(429);
    assertThat(header(again, "Retry-After")).isNotEmpty();
    assertThat(reports()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "service=hidden, 404",
    "service=, 404",
    "text=x, 404",
  })
  void aFormAboutNothingPublicIsRefused(String body, int status) {
    assertThat(listeners.web.postAs(FORM, "/status/report", body).statusCode()).isEqualTo(status);
    assertThat(reports()).isEmpty();
  }

  @Test
  void aFormOfAnotherPageOrOfAnotherKindIsRefused() {
    String body = "service=Blog";
    assertThat(
            listeners
                .web
                .postAs(FORM, "/status/report", body, "Origin", "https://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(listeners.web.postAs("application/json", "/status/report", "{}").statusCode())
        .isEqualTo(415);
    assertThat(listeners.web.get("/status/report").statusCode()).isEqualTo(405);
    assertThat(listeners.web.postAs(FORM, "/status", body).statusCode()).isEqualTo(405);
    assertThat(
            listeners.web.postAs(FORM, "/status/report", "text=" + "x".repeat(20_000)).statusCode())
        .isEqualTo(413);
    assertThat(reports()).isEmpty();
  }

  @Test
  void whereReportsAreNotPublicTheFormIsClosed() {
    listeners.scene.get().closedToReports();
    assertThat(listeners.web.postAs(FORM, "/status/report", "service=Blog").statusCode())
        .isEqualTo(403);
    assertThat(reports()).isEmpty();
  }
}
