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
  private final String address;
  private final WireMockServer server;

  public Webhook() {
    this("127.0.0.1");
  }

  /** At another of this machine's addresses. */
  public Webhook(String address) {
    this.address = address;
    server = new WireMockServer(options().bindAddress(address).dynamicPort());
    server.start();
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(204)));
  }

  public String url() {
    return "http://" + address + ":" + server.port() + "/hook";
  }

  /** The events told of a target so far, in order: {@code down}, {@code up}. */
  List<String> told(String target) {
    return messages(target).stream().map(body -> body.getString("event")).toList();
  }

  /** What was told of a target so far, in order. */
  public List<JsonObject> messages(String target) {
    return messages().stream().filter(body -> target.equals(body.getString("target"))).toList();
  }

  /** All that was told so far, in order. */
  public List<JsonObject> messages() {
    return server.findAll(postRequestedFor(anyUrl())).stream()
        .map(request -> new JsonObject(request.getBodyAsString()))
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }
}
