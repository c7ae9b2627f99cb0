package parallax.coordinator.notify.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.Address;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.Judgement;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.http.Post;
import parallax.coordinator.notify.letter.Letter;

/**
 * Takes letters to a topic of ntfy, published as JSON and without Markdown. The {@code sequence_id}
 * stands for the key: servers and apps that know it (2.16 and later) show a repetition in place of
 * what it repeats. It is another for each letter, for a message that is replaced need not be heard.
 */
public final class NtfyCarrier implements Carrier {
  /** A longer message would become a file, in bytes. */
  static final int MAX_MESSAGE = 4096;

  /** In UTF-16 units. */
  static final int MAX_TITLE = 200;

  private static final int SEQUENCE_BYTES = 16;
  private static final int FRAME = 16;
  private static final int RESERVE = 32;

  private final Ntfy settings;
  private final HttpSender sender;
  private final InstantSource clock;

  public NtfyCarrier(Ntfy settings, HttpSender sender, InstantSource clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    Secret url = Address.under(settings.url(), "/", "");
    JsonObject body = message(letter).put("topic", settings.topic().reveal());
    Post post = Post.json(url, body.encode(), letter.key());
    Post authorized =
        settings
            .token()
            .map(token -> post.with(Map.of("Authorization", "Bearer " + token.reveal())))
            .orElse(post);
    return Judgement.of(sender.send(authorized), clock.instant());
  }

  /** The message, without its topic. */
  static JsonObject message(Letter letter) {
    Sheet whole = Sheet.of(letter);
    String headline = whole.headline();
    boolean isShort = headline.length() <= MAX_TITLE;
    StringBuilder text = new StringBuilder(isShort ? "" : headline);
    int budget = MAX_MESSAGE - RESERVE - cost(headline);
    Sheet sheet = whole.within(budget, item -> FRAME + cost(line(item)));
    sheet.items().forEach(item -> text.append('\n').append(line(item)));
    text.append(sheet.cut() ? "\n…" : "");
    String message = text.toString().strip();
    JsonArray tags = new JsonArray().add(letter.grade().name().toLowerCase(Locale.ROOT));
    if (letter.drill()) {
      tags.add("drill");
    }
    JsonObject json =
        new JsonObject()
            .put("title", Line.cut(headline, MAX_TITLE))
            // An empty one would be called "triggered".
            .put("message", message.isEmpty() ? headline : message)
            .put("priority", priority(letter.grade()))
            .put("tags", tags)
            .put("sequence_id", sequence(letter));
    letter.links().stream()
        .findFirst()
        .flatMap(Line::target)
        .ifPresent(page -> json.put("click", page));
    return json;
  }

  /** The key as a server takes it: at most 64 of few characters. */
  private static String sequence(Letter letter) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(letter.key().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, SEQUENCE_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String line(Sheet.Item item) {
    return switch (item) {
      case Sheet.Item.Title(String text) -> "\n" + text;
      case Sheet.Item.Fact(String name, String text) -> name + ": " + text;
      case Sheet.Item.Bullet(String text) -> "• " + text;
    };
  }

  /** In bytes, as JSON: the server bounds the document as well. */
  private static int cost(String line) {
    return Line.bytes(line)
        + (int) line.chars().filter(unit -> unit == '"' || unit == '\\').count();
  }

  private static int priority(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> 5;
      case WARNING -> 4;
      case NOTE, GOOD -> 3;
    };
  }
}
