package parallax.coordinator.notify;

import java.util.concurrent.CompletionStage;
import parallax.config.policy.Receiver;
import parallax.coordinator.store.Store.Delivery;

/** Tells a receiver, once. Never throws and always completes, within a bounded time. */
@FunctionalInterface
public interface Sender {
  CompletionStage<Attempt> send(Delivery delivery, Receiver receiver);
}
