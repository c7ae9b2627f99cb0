package parallax.coordinator.status.serve;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.api.exchange.Forwarder;
import parallax.coordinator.status.edition.Editions;
import parallax.coordinator.status.edition.Leaf;
import parallax.coordinator.status.edition.Rendered;

/**
 * What the coordinator that leads has of the public pages, for one that does not lead. Each leaf is
 * asked for once at a time, however many want to read it, and given to all for as long as an
 * edition lasts. When nobody answers, what was read last is given out for a while: it says as of
 * when it is. Thread-safe.
 */
final class Elsewhere implements AutoCloseable {
  /** So long what was read is given out when the leader does not answer. */
  static final Duration STALE = Duration.ofMinutes(10);

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final int MAX_CONNECTIONS = 8;
  private static final int MAX_WAITING = 64;
  private static final int MAX_LEAVES = 2_000;
  private static final int MAX_BYTES = 8 * 1024 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(Elsewhere.class);

  private final Vertx vertx;
  private final LongSupplier nanos;
  private final HttpClient client;
  private final Map<Leaf, Future<Rendered>> asked = new LinkedHashMap<>();
  private final Map<Leaf, Held> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Leaf, Held> eldest) {
              return size() > MAX_LEAVES;
            }
          });

  private record Held(Rendered rendered, long at) {}

  Elsewhere(Vertx vertx, LongSupplier nanos) {
    this.vertx = vertx;
    this.nanos = nanos;
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(Math.toIntExact(CONNECT.toMillis())),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
  }

  /** A leaf that was read not long ago. */
  Optional<Rendered> ready(Leaf leaf) {
    return held(leaf, Editions.LONGEST);
  }

  private Optional<Rendered> held(Leaf leaf, Duration longest) {
    return Optional.ofNullable(known.get(leaf))
        .filter(held -> nanos.getAsLong() - held.at() < longest.toNanos())
        .map(Held::rendered);
  }

  /** A leaf that was read before, whoever does not answer now. */
  Optional<Rendered> stale(Leaf leaf) {
    return held(leaf, STALE);
  }

  /** Asks the coordinator that leads; fails when it does not answer in time. */
  Future<Rendered> ask(Leaf leaf, URI leader) {
    synchronized (asked) {
      Future<Rendered> going = asked.get(leaf);
      if (going != null) {
        return going;
      }
      Future<Rendered> answer = read(leaf, leader);
      asked.put(leaf, answer);
      answer.onComplete(_ -> forget(leaf));
      return answer;
    }
  }

  private void forget(Leaf leaf) {
    synchronized (asked) {
      asked.remove(leaf);
    }
  }

  private Future<Rendered> read(Leaf leaf, URI leader) {
    RequestOptions options =
        new RequestOptions()
            .setHost(leader.getHost())
            .setPort(leader.getPort())
            .setMethod(HttpMethod.GET)
            .setURI(Surface.PUBLIC + leaf.uri())
            .putHeader(Forwarder.MARK, "1")
            .setTimeout(TIMEOUT.toMillis());
    return client
        .request(options)
        .compose(HttpClientRequest::send)
        .compose(answer -> body(answer, leaf))
        .compose(body -> vertx.executeBlocking(() -> Rendered.of(leaf, body.getBytes()), false))
        .map(Objects::requireNonNull)
        .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(rendered -> known.put(leaf, new Held(rendered, nanos.getAsLong())))
        .onFailure(
            failure -> LOG.warn("status=not_asked leader={} error={}", leader, failure.toString()));
  }

  /** Whole, or nothing of it. */
  private static Future<Buffer> body(HttpClientResponse answer, Leaf leaf) {
    if (answer.statusCode() != leaf.status()) {
      return Future.failedFuture("status " + answer.statusCode());
    }
    Buffer body = Buffer.buffer();
    answer.handler(
        part -> {
          body.appendBuffer(part);
          if (body.length() > MAX_BYTES) {
            answer.request().reset();
          }
        });
    return answer.end().map(_ -> body);
  }

  @Override
  public void close() {
    client.close();
  }
}
