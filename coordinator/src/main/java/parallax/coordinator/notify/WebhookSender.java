package parallax.coordinator.notify;

import java.time.Duration;
import java.time.Instant;
import parallax.config.policy.Receiver;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.hook.Hook;
import parallax.coordinator.notify.hook.HookSender;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.store.Store;

/** Posts a notice as JSON. Blocks; call it from a virtual thread. */
final class WebhookSender implements AutoCloseable {
  /** For one attempt in all. */
  static final Duration TIMEOUT = HttpSender.TIMEOUT;

  private final HttpSender sender;
  private final HookSender hooks;

  WebhookSender(String version) {
    sender = new HttpSender(version);
    hooks = new HookSender(sender);
  }

  Sent send(Receiver.Webhook receiver, Store.Delivery delivery, Instant now) {
    Hook hook = new Hook(receiver.url(), receiver.secret());
    return hooks.send(hook, delivery.key(), Message.json(delivery).encode(), now);
  }

  @Override
  public void close() {
    sender.close();
  }
}
