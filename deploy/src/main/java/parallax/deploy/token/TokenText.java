package parallax.deploy.token;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import parallax.coordinator.identity.Credential;

/** What is said about tokens; never a token. */
final class TokenText {
  private TokenText() {}

  static String line(Credential token, Instant now) {
    return String.format(
        Locale.ROOT,
        "%s  %-20s  %-8s  created %s  used %s%s",
        token.id(),
        token.probe(),
        state(token, now),
        token.created(),
        token.used().map(Instant::toString).orElse("never"),
        token.expires().map(end -> "  expires " + end).orElse(""));
  }

  static String json(Credential token, Instant now) {
    JsonObject json =
        new JsonObject()
            .put("id", token.id())
            .put("probe", token.probe().value())
            .put("state", state(token, now))
            .put("created", token.created().toString());
    token.used().ifPresent(at -> json.put("used", at.toString()));
    token.expires().ifPresent(at -> json.put("expires", at.toString()));
    token.revoked().ifPresent(at -> json.put("revoked", at.toString()));
    return json.encode();
  }

  private static String state(Credential token, Instant now) {
    return token.revoked().isPresent() ? "revoked" : token.isValid(now) ? "valid" : "expired";
  }
}
