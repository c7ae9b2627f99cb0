package parallax.coordinator.notify;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.config.policy.SmtpServer;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.hook.Hook;
import parallax.coordinator.notify.hook.HookCarrier;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.LetterSettings;
import parallax.coordinator.notify.letter.Letters;
import parallax.coordinator.notify.letter.Occurrence;
import parallax.coordinator.notify.mail.MailCarrier;
import parallax.coordinator.notify.mail.MailSettings;
import parallax.coordinator.notify.mail.message.Mailbox;
import parallax.coordinator.notify.mail.message.Sender;
import parallax.coordinator.notify.slack.SlackCarrier;
import parallax.coordinator.notify.slack.SlackSettings;
import parallax.coordinator.runbook.Fitting;
import parallax.coordinator.store.Store;

/**
 * Who carries letters to which receiver. A carrier is kept as long as its receiver's part of the
 * configuration is in force, for it remembers what its server asked for. Thread-safe.
 */
final class Carriers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);
  private static final String SENDER_NAME = "Parallax";

  private final InstantSource clock;
  private final String version;
  private final HttpSender http;
  private final Map<String, Kept> kept = new TreeMap<>();

  /** A carrier, and what it was made of. */
  private record Kept(Receiver receiver, Optional<SmtpServer> smtp, Carrying carrying) {
    boolean isOf(Receiver other, Optional<SmtpServer> otherSmtp) {
      return receiver.equals(other) && smtp.equals(otherSmtp);
    }
  }

  /** A carrier, and what is to be closed with it. */
  private record Carrying(Carrier carrier, AutoCloseable resource) {}

  /**
   * Where a letter stands.
   *
   * @param number of the letter among those of the incident to this receiver, from 1
   * @param others incidents that the letter tells of as well
   */
  record Place(int number, List<Incident> others) {}

  Carriers(InstantSource clock, String version) {
    this.clock = clock;
    this.version = version;
    this.http = new HttpSender(version);
  }

  /**
   * Takes a delivery as a letter.
   *
   * @param place of the letter in the conversation
   */
  Sent carry(Receiver receiver, Configuration configuration, Store.Delivery delivery, Place place) {
    Letter letter = letter(delivery, place, configuration, clock.instant());
    return of(receiver, configuration.smtp()).carry(letter, Optional.empty());
  }

  /** Takes a letter that says that it is a test. */
  Sent test(Receiver receiver, Configuration configuration, Letter.Language language) {
    Instant now = clock.instant();
    String key = "test:" + receiver.name() + ":" + now;
    LetterSettings settings =
        new LetterSettings(Optional.empty(), List.of(), new TreeMap<>(), ZoneOffset.UTC);
    return of(receiver, configuration.smtp())
        .carry(Letters.test(key, language, settings, now), Optional.empty());
  }

  private static Letter letter(
      Store.Delivery delivery, Place place, Configuration configuration, Instant now) {
    Occurrence occurrence =
        new Occurrence(
            delivery.key(),
            delivery.incident(),
            occasion(delivery.kind()),
            place.number(),
            Letter.Language.ENGLISH,
            false,
            delivery.along().by(),
            delivery.along().held(),
            place.others());
    SortedMap<TargetName, SortedMap<String, String>> labels = new TreeMap<>();
    for (Target target : configuration.targets()) {
      if (delivery.incident().targets().contains(target.name())) {
        labels.put(target.name(), target.labels());
      }
    }
    return Letters.write(
        occurrence,
        new LetterSettings(
            Optional.empty(), runbooks(configuration, delivery.incident()), labels, ZoneOffset.UTC),
        now);
  }

  /** Those that are for the incident and can be read somewhere. */
  private static List<LetterSettings.Runbook> runbooks(
      Configuration configuration, Incident incident) {
    return Fitting.of(configuration, incident).stream()
        .flatMap(
            runbook ->
                runbook.link().stream()
                    .map(to -> new LetterSettings.Runbook(new TreeMap<>(), runbook.name(), to)))
        .toList();
  }

  private static Letter.Occasion occasion(Notice.Kind kind) {
    return switch (kind) {
      case OPENED -> Letter.Occasion.OPENED;
      case REOPENED -> Letter.Occasion.REOPENED;
      case CHANGED -> Letter.Occasion.CHANGED;
      case REMINDER -> Letter.Occasion.REMINDER;
      case ESCALATED -> Letter.Occasion.ESCALATED;
      case ACKNOWLEDGED -> Letter.Occasion.ACKNOWLEDGED;
      case RESOLVED -> Letter.Occasion.RESOLVED;
    };
  }

  private synchronized Carrier of(Receiver receiver, Optional<SmtpServer> smtp) {
    Kept before = kept.get(receiver.name());
    if (before != null && before.isOf(receiver, smtp)) {
      return before.carrying().carrier();
    }
    if (before != null) {
      close(before);
    }
    Carrying made = made(receiver, smtp);
    kept.put(receiver.name(), new Kept(receiver, smtp, made));
    return made.carrier();
  }

  private Carrying made(Receiver receiver, Optional<SmtpServer> smtp) {
    return switch (receiver) {
      case Receiver.Webhook hook ->
          new Carrying(new HookCarrier(new Hook(hook.url(), hook.secret()), http, clock), () -> {});
      case Receiver.Slack(_, var url, _) -> {
        SlackCarrier carrier =
            new SlackCarrier(new SlackSettings.Webhook(url, Optional.empty()), clock, version);
        yield new Carrying(carrier, carrier);
      }
      case Receiver.Email email ->
          smtp.map(server -> mail(email, server))
              .orElseGet(() -> never("the configuration has no 'smtp' to send mail through"));
    };
  }

  private Carrying mail(Receiver.Email email, SmtpServer server) {
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
                Optional.empty(),
                server
                    .user()
                    .flatMap(
                        user -> server.password().map(word -> new MailSettings.Login(user, word))),
                Optional.empty(),
                new Sender(email.name(), from.get(), SENDER_NAME),
                to),
            clock);
    return new Carrying(carrier, carrier);
  }

  private static MailSettings.Tls tls(SmtpServer.Encryption encryption) {
    return switch (encryption) {
      case STARTTLS -> MailSettings.Tls.STARTTLS;
      case IMPLICIT -> MailSettings.Tls.IMPLICIT;
      case NONE -> MailSettings.Tls.NONE;
    };
  }

  private static Carrying never(String why) {
    return new Carrying((_, _) -> new Sent.Never(why), () -> {});
  }

  private static void close(Kept carrier) {
    try {
      carrier.carrying().resource().close();
    } catch (Exception e) {
      LOG.warn("receiver={} closed=false why=\"{}\"", carrier.receiver().name(), e.toString());
    }
  }

  @Override
  public synchronized void close() {
    kept.values().forEach(Carriers::close);
    kept.clear();
    http.close();
  }
}
