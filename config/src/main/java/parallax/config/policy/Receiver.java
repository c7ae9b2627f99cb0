package parallax.config.policy;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
   * @param language in which it is told
   * @param zone of the times that it is told
   */
  record Handling(
      Optional<Cap> atMost, Optional<Substitute> otherwise, Language language, ZoneId zone) {
    /** Nothing is said. */
    public static final Handling USUAL = new Handling(Optional.empty(), Optional.empty());

    /** Of one that is told in English, and in UTC. */
    public Handling(Optional<Cap> atMost, Optional<Substitute> otherwise) {
      this(atMost, otherwise, Language.ENGLISH, ZoneOffset.UTC);
    }
  }

  /** A language in which people are told. */
  enum Language {
    ENGLISH("en"),
    JAPANESE("ja");

    private final String tag;

    Language(String tag) {
      this.tag = tag;
    }

    /** As it is written in a configuration, and in BCP 47. */
    public String tag() {
      return tag;
    }
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

  /**
   * A Slack incoming webhook: every letter is a message of its own.
   *
   * @param signing of the app that the webhook belongs to; with it, messages have a button
   */
  record Slack(String name, Secret webhook, Optional<Secret> signing, Handling handling)
      implements Receiver {
    /** One of which nothing more is said. */
    public Slack(String name, Secret webhook) {
      this(name, webhook, Optional.empty(), Handling.USUAL);
    }
  }

  /**
   * A channel of Slack, told by an app: an incident is one message and its thread.
   *
   * @param token of the bot, with the scope {@code chat:write}
   * @param channel its identity or its name
   * @param api of Slack; {@link #API} unless there is a proxy
   * @param signing with it, messages have a button
   */
  record SlackApp(
      String name,
      Secret token,
      String channel,
      URI api,
      Optional<Secret> signing,
      Handling handling)
      implements Receiver {
    /** Slack's own. */
    public static final URI API = URI.create("https://slack.com/api");
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

  /**
   * An Alertmanager, or the members of a cluster of them.
   *
   * @param urls of every member, up to {@code /api/v2}
   * @param authorization the header of that name
   * @param lifetime after which an alert that is not told again counts as over
   */
  record Alertmanager(
      String name,
      List<Secret> urls,
      Optional<Secret> authorization,
      Duration lifetime,
      Handling handling)
      implements Receiver {
    /** The most members. */
    public static final int MAX_URLS = 8;

    /** So long that no alert ends by itself where nobody is reminded. */
    public static final Duration USUAL_LIFETIME = Duration.ofDays(7);

    public Alertmanager {
      urls = List.copyOf(urls);
    }
  }

  /**
   * A service of PagerDuty.
   *
   * @param url of the Events API; {@link #API} outside of the EU
   * @param routingKey the integration key of the service
   */
  record PagerDuty(String name, Secret url, Secret routingKey, Handling handling)
      implements Receiver {
    /** Where events go unless an account is of another region. */
    public static final String API = "https://events.pagerduty.com";
  }

  /**
   * A channel or chat of Microsoft Teams.
   *
   * @param webhook of a workflow that posts the card
   */
  record Teams(String name, Secret webhook, Handling handling) implements Receiver {}

  /**
   * A chat of Telegram, told by a bot.
   *
   * @param url of the Bot API; {@link #API} unless somebody runs a server of their own
   * @param chat its number, or {@code @name} of a public one
   * @param topic of a group that has topics
   */
  record Telegram(
      String name, Secret url, Secret token, String chat, Optional<Long> topic, Handling handling)
      implements Receiver {
    /** Where Telegram itself serves it. */
    public static final String API = "https://api.telegram.org";
  }

  /**
   * A channel of Discord.
   *
   * @param webhook of the channel
   */
  record Discord(String name, Secret webhook, Handling handling) implements Receiver {}

  /**
   * A topic of an ntfy server.
   *
   * @param url of the server
   * @param topic whoever knows it can read it, unless the server asks for a token
   */
  record Ntfy(String name, Secret url, Secret topic, Optional<Secret> token, Handling handling)
      implements Receiver {
    /** The public server. */
    public static final String SERVER = "https://ntfy.sh";
  }
}
