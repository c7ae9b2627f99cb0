package parallax.coordinator.notify;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import parallax.config.policy.Receiver;
import parallax.config.policy.SmtpServer;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.chat.Discord;
import parallax.coordinator.notify.chat.DiscordCarrier;
import parallax.coordinator.notify.chat.Ntfy;
import parallax.coordinator.notify.chat.NtfyCarrier;
import parallax.coordinator.notify.chat.Teams;
import parallax.coordinator.notify.chat.TeamsCarrier;
import parallax.coordinator.notify.chat.Telegram;
import parallax.coordinator.notify.chat.TelegramCarrier;
import parallax.coordinator.notify.hook.Hook;
import parallax.coordinator.notify.hook.HookCarrier;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.mail.MailCarrier;
import parallax.coordinator.notify.mail.MailSettings;
import parallax.coordinator.notify.mail.message.Mailbox;
import parallax.coordinator.notify.mail.message.Sender;
import parallax.coordinator.notify.pager.Alertmanager;
import parallax.coordinator.notify.pager.AlertmanagerCarrier;
import parallax.coordinator.notify.pager.PagerDuty;
import parallax.coordinator.notify.pager.PagerDutyCarrier;
import parallax.coordinator.notify.slack.SlackCarrier;
import parallax.coordinator.notify.slack.SlackSettings;

/**
 * Makes the carrier of a receiver from its configuration.
 *
 * @param http shared by all carriers that only send; stays with the caller
 * @param version for the User-Agent
 */
record CarrierMaker(HttpSender http, InstantSource clock, String version) {
  private static final String SENDER_NAME = "Parallax";

  /** A carrier, and what is to be closed with it. */
  record Made(Carrier carrier, AutoCloseable resource) {}

  /** One that says why nothing can be sent where that is so. */
  Made of(Receiver receiver, Optional<SmtpServer> smtp) {
    try {
      return made(receiver, smtp);
    } catch (IllegalArgumentException e) {
      // What it says may repeat what is configured.
      return never("its part of the configuration cannot be used");
    }
  }

  private Made made(Receiver receiver, Optional<SmtpServer> smtp) {
    return switch (receiver) {
      case Receiver.Webhook hook ->
          alone(new HookCarrier(new Hook(hook.url(), told(hook.secret())), http, clock));
      case Receiver.Slack slack ->
          slack(new SlackSettings.Webhook(slack.webhook(), told(slack.signing())));
      case Receiver.SlackApp app ->
          slack(new SlackSettings.Bot(app.token(), app.channel(), app.api(), told(app.signing())));
      case Receiver.Email email ->
          smtp.map(server -> mail(email, server))
              .orElseGet(() -> never("the configuration has no 'smtp' to send mail through"));
      case Receiver.Alertmanager members ->
          alone(
              new AlertmanagerCarrier(
                  new Alertmanager(members.urls(), members.authorization(), members.lifetime()),
                  http,
                  clock));
      case Receiver.PagerDuty pager ->
          alone(new PagerDutyCarrier(new PagerDuty(pager.url(), pager.routingKey()), http, clock));
      case Receiver.Teams teams -> alone(new TeamsCarrier(new Teams(teams.webhook()), http, clock));
      case Receiver.Telegram chat ->
          alone(
              new TelegramCarrier(
                  new Telegram(chat.url(), chat.token(), chat.chat(), chat.topic()), http, clock));
      case Receiver.Discord discord ->
          alone(new DiscordCarrier(new Discord(discord.webhook()), http, clock));
      case Receiver.Ntfy ntfy ->
          alone(
              new NtfyCarrier(new Ntfy(ntfy.url(), ntfy.topic(), told(ntfy.token())), http, clock));
    };
  }

  /** Without a secret that could not be resolved. */
  private static Optional<Secret> told(Optional<Secret> secret) {
    return secret.filter(known -> !known.reveal().isEmpty());
  }

  private static Made alone(Carrier carrier) {
    return new Made(carrier, () -> {});
  }

  private Made slack(SlackSettings settings) {
    SlackCarrier carrier = new SlackCarrier(settings, clock, version);
    return new Made(carrier, carrier);
  }

  private Made mail(Receiver.Email email, SmtpServer server) {
    Optional<Mailbox> from = Mailbox.read(server.from());
    List<Mailbox> to = email.to().stream().flatMap(each -> Mailbox.read(each).stream()).toList();
    if (from.isEmpty() || to.size() < email.to().size()) {
      return never("an address of mail is not one that mail can be sent to");
    }
    if (to.size() > MailSettings.MAX_RECIPIENTS) {
      return never("more than " + MailSettings.MAX_RECIPIENTS + " recipients: use a mailing list");
    }
    MailCarrier carrier =
        new MailCarrier(
            new MailSettings(
                server.server().host(),
                server.server().port(),
                tls(server.encryption()),
                server.authorities(),
                server
                    .user()
                    .flatMap(
                        user -> server.password().map(word -> new MailSettings.Login(user, word))),
                Optional.empty(),
                new Sender(email.name(), from.get(), SENDER_NAME),
                to),
            clock);
    return new Made(carrier, carrier);
  }

  private static MailSettings.Tls tls(SmtpServer.Encryption encryption) {
    return switch (encryption) {
      case STARTTLS -> MailSettings.Tls.STARTTLS;
      case IMPLICIT -> MailSettings.Tls.IMPLICIT;
      case NONE -> MailSettings.Tls.NONE;
    };
  }

  private static Made never(String why) {
    return alone((_, _) -> new Sent.Never(why));
  }
}
