package parallax.coordinator.notify.slack;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Picture;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Letter;

/**
 * Takes letters to one receiver in Slack.
 *
 * <p>An app posts the first letter of an incident as a message. With every later one it changes
 * that message, which so tells how things stand, and adds the headline to its thread, which so
 * tells the course; the end of it is shown in the channel, too, with a picture of it in the thread.
 * An incoming webhook can only post.
 *
 * <p>What may have arrived is sent again with the same {@code client_msg_id}, made of the letter's
 * key; the change of a message can be repeated as it is.
 */
public final class SlackCarrier implements Carrier, AutoCloseable {
  /** For one attempt, connecting and reading the answers included. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Of an attempt. */
  private static final int MAX_CALLS = 2;

  private static final Duration FOR_ONE = TIMEOUT.dividedBy(MAX_CALLS);

  private static final String POST = "/chat.postMessage";
  private static final String UPDATE = "/chat.update";

  private final SlackSettings settings;
  private final SlackHttp http;
  private final String userAgent;
  private final SlackPictures pictures;

  /**
   * A carrier.
   *
   * @param clock for waits that Slack asks for as a date
   * @param version for the User-Agent
   */
  public SlackCarrier(SlackSettings settings, InstantSource clock, String version) {
    this.settings = settings;
    this.http = new SlackHttp(clock);
    this.userAgent = "Parallax/" + version;
    this.pictures = new SlackPictures(http, userAgent);
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread, Supplier<Optional<Picture>> picture) {
    Sent sent = carry(letter, thread);
    Optional<SlackThread> below = thread.flatMap(SlackThread::of);
    if (sent instanceof Sent.Delivered
        && settings instanceof SlackSettings.Bot bot
        && below.isPresent()
        && letter.occasion().isEnd()
        && pictures.areWanted()) {
      picture.get().ifPresent(drawn -> pictures.add(bot, below.get(), drawn, letter.headline()));
    }
    return sent;
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    return switch (settings) {
      case SlackSettings.Webhook webhook -> post(webhook, letter);
      case SlackSettings.Bot bot ->
          thread
              .flatMap(SlackThread::of)
              .map(known -> goOn(bot, letter, known))
              .orElseGet(() -> begin(bot, letter));
    };
  }

  private Sent post(SlackSettings.Webhook webhook, Letter letter) {
    SlackAnswer first =
        post(webhook, letter, SlackMessage.whole(letter, webhook.signing().isPresent()));
    return settled(
        first instanceof SlackAnswer.Unreadable
            ? post(webhook, letter, SlackMessage.bare(letter))
            : first);
  }

  private SlackAnswer post(SlackSettings.Webhook webhook, Letter letter, JsonObject body) {
    SortedMap<String, String> headers = headers();
    headers.put("Idempotency-Key", letter.key());
    return SlackAnswer.ofWebhook(http.post(webhook.url().reveal(), headers, body, FOR_ONE));
  }

  private Sent begin(SlackSettings.Bot bot, Letter letter) {
    return settled(
        switch (call(bot, POST, opening(bot, letter, letter.key()))) {
          // It had arrived, and somebody has deleted it: what follows needs one to be below.
          case SlackAnswer.AcceptedBefore _ ->
              call(bot, POST, opening(bot, letter, letter.key() + " again"));
          case SlackAnswer.Unreadable _ ->
              call(
                  bot,
                  POST,
                  SlackMessage.bare(letter)
                      .put("channel", bot.channel())
                      .put("client_msg_id", uuid(letter.key())));
          case SlackAnswer other -> other;
        });
  }

  private Sent goOn(SlackSettings.Bot bot, Letter letter, SlackThread thread) {
    JsonObject now =
        SlackMessage.whole(letter, bot.signing().isPresent())
            .put("channel", thread.channel())
            .put("ts", thread.ts());
    return switch (call(bot, UPDATE, now)) {
      case SlackAnswer.Ok _, SlackAnswer.Frozen _, SlackAnswer.Unreadable _ ->
          reply(bot, letter, thread);
      case SlackAnswer.Gone _, SlackAnswer.AcceptedBefore _ ->
          settled(call(bot, POST, opening(bot, letter, letter.key() + " anew")));
      case SlackAnswer.No(Sent sent) -> sent;
    };
  }

  private Sent reply(SlackSettings.Bot bot, Letter letter, SlackThread thread) {
    JsonObject entry =
        SlackMessage.entry(letter)
            .put("channel", thread.channel())
            .put("thread_ts", thread.ts())
            .put("reply_broadcast", letter.occasion().isEnd())
            .put("client_msg_id", uuid(letter.key()));
    return switch (call(bot, POST, entry)) {
      case SlackAnswer.Ok _, SlackAnswer.AcceptedBefore _, SlackAnswer.Frozen _ ->
          new Sent.Delivered(Optional.of(thread.name()));
      case SlackAnswer.Gone _ ->
          new Sent.NotNow("the thread went while it was written to", Optional.empty());
      case SlackAnswer.Unreadable _ -> new Sent.Never("Slack cannot read what is written");
      case SlackAnswer.No(Sent sent) -> sent;
    };
  }

  private static JsonObject opening(SlackSettings.Bot bot, Letter letter, String key) {
    return SlackMessage.whole(letter, bot.signing().isPresent())
        .put("channel", bot.channel())
        .put("client_msg_id", uuid(key));
  }

  private static String uuid(String key) {
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Sent settled(SlackAnswer answer) {
    return switch (answer) {
      case SlackAnswer.Ok(Optional<SlackThread> message) ->
          new Sent.Delivered(message.map(SlackThread::name));
      case SlackAnswer.AcceptedBefore _ -> new Sent.Delivered();
      case SlackAnswer.Gone _, SlackAnswer.Frozen _ ->
          new Sent.NotNow("an error that does not fit", Optional.empty());
      case SlackAnswer.Unreadable _ -> new Sent.Never("Slack cannot read what is written");
      case SlackAnswer.No(Sent sent) -> sent;
    };
  }

  private SlackAnswer call(SlackSettings.Bot bot, String method, JsonObject body) {
    SortedMap<String, String> headers = headers();
    headers.put("Authorization", "Bearer " + bot.token().reveal());
    return SlackAnswer.ofMethod(http.post(bot.api() + method, headers, body, FOR_ONE));
  }

  private SortedMap<String, String> headers() {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("User-Agent", userAgent);
    return headers;
  }

  @Override
  public void close() {
    http.close();
  }
}
