package parallax.coordinator.notify.hook;

import java.time.Instant;
import java.util.Map;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.Judgement;
import parallax.coordinator.notify.http.Post;

/** Posts documents to webhooks, signed where the receiver has a secret. Thread-safe. */
public final class HookSender {
  private final HttpSender sender;

  /**
   * One that works.
   *
   * @param sender stays its owner's
   */
  public HookSender(HttpSender sender) {
    this.sender = sender;
  }

  /**
   * One attempt.
   *
   * @param key the same for every attempt
   * @param body JSON
   */
  public Sent send(Hook hook, String key, String body, Instant now) {
    Post post = Post.json(hook.url(), body, key);
    Post signed =
        hook.signing()
            .map(secret -> post.with(Map.of(Signature.HEADER, Signature.of(secret, now, body))))
            .orElse(post);
    return Judgement.of(sender.send(signed), now);
  }
}
