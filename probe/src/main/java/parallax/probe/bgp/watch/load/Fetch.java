package parallax.probe.bgp.watch.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import parallax.config.routes.Document;

/** Brings a document to this machine's disk, if it is not there. */
final class Fetch {
  /** A table of a large collector, packed, has some 400 MiB. */
  static final long MAX_BYTES = 2L << 30;

  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIME = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int BUFFER = 1 << 16;

  private Fetch() {}

  /** What is done with a file while it is there. */
  interface Use<T> {
    T of(Path file) throws IOException;
  }

  /**
   * Uses a document as a file; one that was fetched is deleted after.
   *
   * @throws IOException when it cannot be had or read
   */
  static <T> T with(Document document, String userAgent, Use<T> use)
      throws IOException, InterruptedException {
    return switch (document) {
      case Document.InFile(Path path) -> use.of(path);
      case Document.AtUrl(URI url) -> {
        Path file = Files.createTempFile("parallax-routes", ".part");
        try {
          get(url, userAgent, file);
          yield use.of(file);
        } finally {
          Files.deleteIfExists(file);
        }
      }
    };
  }

  private static void get(URI url, String userAgent, Path file)
      throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIME)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(url).timeout(ANSWER_TIME).header("User-Agent", userAgent).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body();
          var out = Files.newOutputStream(file)) {
        if (response.statusCode() != OK) {
          throw new IOException("answered with status " + response.statusCode());
        }
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
}
