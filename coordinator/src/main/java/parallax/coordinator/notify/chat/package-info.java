/**
 * Chats and push messages: Microsoft Teams, Telegram, Discord, ntfy. What a letter says arrives as
 * text: no mention, no link under another name, no markup.
 */
@NullMarked
package parallax.coordinator.notify.chat;

import org.jspecify.annotations.NullMarked;
