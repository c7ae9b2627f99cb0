package parallax.deploy.otlp;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * A page of metrics as requests to a collector (OpenTelemetry's metrics_service.proto, version 1),
 * made while the page is read: of a page of half a million samples a part is held.
 */
final class Requests {
  /** A request has about so many points at most. */
  static final int MAX_POINTS = 5_000;

  /** A longer line is no line of ours, and left out. */
  private static final int MAX_LINE = 64 * 1024;

  private final Supplier<Optional<Buffer>> page;
  private final Message resource = new Message();
  private final Points points;
  private final Deque<String> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private Message metrics = new Message();
  private int held;
  private boolean over;

  /**
   * Of a page that nobody has read yet.
   *
   * @param page the next part of it, empty when that was all
   * @param resource what tells this process from others
   */
  Requests(
      Supplier<Optional<Buffer>> page,
      SortedMap<String, String> resource,
      Instant start,
      Instant now) {
    this.page = page;
    resource.forEach((name, value) -> this.resource.message(1, Points.attribute(name, value)));
    points = new Points(start, now);
  }

  /** The next request; none when that was all. */
  Optional<byte[]> next() {
    while (!over) {
      Optional<String> line = line();
      if (line.isEmpty()) {
        over = true;
        take();
      } else {
        Line.read(line.get()).ifPresent(this::add);
      }
      if (held >= MAX_POINTS || (over && held > 0)) {
        return Optional.of(request());
      }
    }
    return Optional.empty();
  }

  private void add(Line line) {
    switch (line) {
      case Line.Help help -> {
        begin(help.family());
        points.describe(help);
      }
      case Line.Type type -> {
        begin(type.family());
        points.describe(type);
      }
      case Line.Sample sample -> {
        if (held + points.count() >= MAX_POINTS && points.isOfAnother(sample)) {
          take();
        }
        points.add(sample);
      }
    }
  }

  private void begin(String family) {
    if (points.isOther(family)) {
      take();
      points.begin(family);
    }
  }

  private void take() {
    int count = points.count();
    points
        .take()
        .ifPresent(
            metric -> {
              metrics.message(2, metric);
              held += count;
            });
  }

  private byte[] request() {
    Message scope = new Message().message(1, new Message().text(1, "parallax"));
    scope.raw(metrics);
    metrics = new Message();
    held = 0;
    return new Message().message(1, new Message().message(1, resource).message(2, scope)).bytes();
  }

  private Optional<String> line() {
    while (lines.isEmpty()) {
      Optional<Buffer> part = page.get();
      if (part.isEmpty()) {
        return Optional.empty();
      }
      split(part.get().getBytes());
    }
    return Optional.of(lines.removeFirst());
  }

  private void split(byte[] part) {
    int from = 0;
    for (int at = 0; at < part.length; at++) {
      if (part[at] == '\n') {
        keep(part, from, at);
        lines.add(begun.size() > MAX_LINE ? "" : begun.toString(StandardCharsets.UTF_8));
        begun.reset();
        from = at + 1;
      }
    }
    keep(part, from, part.length);
  }

  private void keep(byte[] part, int from, int until) {
    if (begun.size() <= MAX_LINE) {
      begun.write(part, from, until - from);
    }
  }
}
