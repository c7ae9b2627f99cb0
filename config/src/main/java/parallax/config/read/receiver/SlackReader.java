package parallax.config.read.receiver;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Receiver;
import parallax.config.read.check.UrlKinds;
import parallax.config.secret.Secret;
import parallax.config.text.UrlText;

/** The {@code slack} block: an incoming webhook, or an app and a channel. */
final class SlackReader {
  private static final int MAX_CHANNEL = 80;

  private static final Field<Secret> WEBHOOK =
      Field.optional(
          "webhook",
          UrlKinds.secretReference(),
          "The URL of the incoming webhook, as ${env:NAME} or ${file:/path}. Each letter is a"
              + " message of its own.");
  private static final Field<Secret> TOKEN =
      Field.optional(
          "token",
          SecretKinds.reference(),
          "The token of an app's bot with the scope chat:write, as ${env:NAME} or ${file:/path}. An"
              + " incident is one message, and its course is the thread below.");
  private static final Field<String> CHANNEL =
      Field.optional(
          "channel",
          Kinds.text(
              "^[^\\s<>&,]{1,80}$",
              MAX_CHANNEL,
              "must be the identity of a channel such as C0123456789, or its name"),
          "Where the app writes, beside 'token'; the app must be a member.");
  private static final Field<UrlText> API =
      Field.optional(
          "api",
          UrlKinds.webUrl(),
          "Slack's API, beside 'token', for those who reach it by a proxy. Left out:"
              + " https://slack.com/api");
  private static final Field<Secret> SIGNING =
      Field.optional(
          "signing_secret",
          SecretKinds.reference(),
          "Of the app whose interactivity URL is https://…/api/v1/slack/actions here, as"
              + " ${env:NAME} or ${file:/path}: then messages have a button to acknowledge by.");

  static final Field<Way> SLACK =
      Field.optional(
          "slack",
          Kinds.fields(
              Shape.of("slack", "Slack.", WEBHOOK, TOKEN, CHANNEL, API, SIGNING)
                  .withExactlyOneOf(WEBHOOK.key(), TOKEN.key()),
              (values, _, reading) -> slack(values, reading)),
          "Slack: an incoming webhook, or an app and a channel.");

  private SlackReader() {}

  private static Optional<Way> slack(Values values, Reading reading) {
    for (Field<?> ofApp : List.of(CHANNEL, API)) {
      if (values.has(ofApp.key()) && !values.has(TOKEN.key())) {
        reading.refuse(
            values.placeOf(ofApp.key()),
            "can't have '" + ofApp.key() + "' without 'token': a webhook knows where it leads");
      }
    }
    if (values.has(TOKEN.key()) && !values.has(CHANNEL.key())) {
      reading.refuse(values.node().place(), "needs the key 'channel' beside 'token'");
    }
    Optional<Secret> signing = values.get(SIGNING);
    URI api = values.get(API).map(url -> URI.create(url.toString())).orElse(Receiver.SlackApp.API);
    Optional<Way> webhook =
        values
            .get(WEBHOOK)
            .map(url -> (name, handling) -> new Receiver.Slack(name, url, signing, handling));
    return webhook.or(
        () ->
            values
                .get(TOKEN)
                .flatMap(
                    token ->
                        values
                            .get(CHANNEL)
                            .map(
                                channel ->
                                    (name, handling) ->
                                        new Receiver.SlackApp(
                                            name, token, channel, api, signing, handling))));
  }
}
