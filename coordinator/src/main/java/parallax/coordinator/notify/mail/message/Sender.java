package parallax.coordinator.notify.mail.message;

/**
 * Who writes, and for which receiver.
 *
 * @param receiver its name in the configuration; part of what names a letter
 * @param mailbox answers go there
 * @param name shown beside the mailbox; may be empty
 */
public record Sender(String receiver, Mailbox mailbox, String name) {}
