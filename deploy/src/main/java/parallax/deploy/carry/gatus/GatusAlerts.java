package parallax.deploy.carry.gatus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Place;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Receivers;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.Node;

/** Alerting providers as receivers, and which of them each endpoint names. */
final class GatusAlerts {
  private final Draft draft;
  private final Receivers receivers;
  private final Map<String, String> names = new HashMap<>();
  private final List<String> notCarried = new ArrayList<>();

  GatusAlerts(Draft draft, Table alerting) {
    this.draft = draft;
    this.receivers = new Receivers(draft);
    for (Node.Field field : alerting.all()) {
      provider(field.key(), Table.of(field.value()))
          .ifPresentOrElse(name -> names.put(field.key(), name), () -> notCarried.add(field.key()));
    }
  }

  /** The names of receivers that hear of an endpoint. */
  List<String> told(Table endpoint, Sheet target) {
    List<String> told = new ArrayList<>();
    for (Node node : endpoint.nodes("alerts")) {
      Table alert = Table.of(node);
      String type = alert.text("type").orElse("");
      if (alert.isFalse("enabled")) {
        continue;
      }
      Optional<String> name = Optional.ofNullable(names.get(type));
      name.ifPresent(told::add);
      if (name.isEmpty() && !notCarried.contains(type)) {
        draft.leftOut(
            target, node.place(), "an alert of type '" + Table.shown(type) + "', not configured");
      }
      alert
          .text("minimum-reminder-interval")
          .ifPresent(
              _ -> draft.leftOut(target, node.place(), "reminders: write 'remind' at the route"));
      if (alert.take("provider-override").isPresent()) {
        draft.leftOut(target, node.place(), "'provider-override': name a receiver of its own");
      }
    }
    return told;
  }

  private Optional<String> provider(String type, Table provider) {
    provider.ignore("default-alert");
    Place place = provider.place();
    Optional<String> made =
        switch (type) {
          case "slack", "discord" ->
              provider.text("webhook-url").map(url -> receivers.chat(type, type, url, place));
          case "teams-workflows" ->
              provider.text("webhook-url").map(url -> receivers.chat("teams", type, url, place));
          case "telegram" ->
              provider
                  .text("token")
                  .flatMap(
                      token ->
                          provider
                              .text("id")
                              .map(chat -> receivers.telegram(type, token, chat, place)));
          case "pagerduty" ->
              provider.text("integration-key").map(key -> receivers.pagerDuty(type, key, place));
          case "ntfy" ->
              provider
                  .text("topic")
                  .map(
                      topic ->
                          receivers.ntfy(
                              type, topic, provider.text("token"), provider.text("url"), place));
          case "email" -> email(provider, place);
          case "custom" -> {
            Optional<String> url = provider.text("url");
            url.ifPresent(
                _ ->
                    draft.leftOut(
                        provider.placeOf("url"),
                        "'custom': a document of ours is sent there by POST, not its own body"));
            provider.ignore("body", "headers", "method", "placeholders");
            yield url.map(it -> receivers.webhook(type, it, place));
          }
          default -> Optional.empty();
        };
    if (made.isEmpty()) {
      draft.leftOut(place, "alerting by '" + Table.shown(type) + "' has no counterpart");
    } else {
      provider.rest(draft, "alerting." + type + ".");
    }
    return made;
  }

  private Optional<String> email(Table provider, Place place) {
    Optional<String> to = provider.text("to");
    Optional<String> host = provider.text("host");
    if (to.isEmpty() || host.isEmpty()) {
      return Optional.empty();
    }
    receivers.server(
        new Receivers.MailServer(
            host.get(),
            provider.text("port").orElse("587"),
            provider.text("from").orElse(""),
            provider.text("username"),
            provider.text("password")),
        place);
    return Optional.of(receivers.email("email", List.of(to.get().split(",")), place));
  }
}
