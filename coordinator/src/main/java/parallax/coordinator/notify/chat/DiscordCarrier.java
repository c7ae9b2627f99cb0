package parallax.coordinator.notify.chat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.Address;
import parallax.coordinator.notify.http.Answer;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.Judgement;
import parallax.coordinator.notify.http.Post;
import parallax.coordinator.notify.http.Reply;
import parallax.coordinator.notify.letter.Letter;

/**
 * Takes letters to a channel of Discord through a webhook. The first message of an incident, whose
 * number is the thread, is edited with each later letter, so that it shows how things are. Nobody
 * hears of an edit; so letters that people must hear of are posted as well, after the edit, which
 * may be repeated without harm. A webhook drops no repetitions: after a cut behind a post a message
 * may be there twice.
 */
public final class DiscordCarrier implements Carrier {
  /** For each of the two requests that a letter can need. */
  static final Duration EACH = HttpSender.TIMEOUT.dividedBy(2);

  private static final Pattern SNOWFLAKE = Pattern.compile("[0-9]{1,20}");

  private final Discord settings;
  private final HttpSender sender;
  private final InstantSource clock;

  public DiscordCarrier(Discord settings, HttpSender sender, InstantSource clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    String body = DiscordEmbed.of(letter).encode();
    Optional<String> first = thread.filter(id -> SNOWFLAKE.matcher(id).matches());
    if (first.isEmpty()) {
      return post(body, letter.key(), Optional.empty());
    }
    return switch (edit(body, letter.key(), first.get())) {
      // It is gone, or not ours any more: then the conversation begins anew.
      case Sent.Never _ -> post(body, letter.key(), Optional.empty());
      case Sent.NotNow waiting -> waiting;
      case Sent.Delivered _ ->
          isHeard(letter.occasion()) ? post(body, letter.key(), first) : new Sent.Delivered(first);
    };
  }

  /** Whether an edit is not enough. */
  private static boolean isHeard(Letter.Occasion occasion) {
    return switch (occasion) {
      case CHANGED, ACKNOWLEDGED -> false;
      case OPENED, REOPENED, REMINDER, ESCALATED, RESOLVED, TEST -> true;
    };
  }

  private Sent edit(String body, String key, String message) {
    Secret url = Address.under(settings.url(), "/messages/" + message, "");
    Post edit = new Post(Post.Method.PATCH, url, Collections.emptySortedMap(), body, key);
    return judged(sender.send(edit, EACH), Optional.of(message));
  }

  private Sent post(String body, String key, Optional<String> first) {
    // Without it Discord answers before the message is there, and does not say its number.
    Secret url = Address.under(settings.url(), "", "wait=true");
    return judged(sender.send(Post.json(url, body, key), EACH), first);
  }

  private Sent judged(Answer answer, Optional<String> first) {
    if (!(answer instanceof Answer.Status status)) {
      return Judgement.of(answer, clock.instant());
    }
    Reply reply = Reply.of(status);
    Optional<Duration> wait =
        reply.seconds("retry_after").or(() -> Judgement.waitOf(status, clock.instant()));
    Sent sent = Judgement.of(status, wait);
    return sent instanceof Sent.Delivered
        ? new Sent.Delivered(
            first.or(() -> reply.text("id").filter(id -> SNOWFLAKE.matcher(id).matches())))
        : sent;
  }
}
