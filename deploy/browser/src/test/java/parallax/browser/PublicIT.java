package parallax.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --public}: what the public sees, on pages of others too, and what it does not. */
final class PublicIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  /** What is for operators alone. */
  private static final List<String> INSIDE =
      List.of(
          "/targets",
          "/targets/secret-shop",
          "/incidents",
          "/regions",
          "/probes",
          "/silences",
          "/configuration",
          "/metrics",
          "/openapi.yaml",
          "/readyz",
          "/api/v1/targets",
          "/api/v1/incidents",
          "/api/v1/observations?target=secret-shop",
          "/api/v1/events",
          "/api/v1/status/export",
          "/public/feed.json",
          "/badge/secret-shop.svg");

  @TempDir Path folder;
  private final AtomicInteger status = new AtomicInteger(200);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer shop;
  private HttpServer foreign;

  @BeforeEach
  void start() throws IOException {
    shop = server();
    shop.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    foreign = server();
  }

  @AfterEach
  void stop() {
    shop.stop(0);
    foreign.stop(0);
    client.close();
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static String place(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        folder.resolve("config.yaml"),
        """
        version: 1
        defaults: {interval: 1s}
        targets:
          - {name: secret-shop, url: "%s"}
          - {name: hidden, url: "%s"}
        status_page:
          title: Example Inc.
          groups:
            - name: All
              services:
                - {name: Website, description: Where you look and buy, targets: [secret-shop]}
        reports: {public: true}
        """
            .formatted(place(shop), place(shop)));
  }

  private HttpResponse<String> get(URI place) {
    try {
      return client.send(
          HttpRequest.newBuilder(place).timeout(WHILE).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(place.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void awaitSaid(URI place, String text) {
    Awaitility.await(text + " at " + place)
        .atMost(WHILE)
        .until(() -> get(place).body().contains(text));
  }

  @Test
  void theListenerOfThePublicHasWhatIsPublicAndNothingElse() throws IOException {
    try (Chromium chromium = Chromium.start();
        Launched up =
            Launched.start(
                folder,
                List.of(
                    "up",
                    "--config",
                    configuration().toString(),
                    "--data",
                    folder.resolve("data").toString(),
                    "--listen",
                    "127.0.0.1:0",
                    "--public",
                    "127.0.0.1:0"))) {
      URI home = up.page("Page: ", WHILE);
      URI open = up.page("Public status page: ", WHILE);
      awaitSaid(open.resolve("/badge/Website.svg"), "Up");
      embed(open);
      try (Chromium.Tab reader = chromium.tab(open);
          Chromium.Tab elsewhere = chromium.tab(URI.create("http://127.0.0.1:"))) {
        reader.open("/");
        assertThat(reader.page().locator("main").textContent())
            .contains("Website", "Where you look and buy")
            .doesNotContain("secret-shop", "hidden");
        Page page = elsewhere.page();
        page.navigate(place(foreign));
        assertThat(page.locator("body").textContent()).contains("Buy something");
        assertThat(page.locator("[role=status]").textContent()).isEmpty();
        status.set(500);
        awaitSaid(open.resolve("/badge/Website.svg"), "Down");
        awaitSaid(open.resolve("/notice.json?service=Website"), "\"state\":\"down\"");
        // Somebody else, whose browser keeps nothing that was so before.
        try (Chromium.Tab later = chromium.tab(URI.create("http://127.0.0.1:"))) {
          warned(later);
        }
        awaitSaid(open.resolve("/feed.atom"), "Website");
        awaitSaid(open.resolve("/feed.json"), "Website");
        reader.page().reload();
        assertThat(reader.page().locator("main").textContent()).contains("Down");
        assertThat(reader.complaints()).isEmpty();
        assertThat(elsewhere.complaints()).isEmpty();
      }
      assertThat(get(home.resolve("/targets")).body()).contains("secret-shop");
      for (String path : INSIDE) {
        HttpResponse<String> answer = get(open.resolve(path));
        assertThat(answer.statusCode()).as(path).isEqualTo(404);
        assertThat(answer.body()).as(path).doesNotContain("secret", "hidden");
      }
    }
  }

  private void warned(Chromium.Tab tab) {
    Page page = tab.page();
    page.navigate(place(foreign));
    tab.until("document.querySelector('[role=status]').textContent.includes('Website')");
    page.locator("[role=status] button").click();
    assertThat(page.locator("[role=status]").textContent()).isEmpty();
    assertThat(page.frameLocator("iframe").locator("body").textContent())
        .contains("Example Inc.", "down");
    assertThat(tab.complaints()).isEmpty();
  }

  /** A page of somebody else, with the notice and the strip. */
  private void embed(URI open) {
    byte[] html =
        """
        <!DOCTYPE html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">
        <script src="%snotice.js" data-service="Website" defer></script></head>
        <body><h1>Buy something</h1><iframe src="%sembed" title="Status" height="48"></iframe>
        </body></html>
        """
            .formatted(open, open)
            .getBytes(UTF_8);
    foreign.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
  }
}
