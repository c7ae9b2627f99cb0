package parallax.config.policy;

import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;

/** Somebody, or something, that is told. */
public sealed interface Receiver {
  /** Unique in a configuration. */
  String name();

  /**
   * A JSON document by HTTP POST.
   *
   * @param secret by which documents are signed; empty: they are not
   */
  record Webhook(String name, Secret url, Optional<Secret> secret) implements Receiver {
    /** One whose documents are not signed. */
    public Webhook(String name, Secret url) {
      this(name, url, Optional.empty());
    }
  }

  /** A Slack incoming webhook. */
  record Slack(String name, Secret webhook) implements Receiver {}

  record Email(String name, List<String> to) implements Receiver {
    public Email {
      to = List.copyOf(to);
    }
  }
}
