package parallax.coordinator.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parallax.config.access.OidcProvider;
import parallax.coordinator.access.Seal;

/**
 * Asks a provider who somebody is. What it says of itself and its keys are kept for a while, and
 * fetched again when a token names a key that is not known. Blocks for a bounded time; thread-safe.
 */
public final class OidcClient implements AutoCloseable {
  /** How long metadata and keys are kept. */
  static final Duration KEPT = Duration.ofHours(1);

  /** Keys are not fetched again for an unknown one more often than this. */
  static final Duration SOONEST = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private final InstantSource clock;
  private final Fetching fetching = new Fetching();
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Known> known = Optional.empty();

  /** What was fetched of a provider, and when. */
  private record Known(URI issuer, Metadata metadata, JWKSet keys, long at) {}

  /**
   * What somebody came back with.
   *
   * @param code that a token is given for
   * @param back where they were sent back to
   */
  public record Return(String code, URI back, Trip trip) {}

  public OidcClient(LongSupplier nanos, InstantSource clock) {
    this.nanos = nanos;
    this.clock = clock;
  }

  /** Where to send a browser (OpenID Connect Core 1.0 section 3.1.2.1, RFC 7636 section 4.3). */
  public Found<String> departure(OidcProvider provider, Trip trip, URI back, Seal seal) {
    return switch (known(provider)) {
      case Found.Bad<Known> bad -> bad.of();
      case Found.Good<Known>(Known there) -> {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", provider.clientId());
        query.put("redirect_uri", back.toString());
        query.put(
            "scope",
            Stream.concat(Stream.of("openid"), provider.scopes().stream())
                .distinct()
                .collect(Collectors.joining(" ")));
        query.put("state", trip.id());
        query.put("nonce", trip.nonce(seal));
        query.put("code_challenge", challenge(trip.verifier(seal)));
        query.put("code_challenge_method", "S256");
        String place = there.metadata().authorization().toString();
        String joint = place.contains("?") ? "&" : "?";
        yield new Found.Good<>(place + joint + Fetching.encoded(query));
      }
    };
  }

  /** Who came back. */
  public Found<Person> arrival(OidcProvider provider, Return returned, Seal seal) {
    return switch (known(provider)) {
      case Found.Bad<Known> bad -> bad.of();
      case Found.Good<Known>(Known there) ->
          switch (exchange(provider, there, returned, seal)) {
            case Found.Bad<String> bad -> bad.of();
            case Found.Good<String>(String token) ->
                judged(provider, there, token, returned.trip().nonce(seal));
          };
    };
  }

  private Found<Person> judged(OidcProvider provider, Known there, String token, String nonce) {
    JWKSet keys = there.keys();
    if (IdToken.isOfUnknownKey(token, keys)
        && newer(provider, there) instanceof Found.Good<Known>(Known newer)) {
      keys = newer.keys();
    }
    return IdToken.judge(token, keys, provider, nonce, clock.instant());
  }

  /** The ID token for a code (OpenID Connect Core 1.0 section 3.1.3.1). */
  private Found<String> exchange(OidcProvider provider, Known there, Return returned, Seal seal) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", returned.code());
    form.put("redirect_uri", returned.back().toString());
    form.put("code_verifier", returned.trip().verifier(seal));
    Optional<String> authorization = Optional.empty();
    if (there.metadata().basic()) {
      // Encoded first, as RFC 6749 section 2.3.1 has it.
      String pair =
          Fetching.encoded(provider.clientId())
              + ":"
              + Fetching.encoded(provider.clientSecret().reveal());
      authorization =
          Optional.of(
              "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    } else {
      form.put("client_id", provider.clientId());
      form.put("client_secret", provider.clientSecret().reveal());
    }
    return switch (fetching.post(there.metadata().token(), form, authorization)) {
      case Found.Bad<JsonObject> bad -> bad.of();
      case Found.Good<JsonObject>(JsonObject answer) ->
          answer.getValue("id_token") instanceof String token
                  && token.length() <= IdToken.MAX_LENGTH
              ? new Found.Good<>(token)
              : Found.provider("the provider gives no ID token");
    };
  }

  private Found<Known> known(OidcProvider provider) {
    lock.lock();
    try {
      boolean fresh =
          known.isPresent()
              && known.get().issuer().equals(provider.issuer())
              && nanos.getAsLong() - known.get().at() < KEPT.toNanos();
      return fresh ? new Found.Good<>(known.orElseThrow()) : fetched(provider);
    } finally {
      lock.unlock();
    }
  }

  /** Keys that came since; what is known, when that was fetched a moment ago. */
  private Found<Known> newer(OidcProvider provider, Known there) {
    lock.lock();
    try {
      Known now = known.orElse(there);
      boolean soon = nanos.getAsLong() - now.at() < SOONEST.toNanos();
      return soon || !now.equals(there) ? new Found.Good<>(now) : fetched(provider);
    } finally {
      lock.unlock();
    }
  }

  private Found<Known> fetched(OidcProvider provider) {
    return switch (fetching.get(Metadata.place(provider.issuer()))) {
      case Found.Bad<JsonObject> bad -> bad.of();
      case Found.Good<JsonObject>(JsonObject document) ->
          switch (Metadata.read(provider.issuer(), document)) {
            case Found.Bad<Metadata> bad -> bad.of();
            case Found.Good<Metadata>(Metadata metadata) -> keys(provider, metadata);
          };
    };
  }

  private Found<Known> keys(OidcProvider provider, Metadata metadata) {
    return switch (fetching.get(metadata.keys())) {
      case Found.Bad<JsonObject> bad -> bad.of();
      case Found.Good<JsonObject>(JsonObject document) -> {
        try {
          Known found =
              new Known(
                  provider.issuer(),
                  metadata,
                  JWKSet.parse(document.encode()).toPublicJWKSet(),
                  nanos.getAsLong());
          known = Optional.of(found);
          yield new Found.Good<>(found);
        } catch (ParseException e) {
          yield Found.provider("the provider's keys cannot be read");
        }
      }
    };
  }

  /** RFC 7636 section 4.2. */
  private static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    fetching.close();
  }
}
