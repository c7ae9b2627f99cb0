package parallax.deploy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NotifyCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final WireMockServer receiver =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() throws IOException {
    receiver.start();
    Path secret = folder.resolve("slack-url");
    Files.writeString(secret, receiver.baseUrl() + "/slack");
    Files.writeString(
        folder.resolve("a.yaml"),
        """
        targets: [https://example.com/]
        receivers:
          - {name: hook, webhook: {url: "%s/hook"}}
          - {name: ops, slack: {webhook: "${file:%s}"}}
        """
            .formatted(receiver.baseUrl(), secret));
  }

  @AfterEach
  void stop() {
    receiver.stop();
  }

  private int run(String... arguments) {
    return ParallaxMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private void answer(String path, int status) {
    receiver.stubFor(post(urlEqualTo(path)).willReturn(aResponse().withStatus(status)));
  }

  @Test
  void aWebhookIsToldThatItIsATest() {
    answer("/hook", 204);
    assertThat(run("notify", "test", "hook", "--config", folder.toString())).isZero();
    assertThat(out).hasToString("hook: delivered" + System.lineSeparator());
    receiver.verify(
        1,
        postRequestedFor(urlEqualTo("/hook"))
            .withRequestBody(matchingJsonPath("$.event", equalTo("test"))));
  }

  @Test
  void whyItDidNotArriveIsSaidWithoutTheSecret() {
    answer("/slack", 404);
    assertThat(run("notify", "test", "ops", "--config", folder.toString(), "--language", "ja"))
        .isEqualTo(1);
    assertThat(out.toString()).startsWith("ops: refused: ").doesNotContain("/slack");
  }

  @Test
  void aNameOfNobodyIsAMistakeOfTheCommandLine() {
    assertThat(run("notify", "test", "desk", "--config", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("there is no receiver 'desk', there are: hook, ops");
    assertThat(receiver.getAllServeEvents()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slack: {token: '${file:SECRET}', channel: C1, api: 'BASE/api'} | /api/chat.postMessage",
        "alertmanager: {url: 'BASE/am'} | /am/api/v2/alerts",
        "pagerduty: {routing_key: '${file:SECRET}', url: 'BASE'} | /v2/enqueue",
        "teams: {webhook: '${file:HOOK}'} | /secret",
        "telegram: {token: '${file:SECRET}', chat: -1, url: BASE} | /botvery-secret/sendMessage",
        "discord: {webhook: '${file:HOOK}'} | /secret?wait=true",
        "ntfy: {topic: '${file:SECRET}', url: BASE} | /"
      })
  void everyKindOfReceiverCanBeTried(String kind, String path) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "very-secret");
    Path hook = Files.writeString(folder.resolve("hook"), receiver.baseUrl() + "/secret");
    Path yaml =
        Files.writeString(
            folder.resolve("b.yaml"),
            "receivers: [{name: it, language: ja, "
                + kind.replace("SECRET", secret.toString())
                    .replace("HOOK", hook.toString())
                    .replace("BASE", receiver.baseUrl())
                + "}]");
    receiver.stubFor(
        post(urlEqualTo(path))
            .willReturn(aResponse().withBody("{\"ok\":true,\"id\":\"1\",\"result\":{}}")));
    int status = run("notify", "test", "it", "--config", yaml.toString());
    assertThat(out).hasToString("it: delivered" + System.lineSeparator());
    assertThat(status).isZero();
    assertThat(receiver.findAll(postRequestedFor(urlEqualTo(path))))
        .hasSize(1)
        .allSatisfy(
            request -> assertThat(request.getBodyAsString()).containsPattern("[\\p{IsHiragana}]"));
    assertThat(err.toString()).doesNotContain("very-secret");
  }
}
