package parallax.config.policy;

import java.util.List;
import parallax.config.secret.Secret;

/** Somebody, or something, that is told. */
public sealed interface Receiver {
  /** Unique in a configuration. */
  String name();

  /** A JSON document by HTTP POST. */
  record Webhook(String name, Secret url) implements Receiver {}

  /** A Slack incoming webhook. */
  record Slack(String name, Secret webhook) implements Receiver {}

  record Email(String name, List<String> to) implements Receiver {
    public Email {
      to = List.copyOf(to);
    }
  }
}
