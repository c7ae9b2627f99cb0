package parallax.coordinator.notify.chat;

import java.time.InstantSource;
import java.util.Optional;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.Judgement;
import parallax.coordinator.notify.http.Post;
import parallax.coordinator.notify.letter.Letter;

/**
 * Takes letters to Microsoft Teams: one Adaptive Card each. A workflow can neither change a message
 * nor answer one, and drops no repetitions: after a cut behind the request a card may be there
 * twice. It answers 202 before the card is shown.
 */
public final class TeamsCarrier implements Carrier {
  private final Teams settings;
  private final HttpSender sender;
  private final InstantSource clock;

  public TeamsCarrier(Teams settings, HttpSender sender, InstantSource clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Sent carry(Letter letter, Optional<String> thread) {
    Post post = Post.json(settings.url(), TeamsCard.of(letter).encode(), letter.key());
    return Judgement.of(sender.send(post), clock.instant());
  }
}
