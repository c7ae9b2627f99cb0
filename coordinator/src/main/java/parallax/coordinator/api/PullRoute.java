package parallax.coordinator.api;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.configuration.hook.Knock;
import parallax.coordinator.configuration.hook.PullHook;
import parallax.coordinator.json.Json;

/**
 * The one path by which others say that there is a newer configuration. Who shows nothing is not
 * read, and only a few are read at a time, for what forges send of a push can be large.
 */
final class PullRoute {
  static final String PATH = "/api/v1/configuration/pull";

  /** The largest body; what does not fit is found when the interval has passed. */
  static final long MAX_BODY = 1024 * 1024;

  /** Bodies that are read at the same time. */
  static final int MAX_READ = 8;

  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final String TOKEN = "X-Gitlab-Token";
  private static final String AUTHORIZATION = "Authorization";

  private final Optional<PullHook> hook;
  private final BiConsumer<RoutingContext, Supplier<Reply>> answering;
  private final BiConsumer<RoutingContext, Reply> writer;
  private final AtomicInteger reading = new AtomicInteger();

  /**
   * The route.
   *
   * @param answering has the answer made where it may take a while
   * @param writer writes an answer
   */
  PullRoute(
      Optional<PullHook> hook,
      BiConsumer<RoutingContext, Supplier<Reply>> answering,
      BiConsumer<RoutingContext, Reply> writer) {
    this.hook = hook;
    this.answering = answering;
    this.writer = writer;
  }

  /** Before all that reads bodies. */
  void on(Router router) {
    List<Handler<RoutingContext>> turns =
        List.of(this::let, BodyHandler.create(false).setBodyLimit(MAX_BODY), this::read);
    turns.forEach(turn -> router.route(PATH).useNormalizedPath(false).handler(turn));
  }

  private void let(RoutingContext context) {
    Optional<Reply> refusal = refusal(context.request());
    if (refusal.isPresent()) {
      writer.accept(context, refusal.get());
      return;
    }
    if (reading.incrementAndGet() > MAX_READ) {
      reading.decrementAndGet();
      writer.accept(context, Reply.problem(503, "too many requests wait").with("Retry-After", "1"));
      return;
    }
    context.addEndHandler(_ -> reading.decrementAndGet());
    context.next();
  }

  private Optional<Reply> refusal(HttpServerRequest request) {
    if (hook.isEmpty()) {
      return Optional.of(Reply.problem(404, "there is nothing at this path"));
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return Optional.of(
          Reply.problem(405, "this path can only be posted to").with("Allow", "POST"));
    }
    return knock(request, Buffer.buffer()).showsSomething()
        ? Optional.empty()
        : Optional.of(stranger());
  }

  private void read(RoutingContext context) {
    Buffer body = Optional.ofNullable(context.body().buffer()).orElseGet(Buffer::buffer);
    Knock knock = knock(context.request(), body);
    answering.accept(
        context,
        () -> hook.filter(known -> known.admits(knock)).isPresent() ? taken() : stranger());
  }

  private static Knock knock(HttpServerRequest request, Buffer body) {
    return new Knock(
        Optional.ofNullable(request.getHeader(SIGNATURE)),
        Optional.ofNullable(request.getHeader(TOKEN)),
        Optional.ofNullable(request.getHeader(AUTHORIZATION)),
        ByteBuffer.wrap(body.getBytes()));
  }

  private static Reply taken() {
    return Reply.json(202, Json.object(json -> json.text("status", "taken")));
  }

  private static Reply stranger() {
    return Reply.problem(401, "the secret or the signature is wrong")
        .with("WWW-Authenticate", "Bearer");
  }
}
