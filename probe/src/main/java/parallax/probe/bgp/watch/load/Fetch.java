package parallax.probe.bgp.watch.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import parallax.config.routes.Document;
import parallax.probe.net.NetworkPolicy;

/**
 * Brings documents to this machine's disk, if they are not there.
 *
 * @param userAgent who is told to ask
 * @param policy where this machine may connect: at every hop, for every address of its host
 */
public record Fetch(String userAgent, NetworkPolicy policy) {
  /** A table of a large collector, packed, has some 400 MiB. */
  static final long MAX_BYTES = 2L << 30;

  static final int MAX_REDIRECTS = 3;

  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIME = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int BUFFER = 1 << 16;
  private static final String SECURE = "https";

  /** What is done with a file while it is there. */
  interface Use<T> {
    T of(Path file) throws IOException;
  }

  /**
   * Uses a document as a file; one that was fetched is deleted after.
   *
   * @throws IOException when it cannot be had or read
   */
  <T> T with(Document document, Use<T> use) throws IOException, InterruptedException {
    return switch (document) {
      case Document.InFile(Path path) -> use.of(path);
      case Document.AtUrl(URI url) -> {
        Path file = Files.createTempFile("parallax-routes", ".part");
        try {
          get(url, file);
          yield use.of(file);
        } finally {
          Files.deleteIfExists(file);
        }
      }
    };
  }

  private void get(URI url, Path file) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIME)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      URI place = url;
      NetworkPolicy.Hop hop = NetworkPolicy.Hop.CONFIGURED;
      for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        hop = judge(place, hop);
        HttpRequest request =
            HttpRequest.newBuilder(place)
                .timeout(ANSWER_TIME)
                .header("User-Agent", userAgent)
                .build();
        HttpResponse<InputStream> response =
            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
          Optional<URI> next = redirect(place, response);
          if (next.isEmpty()) {
            write(response, body, file);
            return;
          }
          place = next.get();
        }
      }
      throw new IOException("more than " + MAX_REDIRECTS + " redirects");
    }
  }

  /**
   * Whether this machine may go there. The addresses that are judged are those that are connected
   * to: the platform keeps an answer for some seconds.
   *
   * @return what a redirect from there would be
   */
  private NetworkPolicy.Hop judge(URI place, NetworkPolicy.Hop hop) throws IOException {
    String host = Optional.ofNullable(place.getHost()).orElse("");
    Optional<String> refusal = policy.refusalOfHost(host, hop);
    boolean open = true;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      refusal = refusal.or(() -> policy.refusal(address, hop));
      open &= NetworkPolicy.isPublic(address);
    }
    if (host.isEmpty() || refusal.isPresent()) {
      throw new IOException("not fetched: " + refusal.orElse("no host in " + place));
    }
    return open
        ? NetworkPolicy.Hop.REDIRECTED_BY_PUBLIC
        : NetworkPolicy.Hop.REDIRECTED_BY_NON_PUBLIC;
  }

  private static Optional<URI> redirect(URI from, HttpResponse<?> response) throws IOException {
    boolean redirected =
        switch (response.statusCode()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    if (!redirected) {
      return Optional.empty();
    }
    String location = response.headers().firstValue("Location").orElse("");
    try {
      URI to = from.resolve(location);
      String scheme = Optional.ofNullable(to.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean kept = scheme.equals(SECURE) || (scheme.equals("http") && !isSecure(from));
      if (location.isEmpty() || !kept) {
        throw new IOException("redirected to \"" + location + "\"");
      }
      return Optional.of(to);
    } catch (IllegalArgumentException notAUrl) {
      throw new IOException("redirected to \"" + location + "\"", notAUrl);
    }
  }

  private static boolean isSecure(URI url) {
    return SECURE.equalsIgnoreCase(url.getScheme());
  }

  private static void write(HttpResponse<?> response, InputStream body, Path file)
      throws IOException {
    if (response.statusCode() != OK) {
      throw new IOException("answered with status " + response.statusCode());
    }
    try (var out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      int count = body.read(buffer);
      while (count >= 0) {
        bytes += count;
        if (bytes > MAX_BYTES) {
          throw new IOException("more than " + MAX_BYTES + " bytes");
        }
        out.write(buffer, 0, count);
        count = body.read(buffer);
      }
    }
  }
}
