package parallax.config.read.receiver;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.read.check.UrlKinds;
import parallax.config.read.policy.PolicyKinds;
import parallax.config.read.policy.RouteReader;
import parallax.config.secret.Secret;
import parallax.config.yaml.Yaml;

/** An item of {@code receivers}. */
public final class ReceiverReader {
  /** A longer list is a mailing list, which the mail server keeps better. */
  private static final int MAX_ADDRESSES = 20;

  private static final Field<String> NAME =
      Field.required("name", PolicyKinds.name(), "Unique among receivers; routes name it.");

  private static final Field<Secret> WEBHOOK_URL =
      Field.required(
          "url",
          UrlKinds.secretUrl(),
          "Where a JSON document is sent by POST. May hold ${env:NAME} and ${file:/path}.");
  private static final Field<Secret> WEBHOOK_SECRET =
      Field.optional(
          "secret",
          SecretKinds.reference(),
          "Signs each document, as ${env:NAME} or ${file:/path}. Left out: none is signed.");
  private static final Field<Way> WEBHOOK =
      Field.optional(
          "webhook",
          Kinds.fields(
              Shape.of("webhook", "A JSON document by HTTP POST.", WEBHOOK_URL, WEBHOOK_SECRET),
              (values, _, _) -> webhook(values)),
          "A JSON document by HTTP POST.");

  private static final Field<List<String>> TO =
      Field.required(
          "to", Kinds.oneOrMany(PolicyKinds.address(), MAX_ADDRESSES), "E-mail addresses.");
  private static final Field<Way> EMAIL =
      Field.optional(
          "email",
          Kinds.fields(
              Shape.of("email", "Mail, sent through 'smtp'.", TO),
              (values, _, _) ->
                  values
                      .get(TO)
                      .map(to -> (name, handling) -> new Receiver.Email(name, to, handling))),
          "Mail, sent through 'smtp'.");

  /** All kinds, of which a receiver is one. */
  private static final List<Field<Way>> WAYS =
      List.of(
          SlackReader.SLACK,
          WEBHOOK,
          EMAIL,
          PagerReader.ALERTMANAGER,
          PagerReader.PAGERDUTY,
          ChatReader.TEAMS,
          ChatReader.TELEGRAM,
          ChatReader.DISCORD,
          ChatReader.NTFY);

  public static final Kind<Receiver> KIND =
      Kinds.fields(
          Shape.of(
                  "receiver",
                  "Somebody, or something, that is told.",
                  Stream.of(Stream.of(NAME), WAYS.stream(), HandlingReader.FIELDS.stream())
                      .flatMap(fields -> fields)
                      .toArray(Field<?>[]::new))
              .withExactlyOneOf(WAYS.stream().map(Field::key).toArray(String[]::new)),
          (values, _, _) -> values.get(NAME).flatMap(name -> receiver(name, values)));

  private ReceiverReader() {}

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
    return WAYS.stream()
        .flatMap(way -> values.get(way).stream())
        .findFirst()
        .map(way -> way.of(name, handling));
  }

  private static Optional<Way> webhook(Values values) {
    Optional<Secret> secret = values.get(WEBHOOK_SECRET);
    return values
        .get(WEBHOOK_URL)
        .map(url -> (name, handling) -> new Receiver.Webhook(name, url, secret, handling));
  }
}
