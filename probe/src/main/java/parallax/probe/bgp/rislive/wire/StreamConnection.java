package parallax.probe.bgp.rislive.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import parallax.probe.bgp.rislive.message.RisLiveMessage;
import parallax.probe.bgp.rislive.message.RisLiveReader;

/**
 * The HTTP stream: a response without end, a frame a line. One filter fits into a request, so that
 * there is one for each; when one ends, all do.
 */
final class StreamConnection implements Connection {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
  private static final String FILTER = "X-RIS-Subscribe";
  private static final int OK = 200;

  private final Inbox inbox = new Inbox();
  private final CountDownLatch answered = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .executor(threads)
          .connectTimeout(CONNECT_TIME)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  private StreamConnection() {}

  static Connection open(URI address, List<String> filters)
      throws IOException, InterruptedException {
    StreamConnection connection = new StreamConnection();
    boolean opened = false;
    try {
      for (String filter : filters) {
        HttpRequest request = HttpRequest.newBuilder(address).header(FILTER, filter).build();
        Thread.ofVirtual().name("ris-live stream").start(() -> connection.run(request));
      }
      // A stream that has nothing to say may not even begin: one that does is enough.
      if (!connection.answered.await(CONNECT_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("no answer within " + CONNECT_TIME.toSeconds() + " s");
      }
      connection.inbox.check();
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  private void run(HttpRequest request) {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          inbox.end("HTTP status " + response.statusCode());
        } else {
          answered.countDown();
          read(new Lines(body));
        }
      }
    } catch (IOException broken) {
      inbox.end("the stream broke: " + broken.getMessage());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      inbox.end("the stream ended");
      answered.countDown();
    }
  }

  private void read(Lines lines) throws IOException, InterruptedException {
    Optional<String> line = lines.next();
    // It may begin in the middle of a line.
    boolean whole =
        line.isPresent() && !(RisLiveReader.read(line.get()) instanceof RisLiveMessage.Malformed);
    boolean wanted = line.isPresent() && (!whole || inbox.put(line.get()));
    while (wanted) {
      line = lines.next();
      wanted = line.isPresent() && (line.get().isBlank() || inbox.put(line.get()));
    }
    inbox.end("the service ended the stream");
  }

  /** Nobody listens: what is wanted stands in the request. */
  @Override
  public void send(String frame) throws IOException {
    throw new IOException("the stream takes no requests");
  }

  @Override
  public Optional<String> next(Duration most) throws IOException, InterruptedException {
    return inbox.next(most);
  }

  @Override
  public void close() {
    inbox.end("closed");
    client.shutdownNow();
    threads.shutdownNow();
  }
}
