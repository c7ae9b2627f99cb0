package parallax.config.read.receiver;

import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.SecretKinds.Expanded;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Receiver;
import parallax.config.read.check.UrlKinds;
import parallax.config.secret.Secret;
import parallax.config.yaml.Yaml;

/** The blocks {@code teams}, {@code discord}, {@code telegram} and {@code ntfy}. */
final class ChatReader {
  private static final int MAX_CHAT = 64;
  private static final int MAX_TOPIC = 64;
  private static final String CHAT = "-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,31}";
  private static final String TOPIC = "[A-Za-z0-9_-]{1,64}";

  private static final Field<Secret> TEAMS_WEBHOOK =
      Field.required(
          "webhook",
          UrlKinds.secretReference(),
          "The URL of a workflow that begins when a Teams webhook request is received and posts the"
              + " card, as ${env:NAME} or ${file:/path}.");

  static final Field<Way> TEAMS =
      Field.optional(
          "teams",
          Kinds.fields(
              Shape.of("teams", "Microsoft Teams, by a workflow.", TEAMS_WEBHOOK),
              (values, _, _) ->
                  values
                      .get(TEAMS_WEBHOOK)
                      .map(url -> (name, handling) -> new Receiver.Teams(name, url, handling))),
          "Microsoft Teams, by a workflow.");

  private static final Field<Secret> DISCORD_WEBHOOK =
      Field.required(
          "webhook",
          UrlKinds.secretReference(),
          "The URL of a webhook of the channel, as ${env:NAME} or ${file:/path}; with ?thread_id=…"
              + " for a thread of it.");

  static final Field<Way> DISCORD =
      Field.optional(
          "discord",
          Kinds.fields(
              Shape.of("discord", "A channel of Discord, by a webhook.", DISCORD_WEBHOOK),
              (values, _, _) ->
                  values
                      .get(DISCORD_WEBHOOK)
                      .map(url -> (name, handling) -> new Receiver.Discord(name, url, handling))),
          "A channel of Discord, by a webhook.");

  private static final Field<Secret> TELEGRAM_TOKEN =
      Field.required(
          "token", SecretKinds.reference(), "Of the bot, as ${env:NAME} or ${file:/path}.");
  private static final Field<String> TELEGRAM_CHAT =
      Field.required(
          "chat",
          Kinds.written(MAX_CHAT).then(ChatReader::chat),
          "The number of the chat, or @name of a public one.");
  private static final Field<Long> TELEGRAM_TOPIC =
      Field.optional(
          "topic", Kinds.wholeNumber(1, Integer.MAX_VALUE), "Of a group that has topics.");
  private static final Field<Secret> TELEGRAM_URL =
      Field.optional(
          "url",
          UrlKinds.secretUrl(),
          "The server of the Bot API. Left out: https://api.telegram.org");

  static final Field<Way> TELEGRAM =
      Field.optional(
          "telegram",
          Kinds.fields(
              Shape.of(
                  "telegram",
                  "A chat of Telegram, by a bot.",
                  TELEGRAM_TOKEN,
                  TELEGRAM_CHAT,
                  TELEGRAM_TOPIC,
                  TELEGRAM_URL),
              (values, _, _) -> telegram(values)),
          "A chat of Telegram, by a bot.");

  private static final Field<Secret> NTFY_TOPIC =
      Field.required(
          "topic",
          SecretKinds.expandable(MAX_TOPIC).then(ChatReader::topic),
          "Whoever knows it can read it, unless the server asks for a token; so better ${env:NAME}"
              + " or ${file:/path}.");
  private static final Field<Secret> NTFY_TOKEN =
      Field.optional(
          "token",
          SecretKinds.reference(),
          "An access token of the server, as ${env:NAME} or ${file:/path}.");
  private static final Field<Secret> NTFY_URL =
      Field.optional("url", UrlKinds.secretUrl(), "The server. Left out: https://ntfy.sh");

  static final Field<Way> NTFY =
      Field.optional(
          "ntfy",
          Kinds.fields(
              Shape.of("ntfy", "A topic of an ntfy server.", NTFY_TOPIC, NTFY_TOKEN, NTFY_URL),
              (values, _, _) -> ntfy(values)),
          "A topic of an ntfy server.");

  private ChatReader() {}

  private static Optional<String> chat(String text, Yaml node, Reading reading) {
    return text.matches(CHAT)
        ? Optional.of(text)
        : reading.wrong(node, "must be the number of a chat, or @name of a public one");
  }

  private static Optional<Secret> topic(Expanded topic, Yaml node, Reading reading) {
    return !topic.known() || topic.value().reveal().matches(TOPIC)
        ? Optional.of(topic.value())
        : reading.refuse(
            node.place(),
            "must be, once its references are resolved, 1 to 64 letters, digits, hyphens and"
                + " underscores");
  }

  private static Optional<Way> telegram(Values values) {
    Secret url = values.get(TELEGRAM_URL).orElse(Secret.of(Receiver.Telegram.API));
    Optional<Long> topic = values.get(TELEGRAM_TOPIC);
    return values
        .get(TELEGRAM_TOKEN)
        .flatMap(
            token ->
                values
                    .get(TELEGRAM_CHAT)
                    .map(
                        chat ->
                            (name, handling) ->
                                new Receiver.Telegram(name, url, token, chat, topic, handling)));
  }

  private static Optional<Way> ntfy(Values values) {
    Secret url = values.get(NTFY_URL).orElse(Secret.of(Receiver.Ntfy.SERVER));
    Optional<Secret> token = values.get(NTFY_TOKEN);
    return values
        .get(NTFY_TOPIC)
        .map(topic -> (name, handling) -> new Receiver.Ntfy(name, url, topic, token, handling));
  }
}
