package parallax.coordinator.notify.chat;

import parallax.config.secret.Secret;

/**
 * A channel or chat of Microsoft Teams.
 *
 * @param url of a workflow that begins "when a Teams webhook request is received" and posts the
 *     card; whoever knows it can post
 */
public record Teams(Secret url) {}
