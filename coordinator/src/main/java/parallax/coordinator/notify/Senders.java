package parallax.coordinator.notify;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parallax.config.policy.Receiver;
import parallax.coordinator.store.Store.Delivery;

/** One sender for each kind of receiver. */
public record Senders(WebhookSender webhook) implements Sender {
  @Override
  public CompletionStage<Attempt> send(Delivery delivery, Receiver receiver) {
    return switch (receiver) {
      case Receiver.Webhook to -> webhook.send(delivery, to);
      case Receiver.Slack _ -> refused("Slack is not supported yet");
      case Receiver.Email _ -> refused("e-mail is not supported yet");
    };
  }

  private static CompletionStage<Attempt> refused(String why) {
    return CompletableFuture.completedFuture(new Attempt.Refused(why));
  }
}
