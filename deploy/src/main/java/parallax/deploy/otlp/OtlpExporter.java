package parallax.deploy.otlp;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the page of metrics again and again, by OTLP over HTTP. What could not be sent is not sent
 * later: counters are cumulative, so the next page makes up for it. Ends with its process.
 */
public final class OtlpExporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpExporter.class);
  private static final String NAME = "parallax.otlp.requests";

  private final OtlpSettings settings;
  private final Supplier<Supplier<Optional<Buffer>>> pages;
  private final InstantSource clock;
  private final Instant start;
  private final HttpClient client;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Thread thread;
  private volatile boolean closed;

  /** As it went last; what changes is logged. */
  private Optional<String> trouble = Optional.empty();

  private OtlpExporter(
      OtlpSettings settings,
      Supplier<Supplier<Optional<Buffer>>> pages,
      MeterRegistry registry,
      InstantSource clock) {
    this.settings = settings;
    this.pages = pages;
    this.clock = clock;
    start = clock.instant();
    client =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    count(registry, "delivered", delivered);
    count(registry, "failed", failed);
    thread = Thread.ofVirtual().name("otlp").unstarted(this::run);
  }

  /**
   * Sends from now on.
   *
   * @param pages begins a page in Prometheus' text format 0.0.4, which is then read part by part
   * @param registry shows how requests went
   */
  public static OtlpExporter start(
      OtlpSettings settings,
      Supplier<Supplier<Optional<Buffer>>> pages,
      MeterRegistry registry,
      InstantSource clock) {
    OtlpExporter exporter = new OtlpExporter(settings, pages, registry, clock);
    exporter.thread.start();
    LOG.info("otlp=started interval_ms={}", settings.interval().toMillis());
    return exporter;
  }

  private static void count(MeterRegistry registry, String outcome, LongAdder count) {
    FunctionCounter.builder(NAME, count, LongAdder::doubleValue)
        .description("Requests with metrics to a collector of OpenTelemetry.")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void run() {
    while (!closed && !Thread.currentThread().isInterrupted()) {
      try {
        told(send());
      } catch (RuntimeException e) {
        LOG.error("otlp=failed", e);
      }
      LockSupport.parkNanos(settings.interval().toNanos());
    }
  }

  /** A page; why not all of it was taken, if so. */
  private Optional<String> send() {
    Requests requests = new Requests(pages.get(), settings.resource(), start, clock.instant());
    for (Optional<byte[]> each = requests.next(); each.isPresent(); each = requests.next()) {
      Optional<String> why = post(each.get());
      (why.isEmpty() ? delivered : failed).increment();
      if (why.isPresent() || closed) {
        return why;
      }
    }
    return Optional.empty();
  }

  private Optional<String> post(byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.endpoint().reveal()))
            .timeout(settings.timeout())
            .header("Content-Type", "application/x-protobuf");
    try {
      settings.headers().forEach((name, value) -> request.setHeader(name, value.reveal()));
    } catch (IllegalArgumentException e) {
      return Optional.of("a header cannot be sent");
    }
    if (settings.zip()) {
      request.setHeader("Content-Encoding", "gzip");
    }
    byte[] sent = settings.zip() ? zipped(body) : body;
    CompletableFuture<HttpResponse<InputStream>> exchange =
        client.sendAsync(
            request.POST(HttpRequest.BodyPublishers.ofByteArray(sent)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response =
          exchange.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
      response.body().close();
      int status = response.statusCode();
      return status >= 200 && status < 300 ? Optional.empty() : Optional.of("status " + status);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return Optional.of("no answer in time");
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } catch (ExecutionException e) {
      // The name alone: the message may hold the URL.
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      return Optional.of(cause.getClass().getSimpleName());
    } catch (IOException e) {
      return Optional.of(e.getClass().getSimpleName());
    }
  }

  private static byte[] zipped(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private void told(Optional<String> why) {
    if (!why.equals(trouble) && !closed) {
      trouble = why;
      why.ifPresentOrElse(
          words -> LOG.warn("otlp=refused why=\"{}\"", words), () -> LOG.info("otlp=taken"));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    client.shutdownNow();
  }
}
