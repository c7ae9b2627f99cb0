package parallax.coordinator.notify.http.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import parallax.config.secret.Secret;

/** Stands in for a service on loopback, and shows what came. */
public final class Stand implements AutoCloseable {
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  public Stand() {
    server.start();
  }

  /** The stand-in itself, for what this does not cover. */
  public WireMockServer server() {
    return server;
  }

  /** A URL of it. */
  public Secret url(String path) {
    return Secret.of(server.baseUrl() + path);
  }

  /** Answers everything so. */
  public Stand answers(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
    return this;
  }

  /** All that came, in order. */
  public List<LoggedRequest> came() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  /** The only one that came. */
  public LoggedRequest only() {
    List<LoggedRequest> all = came();
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " requests came");
    }
    return all.getFirst();
  }

  /** The body of the only one; the bytes must be UTF-8. */
  public JsonObject object() {
    return object(only());
  }

  public static JsonObject object(LoggedRequest request) {
    return new JsonObject(text(request));
  }

  public static JsonArray array(LoggedRequest request) {
    return new JsonArray(text(request));
  }

  /** The body. */
  public static String text(LoggedRequest request) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(request.getBody()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("the body is not UTF-8", e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
