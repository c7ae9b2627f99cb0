package parallax.coordinator.api.slack;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.policy.Receiver;
import parallax.config.secret.Secret;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.people.Caller;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.notify.slack.SlackSignature;
import parallax.coordinator.store.People;

/**
 * The path by which Slack says that a button was pressed. Whoever shows no signature is not read,
 * only a few are read at a time, and whoever cannot be answered in time is told so: Slack waits for
 * three seconds and shows the person that it failed.
 */
public final class SlackRoute {
  public static final String PATH = "/api/v1/slack/actions";

  /** Slack calls an answer after 3 s none. */
  static final Duration PATIENCE = Duration.ofMillis(2500);

  /** Bodies that are read at the same time. */
  static final int MAX_READ = 8;

  private static final String TIME = "X-Slack-Request-Timestamp";
  private static final String SIGNATURE = "X-Slack-Signature";

  /** Beside the name of a person: by what way they spoke. */
  private static final Caller SLACK = new Caller("slack");

  private static final Logger LOG = LoggerFactory.getLogger(SlackRoute.class);

  private final Ports ports;
  private final AtomicInteger reading = new AtomicInteger();

  /**
   * What it works with.
   *
   * @param receivers as configured now
   * @param answering has an answer made where it may take a while
   * @param writer writes an answer, if there was none
   */
  public record Ports(
      Supplier<List<Receiver>> receivers,
      People people,
      InstantSource clock,
      BiConsumer<RoutingContext, Supplier<Reply>> answering,
      BiConsumer<RoutingContext, Reply> writer) {}

  /** A request that was read. */
  private record Letter(String time, String signature, Buffer body) {}

  public SlackRoute(Ports ports) {
    this.ports = ports;
  }

  /** Before all that reads bodies: the signature is of the body as it came. */
  public void on(Router router) {
    router.route(PATH).useNormalizedPath(false).handler(this::let);
  }

  private void let(RoutingContext context) {
    Optional<Reply> refusal = refusal(context.request());
    if (refusal.isPresent()) {
      ports.writer().accept(context, refusal.get());
      return;
    }
    if (reading.incrementAndGet() > MAX_READ) {
      reading.decrementAndGet();
      ports.writer().accept(context, later("too many requests wait"));
      return;
    }
    context.addEndHandler(_ -> reading.decrementAndGet());
    long timer =
        context
            .vertx()
            .setTimer(
                PATIENCE.toMillis(),
                _ -> ports.writer().accept(context, later("it could not be done in time")));
    context.addEndHandler(_ -> context.vertx().cancelTimer(timer));
    read(context);
  }

  private Optional<Reply> refusal(HttpServerRequest request) {
    if (secrets().isEmpty()) {
      return Optional.of(Reply.problem(404, "no receiver in Slack has a signing secret"));
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return Optional.of(
          Reply.problem(405, "this path can only be posted to").with("Allow", "POST"));
    }
    return request.getHeader(TIME) == null || request.getHeader(SIGNATURE) == null
        ? Optional.of(stranger())
        : Optional.empty();
  }

  private void read(RoutingContext context) {
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() > SlackSignature.MAX_BODY) {
            request.handler(_ -> {}).endHandler(_ -> {});
            ports
                .writer()
                .accept(
                    context,
                    Reply.problem(
                        413, "the body is larger than " + SlackSignature.MAX_BODY + " bytes"));
          } else {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        _ -> {
          Letter letter =
              new Letter(
                  String.valueOf(request.getHeader(TIME)),
                  String.valueOf(request.getHeader(SIGNATURE)),
                  body);
          ports.answering().accept(context, () -> answer(letter));
        });
  }

  private Reply answer(Letter letter) {
    Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    boolean genuine =
        secrets().stream()
            .anyMatch(
                secret ->
                    SlackSignature.judge(
                            secret,
                            letter.time(),
                            letter.signature(),
                            letter.body().getBytes(),
                            now)
                        == SlackSignature.Finding.GENUINE);
    if (!genuine) {
      return stranger();
    }
    return switch (SlackAction.read(letter.body().toString(StandardCharsets.UTF_8))) {
      case SlackAction.Said.Acknowledge(SlackAction action) -> acknowledge(action, now);
      case SlackAction.Said.Other _ -> taken();
      case SlackAction.Said.Nonsense(String why) -> Reply.problem(400, why);
    };
  }

  /** Whatever came of it: the message itself tells how things stand. */
  private Reply acknowledge(SlackAction action, Instant now) {
    String who = SLACK.signed(Optional.of(action.who()));
    Noted noted = ports.people().note(action.incident(), who, new Happening.Acknowledged(""), now);
    LOG.info("slack=acknowledge outcome={}", noted.getClass().getSimpleName());
    return taken();
  }

  /** Those that are known, each once. */
  private List<Secret> secrets() {
    return ports.receivers().get().stream()
        .flatMap(
            receiver ->
                switch (receiver) {
                  case Receiver.Slack slack -> slack.signing().stream();
                  case Receiver.SlackApp app -> app.signing().stream();
                  case Receiver.Webhook _,
                      Receiver.Email _,
                      Receiver.Alertmanager _,
                      Receiver.PagerDuty _,
                      Receiver.Teams _,
                      Receiver.Telegram _,
                      Receiver.Discord _,
                      Receiver.Ntfy _ ->
                      List.<Secret>of().stream();
                })
        .filter(secret -> !secret.reveal().isEmpty())
        .distinct()
        .toList();
  }

  private static Reply taken() {
    return Reply.text("text/plain; charset=utf-8", "");
  }

  private static Reply later(String why) {
    return Reply.problem(503, why).with("Retry-After", "1");
  }

  private static Reply stranger() {
    return Reply.problem(401, "the signature of Slack is missing, wrong or too old");
  }
}
