package parallax.probe.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import parallax.config.check.HttpCredentials;
import parallax.config.check.HttpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.check.Deadline;
import parallax.probe.http.body.Body;
import parallax.probe.net.Attempt;
import parallax.probe.net.NetworkPolicy;

/**
 * Access tokens by client credentials (RFC 6749 section 4.4), kept until shortly before they end.
 * What is told of a failure is the status and the error code of RFC 6749 section 5.2, nothing else
 * of the answer. Safe for use by many threads.
 */
final class AccessTokens {
  /** Tokens kept, least recently used go first. */
  static final int CAPACITY = 256;

  /** A token is not used in its last part, nor kept when it lives no longer than that. */
  static final Duration MARGIN = Duration.ofSeconds(30);

  /** How long a token is kept whose end is not told. */
  static final Duration UNTOLD = Duration.ofMinutes(1);

  /** No token is kept for longer. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** The token request ends this much before the check, so that its reason is the one told. */
  private static final Duration ENDS_BEFORE = Duration.ofMillis(20);

  private static final int MAX_ERROR = 40;
  private static final JsonFactory JSON = new JsonFactory();

  /** What came of it. */
  sealed interface Grant {}

  record Granted(Secret token) implements Grant {}

  record Denied(Finding finding) implements Grant {}

  private record Kept(Secret token, long endsNanos) {}

  private record Response(
      Optional<String> token, Optional<Duration> lives, Optional<String> error) {}

  private final Exchange.Tools tools;
  private final Map<HttpCredentials.ClientCredentials, Kept> tokens =
      new LinkedHashMap<>(16, 0.75f, true);

  AccessTokens(Exchange.Tools tools) {
    this.tools = tools;
  }

  /** A token for {@code credentials}; never fails. */
  Future<Grant> token(
      HttpSpec spec, HttpCredentials.ClientCredentials credentials, Deadline deadline) {
    Optional<Secret> kept = kept(credentials, deadline.clock().nanos());
    if (kept.isPresent()) {
      return Future.succeededFuture(new Granted(kept.get()));
    }
    Optional<HttpUrl> url = HttpUrl.of(credentials.tokenUrl());
    if (url.isEmpty()) {
      return Future.succeededFuture(
          new Denied(new Finding(Reason.PROBE_NOT_CONFIGURED, "token URL")));
    }
    Outgoing request = request(url.get(), spec.tls(), credentials);
    Fetch fetch = new Fetch(spec, request, credentials, deadline);
    Duration left = deadline.left();
    Duration margin =
        left.dividedBy(10).compareTo(ENDS_BEFORE) < 0 ? left.dividedBy(10) : ENDS_BEFORE;
    return Attempt.start(tools.connector().loops(), deadline.part(left.minus(margin)), fetch::start)
        .result()
        .map(
            result ->
                result.outcome().why().isEmpty()
                    ? fetch.grant
                    : new Denied(asAuthentication(result.outcome().why().get())));
  }

  /** Forgets a token that a server did not accept. */
  synchronized void forget(HttpCredentials.ClientCredentials credentials) {
    tokens.remove(credentials);
  }

  private static Finding asAuthentication(Finding finding) {
    boolean as = !finding.reason().isProbesOwn() && finding.reason() != Reason.HTTP_AUTHENTICATION;
    return as ? new Finding(Reason.HTTP_AUTHENTICATION, finding.words()) : finding;
  }

