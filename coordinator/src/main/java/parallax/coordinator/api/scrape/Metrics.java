package parallax.coordinator.api.scrape;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import parallax.config.metrics.ExpositionFormat;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.metrics.MetricsPage;

/**
 * The page of metrics. It is made while it is sent, so that one of half a million samples takes the
 * memory of a part of it, however slowly it is read.
 */
public final class Metrics {
  public static final String PATH = "/metrics";

  /** The most pages that are read at a time; who comes then is asked to come back. */
  static final int MAX_READERS = 8;

  /**
   * Pages of more samples are not compressed, whatever is asked for: that would cost several times
   * the CPU time of making them, for a reader that is near.
   */
  static final int MAX_COMPRESSED = 50_000;

  private final MetricsPage page;
  private final Semaphore readers = new Semaphore(MAX_READERS);

  public Metrics(MetricsPage page) {
    this.page = page;
  }

  /** The page, in the format and the coding that are asked for. */
  public Reply answer(Request request) {
    if (!readers.tryAcquire()) {
      return Reply.problem(503, "too many read the metrics already").with("Retry-After", "1");
    }
    boolean given = false;
    try {
      ExpositionFormat format = ExpositionFormat.accepted(request.accept());
      MetricsPage.Reading reading = page.read(format);
      boolean zip =
          request.acceptEncoding().contains("gzip") && reading.samples() <= MAX_COMPRESSED;
      Parts parts = new Parts(reading, zip ? Optional.of(new Zipper()) : Optional.empty(), readers);
      Reply reply =
          new Reply(200, format.contentType(), Map.of(), Buffer.buffer(), Optional.of(parts))
              .with("Vary", "Accept, Accept-Encoding");
      given = true;
      return zip ? reply.with("Content-Encoding", "gzip") : reply;
    } finally {
      if (!given) {
        readers.release();
      }
    }
  }

  /** The page in parts, compressed or not. */
  private static final class Parts implements Reply.Parts {
    private final MetricsPage.Reading reading;
    private final Optional<Zipper> zipper;
    private final Semaphore readers;
    private final AtomicBoolean closed = new AtomicBoolean();

    Parts(MetricsPage.Reading reading, Optional<Zipper> zipper, Semaphore readers) {
      this.reading = reading;
      this.zipper = zipper;
      this.readers = readers;
    }

    @Override
    public Optional<Buffer> next() {
      return zipper.isPresent() ? zipper.get().next(reading) : reading.next();
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        readers.release();
      }
    }
  }
}
