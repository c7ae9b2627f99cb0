package parallax.coordinator.notify.hook;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.letter.Letter;

/**
 * Takes letters to a webhook. A document arrives at least once: the receiver drops those whose
 * {@code Idempotency-Key} it has seen. It has no conversations.
 */
public final class HookCarrier implements Carrier {
  private final Hook settings;
  private final HookSender sender;
  private final InstantSource clock;
  private final Function<Letter, JsonObject> document;

  /** One that sends what a letter alone knows. */
  public HookCarrier(Hook settings, HttpSender sender, InstantSource clock) {
    this(settings, sender, clock, LetterDocument::of);
  }

  /**
   * One that sends richer documents.
   *
   * @param document of a letter; pure
   */
  public HookCarrier(
      Hook settings,
      HttpSender sender,
      InstantSource clock,
      Function<Letter, JsonObject> document) {
    this.settings = settings;
    this.sender = new HookSender(sender);
    this.clock = clock;
    this.document = document;
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    String body = document.apply(letter).encode();
    return sender.send(settings, letter.key(), body, clock.instant());
  }
}
