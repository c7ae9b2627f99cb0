package parallax.config.read.receiver;

import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;

/** What a receiver says of its kind; its name, and what holds for any kind, stand beside it. */
@FunctionalInterface
interface Way {
  Receiver of(String name, Handling handling);
}
