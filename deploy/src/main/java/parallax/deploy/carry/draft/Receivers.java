package parallax.deploy.carry.draft;

import java.util.List;
import java.util.Optional;
import parallax.config.problem.Place;

/** Receivers of ours, made of what others tell people by. Every method returns the name. */
public final class Receivers {
  private static final int SMTPS = 465;

  private final Draft draft;

  public Receivers(Draft draft) {
    this.draft = draft;
  }

  /** Whoever takes mail for us. */
  public record MailServer(
      String host, String port, String from, Optional<String> user, Optional<String> password) {}

  /** One of slack, discord and teams, which are told by a URL that is a secret. */
  public String chat(String kind, String name, String url, Place place) {
    Sheet receiver = draft.receiver(name, place);
    receiver.at(kind, place).text("webhook", secret(receiver, url, "webhook", place), place);
    return named(receiver);
  }

  public String telegram(String name, String token, String chat, Place place) {
    Sheet receiver = draft.receiver(name, place);
    receiver
        .at("telegram", place)
        .text("token", secret(receiver, token, "token", place), place)
        .text("chat", chat, place);
    return named(receiver);
  }

  public String pagerDuty(String name, String key, Place place) {
    Sheet receiver = draft.receiver(name, place);
    receiver.at("pagerduty", place).text("routing_key", secret(receiver, key, "key", place), place);
    return named(receiver);
  }

  /** A topic of an ntfy server; whoever knows it can read it, so it is a secret. */
  public String ntfy(
      String name, String topic, Optional<String> token, Optional<String> url, Place place) {
    Sheet receiver = draft.receiver(name, place);
    Sheet ntfy = receiver.at("ntfy", place);
    ntfy.text("topic", secret(receiver, topic, "topic", place), place);
    token.ifPresent(it -> ntfy.text("token", secret(receiver, it, "token", place), place));
    url.ifPresent(it -> ntfy.text("url", Secrets.escaped(it), place));
    return named(receiver);
  }

  /** A URL that gets a document of ours; it may hold a secret anywhere, so it is one. */
  public String webhook(String name, String url, Place place) {
    Sheet receiver = draft.receiver(name, place);
    receiver.at("webhook", place).text("url", secret(receiver, url, "url", place), place);
    return named(receiver);
  }

  public String email(String name, List<String> to, Place place) {
    Sheet receiver = draft.receiver(name, place);
    to.forEach(address -> receiver.at("email", place).more("to", address.strip(), place));
    return named(receiver);
  }

  /** The server that takes our mail; of several the first. */
  public void server(MailServer server, Place place) {
    Sheet smtp = draft.top("smtp", place);
    if (smtp.has("host")) {
      if (!smtp.read("host").equals(Optional.of(server.host()))) {
        draft.leftOut(place, "a second mail server: there is one for all");
      }
      return;
    }
    smtp.text("host", server.host(), place).plain("port", server.port(), place);
    if (server.port().equals(String.valueOf(SMTPS))) {
      smtp.text("tls", "implicit", place);
    }
    smtp.text("from", server.from(), place);
    server.user().ifPresent(user -> smtp.text("user", user, place));
    server
        .password()
        .ifPresent(
            word ->
                smtp.text(
                    "password", draft.secrets().reference(word, "smtp password", place), place));
  }

  private String secret(Sheet receiver, String value, String what, Place place) {
    return draft.secrets().reference(value, named(receiver) + " " + what, place);
  }

  private static String named(Sheet receiver) {
    return receiver.read("name").orElseThrow();
  }
}
