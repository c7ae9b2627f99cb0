package parallax.config.read.people;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.SecretKinds.Expanded;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.read.check.UrlKinds;
import parallax.config.read.policy.PolicyKinds;
import parallax.config.runbook.Action;
import parallax.config.runbook.Action.Work;
import parallax.config.runbook.Automatic;
import parallax.config.runbook.Runbook;
import parallax.config.secret.Secret;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** The {@code actions} of a runbook. */
final class ActionReader {
  private static final Field<String> NAME =
      Field.required("name", PolicyKinds.name(), "Unique in its runbook.");
  private static final Field<Secret> URL =
      Field.required(
          "url",
          SecretKinds.expandable(UrlText.MAX_LENGTH).then(ActionReader::webUrl),
          "Where a JSON document is sent by POST. May hold ${env:NAME} and ${file:/path}.");
  private static final Field<Secret> SECRET =
      Field.optional(
          "secret",
          SecretKinds.reference(),
          "Signs the document, as ${env:NAME} or ${file:/path}. Left out: it is not signed.");
  private static final Field<Duration> TIMEOUT =
      Field.optional(
          "timeout",
          Kinds.duration(Work.Webhook.MIN_TIMEOUT, Work.Webhook.MAX_TIMEOUT),
          "How long to wait for the answer. Left out: 10s.");
  private static final Field<Work.Webhook> WEBHOOK =
      Field.optional(
          "webhook",
          Kinds.fields(
              Shape.of("runbook webhook", "A JSON document by POST.", URL, SECRET, TIMEOUT),
              (values, _, _) ->
                  values
                      .get(URL)
                      .map(
                          url ->
                              new Work.Webhook(
                                  url,
                                  values.get(SECRET),
                                  values.get(TIMEOUT).orElse(Work.Webhook.USUAL_TIMEOUT)))),
          "A JSON document is sent by HTTP POST.");
  private static final Field<String> COMMAND =
      Field.optional(
          "command",
          PolicyKinds.name(),
          "A command by its name. What is run stands in the coordinator's own file (--commands).");

  private static final Kind<Action> ITEM =
      Kinds.fields(
          Shape.of(
                  "runbook action",
                  "Something that a machine can do.",
                  NAME,
                  WEBHOOK,
                  COMMAND,
                  AutomaticReader.AUTO)
              .withExactlyOneOf(WEBHOOK.key(), COMMAND.key()),
          (values, _, _) -> action(values));

  static final Field<List<Action>> ACTIONS =
      Field.optional(
          "actions",
          Kinds.listOf(ITEM, 1, Runbook.MAX_ACTIONS).then(ActionReader::unique),
          "What a machine can do about it.");

  private ActionReader() {}

  private static Optional<Action> action(Values values) {
    Optional<Work> webhook = values.get(WEBHOOK).map(Work.class::cast);
    Optional<Work> work = webhook.or(() -> values.get(COMMAND).map(Work.Command::new));
    Optional<Automatic> automatic = values.get(AutomaticReader.AUTO);
    return values.get(NAME).flatMap(name -> work.map(each -> new Action(name, each, automatic)));
  }

  private static Optional<List<Action>> unique(List<Action> actions, Yaml node, Reading reading) {
    TreeSet<String> names = new TreeSet<>();
    for (Action action : actions) {
      if (!names.add(action.name())) {
        return reading.refuse(
            node.place(), "must have names that differ; '" + action.name() + "' stands twice");
      }
    }
    return Optional.of(actions);
  }

  private static Optional<Secret> webUrl(Expanded url, Yaml node, Reading reading) {
    return url.known()
        ? UrlKinds.secretWebUrl(url.value().reveal(), node, reading).map(_ -> url.value())
        : Optional.of(url.value());
  }
}
