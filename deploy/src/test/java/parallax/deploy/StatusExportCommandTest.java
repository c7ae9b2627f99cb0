package parallax.deploy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code parallax status export} against what a coordinator answers. */
final class StatusExportCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final WireMockServer coordinator =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() {
    coordinator.start();
  }

  @AfterEach
  void stop() {
    coordinator.stop();
  }

  private int run(String... more) {
    List<String> all =
        Stream.concat(
                Stream.of("status", "export", folder.resolve("copy").toString()), Stream.of(more))
            .toList();
    return ParallaxMain.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private int export() {
    return run("--url", coordinator.baseUrl() + "/");
  }

  private void has(int services, Map<String, String> files) {
    JsonArray all = new JsonArray();
    files.forEach((name, body) -> all.add(new JsonObject().put("name", name).put("body", body)));
    answers(
        200,
        new JsonObject()
            .put("at", "2026-03-01T12:00:00Z")
            .put("services", services)
            .put("files", all)
            .encode());
  }

  private void answers(int status, String body) {
    coordinator.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
  }

  private List<String> written() throws IOException {
    Path copy = folder.resolve("copy");
    if (!Files.exists(copy)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(copy)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> copy.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void writesEveryFileAndSaysAsOfWhenItIs() throws IOException {
    has(1, Map.of("index.html", "<p>", "badge/A b.svg", "<svg/>", "badge/30d/A b.svg", "<svg/>"));
    assertThat(export()).isZero();
    assertThat(written()).containsExactly("badge/30d/A b.svg", "badge/A b.svg", "index.html");
    assertThat(Files.readString(folder.resolve("copy/index.html"))).isEqualTo("<p>");
    assertThat(out.toString()).contains("3 files, as of 2026-03-01T12:00:00Z");
    coordinator.verify(getRequestedFor(urlEqualTo("/public/export.json")));
  }

  @Test
  void badgesOfWhatIsNoLongerPublicGoAndOtherFilesStay() throws IOException {
    has(2, Map.of("badge/A.svg", "a", "badge/B.svg", "b", "index.html", "old"));
    assertThat(export()).isZero();
    Files.writeString(folder.resolve("copy/robots.txt"), "mine");
    Files.writeString(folder.resolve("copy/badge/note.txt"), "mine");
    has(1, Map.of("badge/A.svg", "a", "index.html", "new"));
    assertThat(export()).isZero();
    assertThat(written())
        .containsExactly("badge/A.svg", "badge/note.txt", "index.html", "robots.txt");
    assertThat(Files.readString(folder.resolve("copy/index.html"))).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/etc/x",
        "badge/../../x",
        "a/b.svg",
        ".hidden",
        "badge/.x.svg",
        "",
        "a\nb"
      })
  void aNameThatLeadsElsewhereIsWrittenNowhere(String name) throws IOException {
    has(1, Map.of(name, "x"));
    assertThat(export()).isEqualTo(3);
    assertThat(written()).isEmpty();
    assertThat(err.toString()).contains("not a name of a copy");
  }

  @Test
  void whatWasWrittenStaysWhenNobodyAnswersOrNothingIsPublic() throws IOException {
    has(1, Map.of("index.html", "old"));
    assertThat(export()).isZero();
    answers(503, "{\"detail\": \"no coordinator leads\"}");
    assertThat(export()).isEqualTo(1);
    assertThat(err.toString()).contains("no coordinator leads");
    has(0, Map.of("index.html", "empty"));
    assertThat(export()).isEqualTo(1);
    assertThat(err.toString()).contains("nothing is public");
    String gone = coordinator.baseUrl();
    coordinator.stop();
    assertThat(run("--url", gone)).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("copy/index.html"))).isEqualTo("old");
  }

  @Test
  void whatIsWrongOnTheCommandLineIsSaid() {
    assertThat(run("--url", "nonsense")).isEqualTo(2);
    assertThat(run("--every", "1s")).isEqualTo(2);
    assertThat(run("--every", "soon")).isEqualTo(2);
    assertThat(ParallaxMain.run(new PrintWriter(out, true), new PrintWriter(err, true), "status"))
        .isEqualTo(2);
  }
}
