package parallax.deploy.endtoend.names;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An RDAP server for names under so, and a WHOIS server that stands in for every other one. */
final class Registries implements AutoCloseable {
  /** JPRS takes one question in so long. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  private static final int MAX_QUESTION = 300;
  private static final Charset OF_JPRS = Charset.forName("ISO-2022-JP");

  private final WireMockServer rdap =
      new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
  private final ServerSocket whois = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Path bootstrap;

  Registries(Path folder) throws IOException {
    rdap.start();
    bootstrap = folder.resolve("rdap.json");
    Files.writeString(
        bootstrap,
        "{\"version\": \"1.0\", \"services\": [[[\"so\"], [\"http://127.0.0.1:%d/\"]]]}"
            .formatted(rdap.port()));
    Thread.ofVirtual().start(this::serve);
  }

  /** Options of commands that are to ask these instead of the world's. */
  List<String> options() {
    return List.of(
        "--rdap-bootstrap", bootstrap.toString(), "--whois", "127.0.0.1:" + whois.getLocalPort());
  }

  /** The RDAP record of a name from now on: held by a registrar that can be written to. */
  void record(String domain, String status) {
    rdap.stubFor(
        get(urlEqualTo("/domain/" + domain))
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/rdap+json")
                    .withBody(
                        """
                        {"objectClassName": "domain", "ldhName": "%s", "status": ["%s"],
                         "events": [
                           {"eventAction": "registration", "eventDate": "2018-03-01T10:00:00Z"},
                           {"eventAction": "expiration", "eventDate": "2099-03-01T10:00:00Z"}],
                         "nameservers": [{"objectClassName": "nameserver",
                                          "ldhName": "ns1.dns.test"}],
                         "entities": [
                           {"objectClassName": "entity", "roles": ["registrar"],
                            "vcardArray": ["vcard", [["version", {}, "text", "4.0"],
                                                     ["fn", {}, "text", "Reidai Names"]]],
                            "entities": [
                              {"objectClassName": "entity", "roles": ["abuse"],
                               "vcardArray": ["vcard", [["version", {}, "text", "4.0"],
                                 ["fn", {}, "text", "Abuse"],
                                 ["email", {}, "text", "abuse@reidai.example"]]]}]}]}
                        """
                            .formatted(domain, status))));
  }

  /** From now on there is no record of the name. */
  void forget(String domain) {
    rdap.stubFor(
        get(urlEqualTo("/domain/" + domain))
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withHeader("Content-Type", "application/rdap+json")
                    .withBody("{\"errorCode\": 404, \"title\": \"Not Found\"}")));
  }

  /** What WHOIS answers to a question from now on. */
  void answer(String question, String text) {
    answers.put(question, text);
  }

  /** The questions that WHOIS was asked, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void serve() {
    while (!whois.isClosed()) {
      try (Socket socket = whois.accept()) {
        byte[] question = new byte[MAX_QUESTION];
        int read = Math.max(0, socket.getInputStream().read(question));
        String text = new String(question, 0, read, StandardCharsets.US_ASCII).strip();
        asked.add(text);
        String answer = answers.getOrDefault(text, "No match!!");
        socket.getOutputStream().write(answer.replace("\n", "\r\n").getBytes(OF_JPRS));
      } catch (IOException e) {
        // Closed by the test.
      }
    }
  }

  @Override
  public void close() throws IOException {
    whois.close();
    rdap.stop();
  }
}
