package parallax.coordinator.notify;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.config.policy.SmtpServer;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.hook.Hook;
import parallax.coordinator.notify.hook.HookSender;
import parallax.coordinator.notify.hook.LetterDocument;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.store.Store;

/**
 * Who carries letters to which receiver. A carrier is kept as long as its receiver's part of the
 * configuration is in force, for it remembers what its server asked for. Thread-safe.
 */
final class Carriers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);

  private final InstantSource clock;
  private final HttpSender http;
  private final HookSender hooks;
  private final CarrierMaker maker;
  private final Illustrator illustrator;
  private final Map<String, Kept> kept = new TreeMap<>();

  /** A carrier, and what it was made of. */
  private record Kept(Receiver receiver, Optional<SmtpServer> smtp, CarrierMaker.Made made) {
    boolean isOf(Receiver other, Optional<SmtpServer> otherSmtp) {
      return receiver.equals(other) && smtp.equals(otherSmtp);
    }
  }

  /** Who send no pictures. */
  Carriers(InstantSource clock, String version) {
    this(clock, version, Illustrator.NONE);
  }

  Carriers(InstantSource clock, String version, Illustrator illustrator) {
    this.clock = clock;
    this.illustrator = illustrator;
    this.http = new HttpSender(version);
    this.hooks = new HookSender(http);
    this.maker = new CarrierMaker(http, clock, version);
  }

  /**
   * Takes a delivery as a letter.
   *
   * @param place of the letter in the conversation
   */
  Sent carry(
      Receiver receiver,
      Configuration configuration,
      Store.Delivery delivery,
      LetterWriter.Place place) {
    LetterWriter writer = new LetterWriter(receiver, configuration);
    return carry(
        receiver, configuration, delivery, writer.letter(delivery, place, clock.instant()));
  }

  /** Takes a delivery as the letter that was written for it. */
  Sent carry(
      Receiver receiver, Configuration configuration, Store.Delivery delivery, Letter letter) {
    return switch (receiver) {
      case Receiver.Webhook hook when hook.secret().filter(Carriers::isEmpty).isPresent() ->
          new Sent.Never("its secret is empty, and nothing can be signed with it");
      case Receiver.Webhook hook ->
          hooks.send(
              new Hook(hook.url(), hook.secret()),
              letter.key(),
              body(delivery, letter),
              clock.instant());
      case Receiver.Slack _,
          Receiver.SlackApp _,
          Receiver.Email _,
          Receiver.Alertmanager _,
          Receiver.PagerDuty _,
          Receiver.Teams _,
          Receiver.Telegram _,
          Receiver.Discord _,
          Receiver.Ntfy _ ->
          of(receiver, configuration.smtp())
              .carry(
                  letter,
                  delivery.thread(),
                  () -> illustrator.picture(delivery.incident(), letter, receiver));
    };
  }

  private static String body(Store.Delivery delivery, Letter letter) {
    JsonObject body = Message.json(delivery);
    if (letter.drill()) {
      body.put("drill", true).put("summary", letter.headline());
    }
    return body.put("letter", LetterDocument.letter(letter)).encode();
  }

  /**
   * Takes a letter that says that it is a test.
   *
   * @param language empty: the receiver's own
   */
  Sent test(Receiver receiver, Configuration configuration, Optional<Letter.Language> language) {
    LetterWriter writer = new LetterWriter(receiver, configuration);
    Letter letter = writer.test(language.orElseGet(writer::language), clock.instant());
    return of(receiver, configuration.smtp()).carry(letter, Optional.empty());
  }

  private synchronized Carrier of(Receiver receiver, Optional<SmtpServer> smtp) {
    Kept before = kept.get(receiver.name());
    if (before != null && before.isOf(receiver, smtp)) {
      return before.made().carrier();
    }
    if (before != null) {
      close(before);
    }
    CarrierMaker.Made made = maker.of(receiver, smtp);
    kept.put(receiver.name(), new Kept(receiver, smtp, made));
    return made.carrier();
  }

  private static boolean isEmpty(Secret secret) {
    return secret.reveal().isEmpty();
  }

  private static void close(Kept carrier) {
    try {
      carrier.made().resource().close();
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
