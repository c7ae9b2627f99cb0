package parallax.deploy.endtoend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Stands in for whoever is told. */
public final class Webhook implements AutoCloseable {
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  public Webhook() {
    server.start();
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(204)));
  }

  public String url() {
    return "http://127.0.0.1:" + server.port() + "/hook";
  }

  /** The events told of a target so far, in order: {@code down}, {@code up}. */
  List<String> told(String target) {
    return messages(target).stream().map(body -> body.getString("event")).toList();
  }

  /** What was told of a target so far, in order. */
  public List<JsonObject> messages(String target) {
    return server.findAll(postRequestedFor(anyUrl())).stream()
        .map(request -> new JsonObject(request.getBodyAsString()))
        .filter(body -> target.equals(body.getString("target")))
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }
}
