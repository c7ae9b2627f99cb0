package parallax.coordinator.api.pages;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import parallax.coordinator.api.access.PageHeaders;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;

/**
 * Sends pages compressed where that is wanted, and one page to all of a role who ask for it within
 * a moment: many readers are hardly more work than one. What is of one reader alone is put in for
 * each, see {@link Pieces}.
 */
final class Sender {
  /** How long a page is sent again as it is. */
  static final Duration FRESH = Duration.ofMillis(800);

  /** How old a page may be that is sent because nobody can make it anew at once. */
  static final Duration OLD = Duration.ofSeconds(5);

  /** More pages than this are not kept. */
  static final int MAX_KEPT = 32;

  /** Larger ones are not kept. */
  static final int MAX_KEPT_BYTES = 1024 * 1024;

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Made> made = new LinkedHashMap<>();

  private record Made(Pieces pieces, long at) {}

  /** A reply that never changes, as it is and compressed. */
  record Both(Reply plain, Reply compressed) {
    static Both of(Reply plain) {
      return new Both(plain, zipped(plain));
    }

    Reply to(Request request) {
      return accepts(request.acceptEncoding()) ? compressed : plain;
    }
  }

  Sender(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What was made a moment ago for the same question, or what is made now. */
  Reply recent(Request request, PageRoute.Making making) throws Request.Unusable {
    Optional<Reply> known = kept(request, FRESH);
    if (known.isPresent()) {
      return known.get();
    }
    Pieces pieces = new Pieces(making.to(request));
    if (pieces.size() <= MAX_KEPT_BYTES) {
      keep(key(request), pieces);
    }
    return sent(pieces, request);
  }

  private static Reply sent(Pieces pieces, Request request) {
    String path = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    return pieces.to(request.visitor(), path, accepts(request.acceptEncoding()));
  }

  /** What is of one person alone is put in for each; all else is the same for all of their role. */
  private static String key(Request request) {
    return request.visitor().kind() + " " + request.path() + "?" + request.query();
  }

  /** A page, as it is before it is compressed. */
  static Reply page(int status, String html) {
    return PageHeaders.on(
            new Reply(
                status,
                "text/html; charset=utf-8",
                Map.of(),
                Buffer.buffer(html.getBytes(StandardCharsets.UTF_8))))
        .with("Vary", "Accept-Encoding, Accept-Language, Cookie");
  }

  /** Whether gzip is among what is named; a browser that does not want it does not name it. */
  private static boolean accepts(String encodings) {
    return encodings.contains("gzip") && !encodings.matches(".*gzip\\s*;\\s*q=0(\\.0*)?\\s*(,.*)?");
  }

  /** What was made for the same question, at most so long ago. */
  Optional<Reply> kept(Request request, Duration ago) {
    return found(key(request), ago).map(pieces -> sent(pieces, request));
  }

  private Optional<Pieces> found(String key, Duration ago) {
    lock.lock();
    try {
      return Optional.ofNullable(made.get(key))
          .filter(known -> nanos.getAsLong() - known.at() < ago.toNanos())
          .map(Made::pieces);
    } finally {
      lock.unlock();
    }
  }

  private void keep(String key, Pieces pieces) {
    lock.lock();
    try {
      made.remove(key);
      made.put(key, new Made(pieces, nanos.getAsLong()));
      if (made.size() > MAX_KEPT) {
        made.remove(made.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private static Reply zipped(Reply plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 + plain.body().length() / 6);
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain.body().getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new Reply(
            plain.status(),
            plain.contentType(),
            plain.headers(),
            Buffer.buffer(bytes.toByteArray()))
        .with("Content-Encoding", "gzip");
  }
}
