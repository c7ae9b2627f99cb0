package parallax.config.read.policy;

import java.util.List;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.SecretKinds.Expanded;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.read.check.UrlKinds;
import parallax.config.secret.Secret;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** An item of {@code receivers}. */
public final class ReceiverReader {
  /** A longer list is a mailing list, which the mail server keeps better. */
  private static final int MAX_ADDRESSES = 20;

  private static final Field<Secret> SLACK_WEBHOOK =
      Field.required(
          "webhook",
          SecretKinds.reference().then(ReceiverReader::slackUrl),
          "The URL of the incoming webhook, as ${env:NAME} or ${file:/path}.");

  /** An http or https URL that may hold secrets. */
  static final Kind<Secret> URL =
      SecretKinds.expandable(UrlText.MAX_LENGTH).then(ReceiverReader::webhookUrl);

  private static final Field<Secret> WEBHOOK_URL =
      Field.required(
          "url",
          URL,
          "Where a JSON document is sent by POST. May hold ${env:NAME} and ${file:/path}.");
  private static final Field<Secret> WEBHOOK_SECRET =
      Field.optional(
          "secret",
          SecretKinds.reference(),
          "Signs each document, as ${env:NAME} or ${file:/path}. Left out: none is signed.");
  private static final Field<List<String>> TO =
      Field.required(
          "to", Kinds.oneOrMany(PolicyKinds.address(), MAX_ADDRESSES), "E-mail addresses.");
  private static final Field<String> NAME =
      Field.required("name", PolicyKinds.name(), "Unique among receivers; routes name it.");

  private static final Field<Secret> SLACK =
      Field.optional(
          "slack",
          Kinds.fields(
              Shape.of("slack", "A Slack incoming webhook.", SLACK_WEBHOOK),
              (values, _, _) -> values.get(SLACK_WEBHOOK)),
          "A Slack incoming webhook.");
  private static final Field<Signed> WEBHOOK =
      Field.optional(
          "webhook",
          Kinds.fields(
              Shape.of("webhook", "A JSON document by HTTP POST.", WEBHOOK_URL, WEBHOOK_SECRET),
              (values, _, _) ->
                  values.get(WEBHOOK_URL).map(url -> new Signed(url, values.get(WEBHOOK_SECRET)))),
          "A JSON document by HTTP POST.");
  private static final Field<List<String>> EMAIL =
      Field.optional(
          "email",
          Kinds.fields(
              Shape.of("email", "Mail, sent through 'smtp'.", TO),
              (values, _, _) -> values.get(TO)),
          "Mail, sent through 'smtp'.");

  public static final Kind<Receiver> KIND =
      Kinds.fields(
          Shape.of(
                  "receiver",
                  "Somebody, or something, that is told.",
                  NAME,
                  SLACK,
                  WEBHOOK,
                  EMAIL,
                  HandlingReader.AT_MOST,
                  HandlingReader.OTHERWISE)
              .withExactlyOneOf(SLACK.key(), WEBHOOK.key(), EMAIL.key()),
          (values, _, _) -> values.get(NAME).flatMap(name -> receiver(name, values)));

  private ReceiverReader() {}

  /** Where documents are sent, and by what they are signed. */
  private record Signed(Secret url, Optional<Secret> secret) {}

  /** Where an item says that it is told by mail. */
  public static Optional<Place> mail(Yaml node) {
    return node instanceof Yaml.Mapping mapping
        ? mapping.entry(EMAIL.key()).map(Yaml.Entry::place)
        : Optional.empty();
  }

  /**
   * Notes substitutes that are nobody, or the receiver itself.
   *
   * @param items of receivers, as they are written
   * @param receivers names of all
   */
  public static void checkSubstitutes(List<Yaml> items, List<String> receivers, Problems problems) {
    for (Yaml item : items) {
      Optional<Located<String>> named = HandlingReader.named(item);
      named.ifPresent(name -> RouteReader.checkReceiver(name, receivers, problems));
      named
          .filter(
              name ->
                  item instanceof Yaml.Mapping mapping
                      && mapping
                          .entry(NAME.key())
                          .map(Yaml.Entry::value)
                          .filter(Yaml.Scalar.class::isInstance)
                          .map(Yaml.Scalar.class::cast)
                          .filter(own -> own.text().equals(name.value()))
                          .isPresent())
          .ifPresent(
              name ->
                  problems.error(
                      name.place(), "a receiver can't stand in for itself; name another one"));
    }
  }

  private static Optional<Receiver> receiver(String name, Values values) {
    Handling handling = HandlingReader.handling(values);
    Optional<Receiver> slack =
        values.get(SLACK).map(url -> new Receiver.Slack(name, url, handling));
    Optional<Receiver> webhook =
        values
            .get(WEBHOOK)
            .map(hook -> new Receiver.Webhook(name, hook.url(), hook.secret(), handling));
    Optional<Receiver> email = values.get(EMAIL).map(to -> new Receiver.Email(name, to, handling));
    return slack.or(() -> webhook).or(() -> email);
  }

  private static Optional<Secret> webhookUrl(Expanded url, Yaml node, Reading reading) {
    return url.known() ? secretUrl(url.value(), node, reading) : Optional.of(url.value());
  }

  private static Optional<Secret> slackUrl(Secret url, Yaml node, Reading reading) {
    // Empty when the reference is only known where the configuration is used.
    return url.reveal().isEmpty() ? Optional.of(url) : secretUrl(url, node, reading);
  }

  private static Optional<Secret> secretUrl(Secret url, Yaml node, Reading reading) {
    return UrlKinds.secretWebUrl(url.reveal(), node, reading).map(_ -> url);
  }
}
