package parallax.coordinator.notify.chat;

import parallax.config.secret.Secret;

/**
 * A channel of Discord.
 *
 * @param url of a webhook of the channel, with {@code ?thread_id=} for a thread of it; whoever
 *     knows it can post
 */
public record Discord(Secret url) {}