  private static Outgoing request(
      HttpUrl url, TlsPolicy policy, HttpCredentials.ClientCredentials credentials) {
    String scope =
        credentials.scopes().isEmpty()
            ? ""
            : "&scope=" + encoded(String.join(" ", credentials.scopes()));
    // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
    HttpCredentials.Basic basic =
        new HttpCredentials.Basic(
            encoded(credentials.clientId()),
            Secret.of(encoded(credentials.clientSecret().reveal())));
    TlsPolicy tls =
        new TlsPolicy(
            policy.expiryWarn(),
            Duration.ZERO,
            policy.authorities(),
            Optional.empty(),
            Optional.empty(),
            policy.minimum());
    return new Outgoing(
        url,
        "POST",
        List.of(
            new HttpSpec.Header(
                HttpHeaderNames.CONTENT_TYPE.toString(),
                Secret.of("application/x-www-form-urlencoded")),
            new HttpSpec.Header(HttpHeaderNames.ACCEPT.toString(), Secret.of("application/json"))),
        Optional.of(Secret.of("grant_type=client_credentials" + scope)),
        Optional.of(Wire.basic(basic)),
        tls,
        NetworkPolicy.Hop.CONFIGURED);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private synchronized Optional<Secret> kept(
      HttpCredentials.ClientCredentials credentials, long now) {
    return Optional.ofNullable(tokens.get(credentials))
        .filter(kept -> kept.endsNanos() - now > 0)
        .map(Kept::token);
  }

  private synchronized void keep(
      HttpCredentials.ClientCredentials credentials, Secret token, Duration time, long now) {
    if (time.isPositive()) {
      tokens.put(credentials, new Kept(token, now + time.toNanos()));
    }
    if (tokens.size() > CAPACITY) {
      var eldest = tokens.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** One token request. */
  private final class Fetch implements Answer.Listener {
    private final HttpSpec spec;
    private final Outgoing request;
    private final HttpCredentials.ClientCredentials credentials;
    private final Deadline deadline;
    private Grant grant = new Denied(Finding.of(Reason.HTTP_AUTHENTICATION));
    private Optional<Attempt> attempt = Optional.empty();

    Fetch(
        HttpSpec spec,
        Outgoing request,
        HttpCredentials.ClientCredentials credentials,
        Deadline deadline) {
      this.spec = spec;
      this.request = request;
      this.credentials = credentials;
      this.deadline = deadline;
    }

    void start(Attempt own) {
      attempt = Optional.of(own);
      tools
          .tls()
          .prepare(
              own,
              request.tls(),
              trust ->
                  new Exchange(
                          tools,
                          own,
                          new Exchange.Way(
                              HttpSpec.Version.ANY, spec.proxy(), spec.naming(), trust),
                          request,
                          this)
                      .start(UnaryOperator.identity()));
    }

    @Override
    public boolean wantsBody(Answer.Head head) {
      return true;
    }

    @Override
    public boolean keepsBody(Answer.Head head) {
      return true;
    }

    @Override
    public void answered(Answer answer) {
      Response response = answer.body().map(AccessTokens::parse).orElseGet(AccessTokens::nothing);
      boolean granted = answer.head().status() == 200 && response.token().isPresent();
      if (granted) {
        Secret token = Secret.of(response.token().get());
        Duration lives = response.lives().orElse(UNTOLD.plus(MARGIN)).minus(MARGIN);
        keep(
            credentials,
            token,
            lives.compareTo(LONGEST) > 0 ? LONGEST : lives,
            deadline.clock().nanos());
        grant = new Granted(token);
        attempt.ifPresent(Attempt::up);
      } else {
        String error = response.error().map(code -> " " + code).orElse("");
        attempt.ifPresent(
            own ->
                own.failed(
                    Reason.HTTP_AUTHENTICATION,
                    request.url().origin() + " answered " + answer.head().status() + error));
      }
    }
  }

  private static Response nothing() {
    return new Response(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Response parse(Body body) {
    Optional<String> token = Optional.empty();
    Optional<Duration> lives = Optional.empty();
    Optional<String> error = Optional.empty();
    try (JsonParser parser = JSON.createParser(body.open())) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("access_token") && value == JsonToken.VALUE_STRING) {
          token = Optional.of(parser.getText()).filter(text -> !text.isEmpty());
        } else if (name.equals("expires_in")) {
          lives = Optional.of(Duration.ofSeconds(Math.clamp(parser.getValueAsLong(0), 0, 86_400)));
        } else if (name.equals("error") && value == JsonToken.VALUE_STRING) {
          error = Optional.of(parser.getText()).filter(AccessTokens::isErrorCode);
        }
        parser.skipChildren();
      }
      return new Response(token, lives, error);
    } catch (IOException notJson) {
      return nothing();
    }
  }

  private static boolean isErrorCode(String text) {
    return text.length() <= MAX_ERROR
        && text.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z'));
  }
}
