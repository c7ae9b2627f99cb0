package parallax.coordinator.notify.pager;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.Address;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.Judgement;
import parallax.coordinator.notify.http.Post;
import parallax.coordinator.notify.letter.Letter;

/**
 * Takes letters to Alertmanager: API v2, {@code POST /api/v2/alerts}. An incident is one alert,
 * which each letter states anew: what arrives twice changes nothing. Alertmanager keeps alerts in
 * memory only, until their {@code endsAt}; so that lies {@link Alertmanager#lifetime} ahead, and
 * every letter, reminders not least, moves it on and brings the alert to members that were started
 * anew. When labels change, the alert of the former ones is ended in the same request.
 *
 * <p>All members are posted to, for they do not hand alerts to each other. One that takes it is
 * enough; another gets it with the next letter.
 */
public final class AlertmanagerCarrier implements Carrier {
  /** How long an alert lives by which somebody tries the receiver. */
  static final Duration TEST_LIFETIME = Duration.ofMinutes(5);

  private final Alertmanager settings;
  private final HttpSender sender;
  private final InstantSource clock;

  public AlertmanagerCarrier(Alertmanager settings, HttpSender sender, InstantSource clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    Optional<AlertLabels> before = thread.flatMap(AlertLabels::remembered);
    AlertLabels labels =
        letter.occasion().isEnd()
            ? before.orElseGet(() -> AlertLabels.of(letter))
            : AlertLabels.of(letter);
    JsonArray alerts = new JsonArray();
    before
        .filter(former -> !former.equals(labels))
        .ifPresent(former -> alerts.add(Alert.ended(letter, former, letter.times().written())));
    alerts.add(current(letter, labels));
    return withThread(toAll(alerts.encode(), letter.key()), labels.thread());
  }

  private JsonObject current(Letter letter, AlertLabels labels) {
    Instant written = letter.times().written();
    return switch (letter.occasion()) {
      case RESOLVED -> Alert.ended(letter, labels, letter.times().resolved().orElse(written));
      case TEST -> Alert.firing(letter, labels, written.plus(TEST_LIFETIME));
      case OPENED, REOPENED, CHANGED, REMINDER, ESCALATED, ACKNOWLEDGED ->
          Alert.firing(letter, labels, written.plus(settings.lifetime()));
    };
  }

  private static Sent withThread(Sent sent, String thread) {
    return sent instanceof Sent.Delivered ? new Sent.Delivered(Optional.of(thread)) : sent;
  }

  private Sent toAll(String body, String key) {
    List<Callable<Sent>> posts = new ArrayList<>();
    settings.urls().forEach(url -> posts.add(() -> toOne(url, body, key)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Sent> all = new ArrayList<>();
      for (Future<Sent> each : threads.invokeAll(posts)) {
        all.add(each.get());
      }
      return best(all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Sent.NotNow("interrupted", Optional.empty());
    } catch (ExecutionException e) {
      throw new IllegalStateException("sending answers, whatever happens", e.getCause());
    }
  }

  private Sent toOne(Secret base, String body, String key) {
    Post post = Post.json(Address.under(base, "/api/v2/alerts", ""), body, key);
    Post authorized =
        settings
            .authorization()
            .map(value -> post.with(Map.of("Authorization", value.reveal())))
            .orElse(post);
    return Judgement.of(sender.send(authorized), clock.instant());
  }

  /** The best of what the members said; of those that ask us to wait, the shortest. */
  static Sent best(List<Sent> all) {
    Sent best = all.getFirst();
    for (Sent sent : all) {
      best = better(best, sent);
    }
    return best;
  }

  private static Sent better(Sent one, Sent other) {
    return switch (one) {
      case Sent.Delivered _ -> one;
      case Sent.Never _ -> other;
      case Sent.NotNow(_, Optional<Duration> wait) ->
          switch (other) {
            case Sent.Delivered _ -> other;
            case Sent.Never _ -> one;
            case Sent.NotNow(_, Optional<Duration> otherWait) ->
                wait.orElse(Duration.ZERO).compareTo(otherWait.orElse(Duration.ZERO)) <= 0
                    ? one
                    : other;
          };
    };
  }
}
