package parallax.coordinator.notify.slack;

import java.net.URI;
import java.util.Optional;
import parallax.config.secret.Secret;

/** Where and how letters reach Slack. */
public sealed interface SlackSettings {
  /** Slack's own API; another one is for stand-ins and proxies. */
  URI API = URI.create("https://slack.com/api");

  /**
   * The signing secret of the app whose interactivity URL leads to us; empty where there is none.
   * Only where it is known are there buttons, for only then can their use be verified.
   */
  Optional<Secret> signing();

  /**
   * An incoming webhook: every letter is a message of its own.
   *
   * @param url where to post; whoever knows it may post
   */
  record Webhook(Secret url, Optional<Secret> signing) implements SlackSettings {}

  /**
   * An app with the scope {@code chat:write}: an incident is one message and its thread.
   *
   * @param token of the bot, {@code xoxb-…}
   * @param channel its identity, or its name
   * @param api without the name of a method and the slash before it
   */
  record Bot(Secret token, String channel, URI api, Optional<Secret> signing)
      implements SlackSettings {}
}
