package parallax.bench.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody with a page open: listens to changes and asks for the page again when there are any,
 * once a second at most, as the script of the pages does.
 */
final class Reader implements AutoCloseable {
  private static final long SOONEST = Duration.ofSeconds(1).toNanos();
  private static final long SPREAD = Duration.ofMillis(400).toNanos();

  /** What all readers did. */
  record Tally(
      AtomicLong events,
      AtomicLong changes,
      AtomicLong pages,
      AtomicLong bytes,
      AtomicLong failed) {
    Tally() {
      this(
          new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());
    }
  }

  private final HttpClient client;
  private final URI page;
  private final Whose whose;
  private final Tally tally;
  private final Socket socket;
  private final Thread thread;

  /** Begins to listen; the first event was heard when this returns. */
  Reader(HttpClient client, URI page, Whose whose, Tally tally) throws IOException {
    this.whose = whose;
    this.client = client;
    this.page = page;
    this.tally = tally;
    socket = new Socket(InetAddress.getLoopbackAddress(), page.getPort());
    String request =
        """
        GET /api/v1/events?brief=true HTTP/1.1\r
        Host: 127.0.0.1\r
        Accept: text/event-stream\r
        %s\r
        """
            .formatted(whose.line());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    for (String line = in.readLine(); line == null || !line.equals("event: hello"); ) {
      if (line == null) {
        throw new IOException("no stream of events");
      }
      line = in.readLine();
    }
    thread = Thread.ofVirtual().start(() -> listen(in));
  }

  private void listen(BufferedReader in) {
    long asked = System.nanoTime() - SOONEST;
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("data: {\"verdicts\":")) {
          tally.changes().addAndGet(Long.parseLong(line.replaceAll("\\D+(\\d+).*", "$1")));
        }
        if (line.equals("event: change")) {
          tally.events().incrementAndGet();
          long now = System.nanoTime();
          if (now - asked >= SOONEST) {
            asked = now;
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SPREAD));
            read();
          }
        }
      }
    } catch (IOException e) {
      // It was closed.
      return;
    }
  }

  private void read() {
    try {
      tally.bytes().addAndGet(fetched(client, page, whose));
      tally.pages().incrementAndGet();
    } catch (UncheckedIOException e) {
      tally.failed().incrementAndGet();
    }
  }

  /** How many bytes come for an address, compressed as browsers ask for it. */
  static long fetched(HttpClient client, URI place, Whose whose) {
    try {
      HttpRequest request = whose.to(place).header("Accept-Encoding", "gzip, deflate, br").build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new UncheckedIOException(new IOException(place + ": " + answer.statusCode()));
      }
      return answer.body().length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    thread.interrupt();
  }
}
