package parallax.coordinator.api;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.metrics.PromText.Format;

/** The page of metrics: made once for all who ask at about the same time. */
final class MetricsApi {
  static final String PATH = "/metrics";

  /** A page is handed out again for so long. */
  private static final Duration FRESH = Duration.ofMillis(500);

  /** How long a request waits while the page is being made for another. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  /** Pages shorter than this are not worth compressing. */
  private static final int MIN_COMPRESSED = 1024;

  /** Compressed in parts of so many bytes, so that the page is not copied as a whole. */
  private static final int PART = 64 * 1024;

  private final MetricsPage page;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Format, Made> made = new EnumMap<>(Format.class);

  private record Made(Buffer plain, Optional<Buffer> compressed, long at) {}

  MetricsApi(MetricsPage page, LongSupplier nanos) {
    this.page = page;
    this.nanos = nanos;
  }

  List<Endpoint> endpoints() {
    return List.of(new Endpoint(PATH, Need.VIEWER, Endpoint.Where.WORKER, this::metrics));
  }

  private Reply metrics(Request request) {
    Format format = Format.accepted(request.accept());
    try {
      if (!lock.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return Reply.problem(503, "the page takes too long to make").with("Retry-After", "5");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.problem(503, "closing").with("Retry-After", "5");
    }
    try {
      Made fresh = made.get(format);
      if (fresh == null || nanos.getAsLong() - fresh.at() > FRESH.toNanos()) {
        fresh = new Made(page.render(format), Optional.empty(), nanos.getAsLong());
      }
      boolean zip =
          request.acceptEncoding().contains("gzip") && fresh.plain().length() >= MIN_COMPRESSED;
      if (zip && fresh.compressed().isEmpty()) {
        fresh = new Made(fresh.plain(), Optional.of(compressed(fresh.plain())), fresh.at());
      }
      made.put(format, fresh);
      return reply(format, fresh.plain(), zip ? fresh.compressed() : Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  private static Reply reply(Format format, Buffer plain, Optional<Buffer> compressed) {
    Reply reply =
        new Reply(200, format.contentType(), Map.of(), compressed.orElse(plain))
            .with("Vary", "Accept, Accept-Encoding");
    return compressed.isPresent() ? reply.with("Content-Encoding", "gzip") : reply;
  }

  private static Buffer compressed(Buffer plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 + plain.length() / 8);
    try (OutputStream zip = new FastGzip(bytes)) {
      for (int from = 0; from < plain.length(); from += PART) {
        zip.write(plain.getBytes(from, Math.min(plain.length(), from + PART)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** The level can be set by a subclass only. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, PART);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
