package parallax.deploy.demo.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The small internet as whoever lives in it sees it: asked in DNS, over TLS and by WebSocket. */
final class SmallInternetTest {
  private static final Duration WHILE = Duration.ofSeconds(60);
  private static final InetAddress CLIENT = InetAddress.ofLiteral("127.0.81.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.49.1");
  private static final int SILENCE = 700;

  private final Queue<String> letters = new ConcurrentLinkedQueue<>();
  private SmallInternet internet;

  @BeforeEach
  void start() throws IOException {
    internet =
        new SmallInternet(
            InstantSource.system(),
            (box, letter) -> letters.add(box + " " + letter.getString("kind")));
  }

  @AfterEach
  void stop() {
    internet.close();
  }

  private Message ask(String server, int port, String name, int type, boolean tcp)
      throws IOException {
    SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(server, port));
    resolver.setTimeout(WHILE);
    resolver.setTCP(tcp);
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
  }

  private Message resolve(String name) throws IOException {
    String[] resolver = internet.resolver().split(":");
    return ask(resolver[0], Integer.parseInt(resolver[1]), name, Type.A, false);
  }

  private void awaitRcode(String name, int rcode) {
    Awaitility.await(name)
        .atMost(WHILE)
        .untilAsserted(() -> assertThat(resolve(name).getRcode()).isEqualTo(rcode));
  }

  private static List<String> section(Message message, int section) {
    return message.getSection(section).stream().map(Record::rdataToString).toList();
  }

  @Test
  void theRootLeadsToTheZoneWithGlueAndSaysNothingItself() throws IOException {
    Message above = ask("127.198.41.4", internet.dnsPort(), "facebook.com.", Type.A, false);
    assertThat(above.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(section(above, Section.AUTHORITY)).containsExactly("a.gtld-servers.net.");
    assertThat(section(above, Section.ADDITIONAL)).contains("127.192.5.6");
    Message below = ask("127.192.5.6", internet.dnsPort(), "facebook.com.", Type.A, true);
    assertThat(section(below, Section.AUTHORITY)).hasSize(4).contains("a.ns.facebook.com.");
    assertThat(section(below, Section.ADDITIONAL)).contains("127.129.30.12", "127.185.219.12");
    Message own = ask("127.129.30.12", internet.dnsPort(), "facebook.com.", Type.A, false);
    assertThat(own.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(section(own, Section.ANSWER)).containsExactly("127.157.240.35");
    Message none = ask("127.129.30.12", internet.dnsPort(), "no.facebook.com.", Type.A, false);
    assertThat(none.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(none.getSection(Section.AUTHORITY)).hasSize(1);
    Message elsewhere = ask("127.129.30.12", internet.dnsPort(), "notion.so.", Type.A, false);
    assertThat(elsewhere.getRcode()).isEqualTo(Rcode.REFUSED);
    Message signer = ask("127.192.5.6", internet.dnsPort(), "facebook.com.", Type.DS, false);
    assertThat(signer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(signer.getSection(Section.ANSWER)).isEmpty();
  }

  @Test
  void theResolverFindsTheWayAlsoOverAliasesAndWithoutGlue() throws IOException {
    assertThat(section(resolve("facebook.com."), Section.ANSWER)).containsExactly("127.157.240.35");
    // Its servers are named in another top-level domain.
    assertThat(section(resolve("whatsapp.net."), Section.ANSWER)).containsExactly("127.157.240.35");
    assertThat(section(resolve("www.theguardian.com."), Section.ANSWER))
        .containsExactly("theguardian.map.fastly.net.", "127.151.101.1");
    assertThat(resolve("nobody.com.").getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void namesGoAndComeBack() {
    awaitRcode("instagram.com.", Rcode.NOERROR);
    internet.silenceFacebook();
    awaitRcode("instagram.com.", Rcode.SERVFAIL);
    awaitRcode("notion.so.", Rcode.NOERROR);
    internet.holdNotion();
    awaitRcode("notion.so.", Rcode.NXDOMAIN);
    internet.repair();
    awaitRcode("instagram.com.", Rcode.NOERROR);
    awaitRcode("notion.so.", Rcode.NOERROR);
  }

  /** The status line of a page, asked for from {@code client}. */
  private String page(InetAddress client, String host, InetAddress server) throws Exception {
    try (Socket plain = new Socket()) {
      plain.bind(new InetSocketAddress(client, 0));
      plain.connect(new InetSocketAddress(server, internet.webPort()), (int) WHILE.toMillis());
      plain.setSoTimeout(SILENCE);
      SSLSocket socket =
          (SSLSocket) trusting().getSocketFactory().createSocket(plain, host, 0, false);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.setSoTimeout((int) WHILE.toMillis());
      socket
          .getOutputStream()
          .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.lines().findFirst().orElse("");
    }
  }

  private SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "demo",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    internet.authorities().getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void pagesAreServedUnderCertificatesOfTheirNames() throws Exception {
    assertThat(page(CLIENT, "facebook.com", Places.FACEBOOK_WEB)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(page(CLIENT, "corner-shop.net", Places.SHOP_WEB)).isEqualTo("HTTP/1.1 200 OK");
    assertThatThrownBy(() -> page(CLIENT, "facebook.com", Places.SHOP_WEB))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void webServersFailAsTheyAreTold() throws Exception {
    internet.exhaustCdn();
    assertThat(page(CLIENT, "www.reddit.com", Places.CDN_EDGE)).startsWith("HTTP/1.1 503");
    internet.expireShop();
    assertThatThrownBy(() -> page(CLIENT, "corner-shop.net", Places.SHOP_WEB))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining("NotAfter");
    internet.cutOffBank(List.of(CLIENT));
    assertThatThrownBy(() -> page(CLIENT, "harbour-bank.net", Places.BANK_WEB))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(page(OTHER, "harbour-bank.net", Places.BANK_WEB)).isEqualTo("HTTP/1.1 200 OK");
    internet.cutOff(OTHER);
    assertThatThrownBy(() -> page(OTHER, "town-library.net", Places.LIBRARY_WEB))
        .isInstanceOf(SocketTimeoutException.class);
    internet.repair();
    assertThat(page(CLIENT, "harbour-bank.net", Places.BANK_WEB)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(page(CLIENT, "corner-shop.net", Places.SHOP_WEB)).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void routesAreToldToWhoAsksAndTheirEndToo() throws Exception {
    Queue<JsonObject> heard = new ConcurrentLinkedQueue<>();
    HttpClient client = HttpClient.newHttpClient();
    try {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create(internet.routes()), listener(heard))
              .get(WHILE.toSeconds(), TimeUnit.SECONDS);
      String prefix = Places.NAME_SERVER_PREFIXES.getFirst();
      socket
          .sendText(
              "{\"type\": \"ris_subscribe\", \"data\": {\"prefix\": \"" + prefix + "\"}}", true)
          .get(WHILE.toSeconds(), TimeUnit.SECONDS);
      Awaitility.await("all peers have it")
          .atMost(WHILE)
          .until(() -> peers(heard, "\"announcements\":[{") >= 24);
      assertThat(heard)
          .filteredOn(message -> message.getString("type").equals("ris_message"))
          .allMatch(message -> message.encode().contains(prefix));
      internet.withdrawRoutes();
      Awaitility.await("no peer has it")
          .atMost(WHILE)
          .until(() -> peers(heard, "\"withdrawals\":[\"" + prefix + "\"]") == 24);
      socket.abort();
    } finally {
      // Closed, it would wait for its streams for as long as they take.
      client.shutdownNow();
    }
  }

  /** How many peers at collectors said that. */
  private static long peers(Queue<JsonObject> heard, String said) {
    return heard.stream()
        .filter(message -> message.encode().contains(said))
        .map(message -> message.getJsonObject("data"))
        .map(data -> data.getString("host") + " " + data.getString("peer"))
        .distinct()
        .count();
  }

  private static WebSocket.Listener listener(Queue<JsonObject> heard) {
    StringBuilder text = new StringBuilder();
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
          heard.add(new JsonObject(text.toString()));
          text.setLength(0);
        }
        return WebSocket.Listener.super.onText(socket, "", last);
      }
    };
  }

  @Test
  void theRegistryAndTheLetterBoxesAnswer() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(rdap(client, "notion.so")).contains("\"status\":[\"active\"]", "Demo Names");
      internet.holdNotion();
      assertThat(rdap(client, "notion.so")).contains("\"status\":[\"server hold\"]");
      assertThat(rdap(client, "other.so")).contains("404");
      assertThat(post(client, "phone", "{\"kind\": \"opened\"}")).isEqualTo(204);
      assertThat(post(client, "phone", "nonsense")).isEqualTo(400);
      assertThat(letters).containsExactly("phone opened");
    }
  }

  private String rdap(HttpClient client, String domain) throws Exception {
    URI uri = URI.create(internet.rdap() + "domain/" + domain);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private int post(HttpClient client, String box, String letter) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(internet.box(box)))
            .POST(HttpRequest.BodyPublishers.ofString(letter))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void twoOfThemStandBesideEachOther() throws IOException {
    SmallInternet first = internet;
    try (SmallInternet second = new SmallInternet(InstantSource.system(), (_, _) -> {})) {
      assertThat(second.dnsPort()).isNotEqualTo(first.dnsPort());
      assertThat(second.webPort()).isNotEqualTo(first.webPort());
      first.silenceFacebook();
      Message own = ask("127.129.30.12", second.dnsPort(), "facebook.com.", Type.A, false);
      assertThat(own.getRcode()).isEqualTo(Rcode.NOERROR);
    }
  }
}
