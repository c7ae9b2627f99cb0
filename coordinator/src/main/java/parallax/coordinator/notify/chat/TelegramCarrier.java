package parallax.coordinator.notify.chat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
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
 * Takes letters to a chat of Telegram: {@code sendMessage} of the Bot API. Later letters of an
 * incident answer its first message, whose number is the thread. Telegram drops no repetitions:
 * after a cut behind the request a message may be there twice.
 */
public final class TelegramCarrier implements Carrier {
  private final Telegram settings;
  private final HttpSender sender;
  private final InstantSource clock;

  public TelegramCarrier(Telegram settings, HttpSender sender, InstantSource clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    Optional<Long> first = thread.flatMap(TelegramCarrier::number);
    Secret url =
        Address.under(settings.url(), "/bot" + settings.token().reveal() + "/sendMessage", "");
    Answer answer = sender.send(Post.json(url, message(letter, first).encode(), letter.key()));
    return switch (answer) {
      case Answer.Status status -> judged(status, first);
      case Answer.None _, Answer.Unsendable _ -> Judgement.of(answer, clock.instant());
    };
  }

  private JsonObject message(Letter letter, Optional<Long> first) {
    JsonObject message =
        TelegramText.of(letter)
            .put("chat_id", settings.chat())
            .put("link_preview_options", new JsonObject().put("is_disabled", true));
    settings.topic().ifPresent(topic -> message.put("message_thread_id", topic));
    first.ifPresent(
        number ->
            message.put(
                "reply_parameters",
                new JsonObject()
                    .put("message_id", number)
                    .put("allow_sending_without_reply", true)));
    return message;
  }

  private Sent judged(Answer.Status answer, Optional<Long> first) {
    Reply reply = Reply.of(answer);
    Reply parameters = reply.at("parameters");
    Optional<Duration> wait =
        parameters.seconds("retry_after").or(() -> Judgement.waitOf(answer, clock.instant()));
    Sent sent = Judgement.of(answer, wait);
    return switch (sent) {
      case Sent.Delivered _ ->
          new Sent.Delivered(
              first.or(() -> reply.at("result").number("message_id")).map(String::valueOf));
      case Sent.Never(String why) when parameters.has("migrate_to_chat_id") ->
          new Sent.Never(why + ": the group became a supergroup, whose number is another");
      case Sent.NotNow _, Sent.Never _ -> sent;
    };
  }

  private static Optional<Long> number(String thread) {
    try {
      return Optional.of(Long.parseLong(thread));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
