package parallax.deploy.carry.kuma;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Receivers;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.Node;
import parallax.probe.blackbox.read.Trees;

/** Notifications as receivers. */
final class KumaNotifications {
  /** A notification's settings are a document in a string. */
  private static final Trees.Limits LIMITS = new Trees.Limits(1 << 20, 10_000);

  private static final String SLACK = "slack";

  private final Draft draft;
  private final Receivers receivers;

  KumaNotifications(Draft draft) {
    this.draft = draft;
    this.receivers = new Receivers(draft);
  }

  /** Names of receivers by the identity of the notification. */
  Map<String, String> read(List<Node> notifications) {
    Map<String, String> names = new HashMap<>();
    for (Node node : notifications) {
      Table notification = Table.of(node);
      String name = notification.text("name").orElse("notification");
      String identity = notification.text("id").orElse("");
      Place place = notification.placeOf("config");
      if (notification.isFalse("active")) {
        draft.leftOut(node.place(), "notification '" + Table.shown(name) + "' is not active");
        continue;
      }
      Table config =
          notification
              .table("config")
              .or(() -> notification.text("config").flatMap(text -> inside(text, place)))
              .orElse(notification);
      String type = config.text("type").orElse("");
      Optional<String> made = receiver(type, name, config, place);
      made.ifPresent(receiver -> names.put(identity, receiver));
      if (made.isEmpty()) {
        draft.leftOut(
            node.place(),
            "notification '"
                + Table.shown(name)
                + "': type '"
                + Table.shown(type)
                + "' has no counterpart, or lacks what it needs");
      }
    }
    return names;
  }

  private static Optional<Table> inside(String text, Place place) {
    return Trees.read(place.file(), text.getBytes(StandardCharsets.UTF_8), LIMITS, new Problems())
        .map(Table::of);
  }

  private Optional<String> receiver(String type, String name, Table config, Place place) {
    return switch (type) {
      case SLACK ->
          config.text("slackwebhookURL").map(url -> receivers.chat(SLACK, name, url, place));
      case "discord" ->
          config.text("discordWebhookUrl").map(url -> receivers.chat("discord", name, url, place));
      case "teams" ->
          config.text("webhookUrl").map(url -> receivers.chat("teams", name, url, place));
      case "webhook" -> config.text("webhookURL").map(url -> receivers.webhook(name, url, place));
      case "telegram" ->
          config
              .text("telegramChatID")
              .map(
                  chat ->
                      receivers.telegram(
                          name, config.text("telegramBotToken").orElse(""), chat, place));
      case "PagerDuty" ->
          config.text("pagerdutyIntegrationKey").map(key -> receivers.pagerDuty(name, key, place));
      case "ntfy" ->
          config
              .text("ntfytopic")
              .map(
                  topic ->
                      receivers.ntfy(
                          name,
                          topic,
                          config.text("ntfyaccesstoken"),
                          config.text("ntfyserverurl"),
                          place));
      case "smtp" -> mail(name, config, place);
      default -> Optional.empty();
    };
  }

  private Optional<String> mail(String name, Table config, Place place) {
    Optional<String> host = config.text("smtpHost");
    Optional<String> to = config.text("smtpTo");
    if (host.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    receivers.server(
        new Receivers.MailServer(
            host.get(),
            config.text("smtpPort").orElse("587"),
            config.text("smtpFrom").map(KumaNotifications::address).orElse(""),
            config.text("smtpUsername"),
            config.text("smtpPassword")),
        place);
    return Optional.of(receivers.email(name, List.of(to.get().split(",")), place));
  }

  /** The address of {@code "A name" <address>} (RFC 5322 section 3.4). */
  private static String address(String mailbox) {
    int open = mailbox.lastIndexOf('<');
    int close = mailbox.lastIndexOf('>');
    return open >= 0 && close > open ? mailbox.substring(open + 1, close) : mailbox;
  }
}
