package parallax.coordinator.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parallax.config.access.OidcProvider;

/** What a provider signs of somebody, and whether it is believed. */
final class IdToken {
  /** Clocks may differ by so much. */
  static final Duration SKEW = Duration.ofMinutes(1);

  /** One that was made longer ago was not made for this. */
  static final Duration OLDEST = Duration.ofMinutes(15);

  /** A longer one is not read. */
  static final int MAX_LENGTH = 64 * 1024;

  /** The most characters of a subject (OpenID Connect Core 1.0 section 2). */
  private static final int MAX_SUBJECT = 255;

  private static final int MAX_GROUPS = 1_000;

  /** By key pairs alone: never "none", never a secret that both sides know. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final List<String> NAMES = List.of("preferred_username", "email", "name", "sub");

  private IdToken() {}

  /** Whether none of the keys can be the one that it names: there may be newer ones. */
  static boolean isOfUnknownKey(String token, JWKSet keys) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      return ALGORITHMS.contains(signed.getHeader().getAlgorithm())
          && new JWKSelector(JWKMatcher.forJWSHeader(signed.getHeader())).select(keys).isEmpty();
    } catch (ParseException e) {
      return false;
    }
  }

  /**
   * Who it is of, by OpenID Connect Core 1.0 section 3.1.3.7.
   *
   * @param nonce that was sent
   */
  static Found<Person> judge(
      String token, JWKSet keys, OidcProvider provider, String nonce, Instant now) {
    try {
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
      // What is claimed is judged below, by our clock.
      processor.setJWTClaimsSetVerifier((_, _) -> {});
      JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
      Optional<String> fault = fault(claims, provider, nonce, now);
      return fault.isPresent()
          ? Found.brought("the ID token " + fault.get())
          : new Found.Good<>(person(claims, provider));
    } catch (ParseException e) {
      return Found.brought("the ID token is not signed, or no token at all");
    } catch (BadJOSEException | JOSEException e) {
      return Found.brought("the ID token is not signed by a key of the provider");
    }
  }

  private static Optional<String> fault(
      JWTClaimsSet claims, OidcProvider provider, String nonce, Instant now) throws ParseException {
    String subject = Objects.requireNonNullElse(claims.getSubject(), "");
    List<String> audience = Objects.requireNonNullElse(claims.getAudience(), List.of());
    String party = claims.getStringClaim("azp");
    Optional<Instant> end = Optional.ofNullable(claims.getExpirationTime()).map(Date::toInstant);
    Optional<Instant> made = Optional.ofNullable(claims.getIssueTime()).map(Date::toInstant);
    if (!provider.issuer().toString().equals(claims.getIssuer())) {
      return Optional.of("is of another issuer");
    }
    if (!audience.contains(provider.clientId())
        || (party != null && !party.equals(provider.clientId()))
        || (audience.size() > 1 && party == null)) {
      return Optional.of("is for somebody else");
    }
    if (end.isEmpty() || !now.isBefore(end.get().plus(SKEW))) {
      return Optional.of("is expired");
    }
    if (made.isEmpty()
        || made.get().isAfter(now.plus(SKEW))
        || made.get().isBefore(now.minus(OLDEST))) {
      return Optional.of("was not made just now");
    }
    if (!nonce.equals(claims.getStringClaim("nonce"))) {
      return Optional.of("is not what was asked for");
    }
    return subject.matches("[\\x20-\\x7e]{1," + MAX_SUBJECT + "}")
        ? Optional.empty()
        : Optional.of("says of nobody");
  }

  private static Person person(JWTClaimsSet claims, OidcProvider provider) {
    String name =
        Stream.concat(provider.name().stream(), NAMES.stream())
            .flatMap(claim -> texts(claims.getClaim(claim)).stream())
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse(claims.getSubject());
    return new Person(claims.getSubject(), name, texts(claims.getClaim(provider.claim())));
  }

  private static List<String> texts(@Nullable Object claim) {
    return switch (claim) {
      case String text -> List.of(text);
      case List<?> list ->
          list.stream()
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .limit(MAX_GROUPS)
              .toList();
      case null, default -> List.of();
    };
  }
}
