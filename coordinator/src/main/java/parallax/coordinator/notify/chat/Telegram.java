package parallax.coordinator.notify.chat;

import java.util.Optional;
import parallax.config.secret.Secret;

/**
 * A chat of Telegram, told by a bot.
 *
 * @param url of the Bot API; {@link #USUAL} unless somebody runs a server of their own
 * @param token of the bot
 * @param chat the number of the chat, or {@code @name} of a public one
 * @param topic of a group with topics
 */
public record Telegram(Secret url, Secret token, String chat, Optional<Long> topic) {
  /** Where Telegram itself serves the Bot API. */
  public static final String USUAL = "https://api.telegram.org";
}
