package parallax.config.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;

/** Somebody, or something, that is told. */
public sealed interface Receiver {
  /** Unique in a configuration. */
  String name();

  /** What holds for it, whatever its kind. */
  Handling handling();

  /**
   * What holds for any kind.
   *
   * @param atMost how many letters it gets; empty: as many as there are
   * @param otherwise who is told while it cannot be reached
   */
  record Handling(Optional<Cap> atMost, Optional<Substitute> otherwise) {
    /** Nothing is said. */
    public static final Handling USUAL = new Handling(Optional.empty(), Optional.empty());
  }

  /**
   * A bound on letters. What ends is told nevertheless.
   *
   * @param in any stretch of time that is so long
   */
  record Cap(int letters, Duration in) {}

  /**
   * Another receiver, for what does not arrive.
   *
   * @param after so long of failing
   */
  record Substitute(String to, Duration after) {
    /** So soon that the other one hears of it within a minute. */
    public static final Duration USUAL_AFTER = Duration.ofSeconds(45);
  }

  /**
   * A JSON document by HTTP POST.
   *
   * @param secret by which documents are signed; empty: they are not
   */
  record Webhook(String name, Secret url, Optional<Secret> secret, Handling handling)
      implements Receiver {
    /** One of which nothing more is said. */
    public Webhook(String name, Secret url, Optional<Secret> secret) {
      this(name, url, secret, Handling.USUAL);
    }

    /** One whose documents are not signed. */
    public Webhook(String name, Secret url) {
      this(name, url, Optional.empty());
    }
  }

  /** A Slack incoming webhook. */
  record Slack(String name, Secret webhook, Handling handling) implements Receiver {
    /** One of which nothing more is said. */
    public Slack(String name, Secret webhook) {
      this(name, webhook, Handling.USUAL);
    }
  }

  /** Mail. */
  record Email(String name, List<String> to, Handling handling) implements Receiver {
    public Email {
      to = List.copyOf(to);
    }

    /** One of which nothing more is said. */
    public Email(String name, List<String> to) {
      this(name, to, Handling.USUAL);
    }
  }
}
