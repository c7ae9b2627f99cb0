package parallax.probe.blackbox.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.blackbox.look.Dial;
import parallax.probe.blackbox.look.Files;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.TlsFacts;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.HttpClientSettings.Login;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.Value;
import parallax.probe.http.Answer;
import parallax.probe.http.Exchange;
import parallax.probe.http.HttpUrl;
import parallax.probe.http.Outgoing;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.tls.TlsClient;

/**
 * Access tokens for client credentials (RFC 6749 section 4.4): the secret goes in the header, and
 * in the form where a server refuses that. Kept until shortly before they end. Safe for use by many
 * threads.
 */
final class Tokens {
  private static final int CAPACITY = 256;
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final Duration UNTOLD = Duration.ofMinutes(1);
  private static final int LONGEST_SECONDS = 3_600;
  private static final JsonFactory JSON = new JsonFactory();

  private record Kept(Secret token, long endsNanos) {}

  private record Given(Optional<String> token, Duration lives) {}

  private final Map<Login.ByToken, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A token, asked for if none is kept.
   *
   * @throws Unseen when there is none to be had
   */
  Secret token(Login.ByToken login, HttpModule module, Sight sight, Exchange.Tools tools)
      throws Unseen {
    long now = sight.deadline().clock().nanos();
    Optional<Secret> known = known(login, now);
    if (known.isPresent()) {
      return known.get();
    }
    Secret secret = Files.read(login.clientSecret());
    Answer answer = ask(login, secret, true, new Ground(module, sight, tools));
    if (answer.head().status() / 100 == 4) {
      answer = ask(login, secret, false, new Ground(module, sight, tools));
    }
    Given given = parse(HttpProber.bytes(answer));
    if (answer.head().status() / 100 != 2 || given.token().isEmpty()) {
      throw Sight.unseen(
          Reason.HTTP_AUTHENTICATION,
          "oauth2: cannot fetch token: status " + answer.head().status());
    }
    Secret token = Secret.of(given.token().get());
    remember(login, new Kept(token, now + given.lives().toNanos()));
    return token;
  }

  private synchronized Optional<Secret> known(Login.ByToken login, long now) {
    return Optional.ofNullable(kept.get(login))
        .filter(token -> token.endsNanos() - now > 0)
        .map(Kept::token);
  }

  private synchronized void remember(Login.ByToken login, Kept token) {
    kept.put(login, token);
    if (kept.size() > CAPACITY) {
      var eldest = kept.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private record Ground(HttpModule module, Sight sight, Exchange.Tools tools) {}

  private static Answer ask(Login.ByToken login, Secret secret, boolean inHeader, Ground ground)
      throws Unseen {
    HttpUrl url =
        HttpUrl.of(URI.create(login.tokenUrl()))
            .orElseThrow(() -> Sight.unseen(Reason.PROBE_NOT_CONFIGURED, "token_url"));
    StringBuilder form = new StringBuilder("grant_type=client_credentials");
    if (!login.scopes().isEmpty()) {
      form.append("&scope=").append(encoded(String.join(" ", login.scopes())));
    }
    login.parameters().stream()
        .filter(parameter -> !parameter.name().equals("grant_type"))
        .forEach(
            parameter ->
                form.append('&')
                    .append(encoded(parameter.name()))
                    .append('=')
                    .append(encoded(parameter.value())));
    Optional<Secret> authorization = Optional.empty();
    if (inHeader) {
      authorization =
          Optional.of(
              Requests.basic(
                  new Login.Basic(
                      Value.of(encoded(login.clientId())), Value.of(encoded(secret.reveal())))));
    } else {
      form.append("&client_id=").append(encoded(login.clientId()));
      form.append("&client_secret=").append(encoded(secret.reveal()));
    }
    TlsClient.Terms terms =
        Dial.terms(
            ground.sight(), url.host(), ground.module().client().tls().withoutName(), List.of());
    Outgoing request =
        new Outgoing(
            url,
            "POST",
            List.of(
                new HttpSpec.Header(
                    "Content-Type", Secret.of("application/x-www-form-urlencoded"))),
            Optional.of(Secret.of(form.toString())),
            authorization,
            terms.policy(),
            NetworkPolicy.Hop.CONFIGURED);
    Exchange.Way way =
        new Exchange.Way(
            HttpSpec.Version.ANY,
            Proxies.towards(url, ground.module().client().proxy()),
            Naming.SYSTEM,
            terms.trust(),
            TlsFacts.leniency(ground.module().client().tls()),
            Optional.empty());
    return ground
        .sight()
        .await(
            done ->
                new Exchange(
                        ground.tools(),
                        ground.sight().attempt(),
                        way,
                        request,
                        new Whole(done::complete))
                    .start(UnaryOperator.identity()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Given parse(byte[] json) {
    Optional<String> token = Optional.empty();
    Duration lives = UNTOLD;
    try (JsonParser parser = JSON.createParser(json)) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("access_token") && value == JsonToken.VALUE_STRING) {
          token = Optional.of(parser.getText()).filter(text -> !text.isEmpty());
        } else if (name.equals("expires_in")) {
          lives =
              Duration.ofSeconds(Math.clamp(parser.getValueAsLong(0), 0, LONGEST_SECONDS))
                  .minus(MARGIN);
        }
        parser.skipChildren();
      }
      return new Given(token, lives);
    } catch (IOException notJson) {
      return new Given(Optional.empty(), UNTOLD);
    }
  }
}
