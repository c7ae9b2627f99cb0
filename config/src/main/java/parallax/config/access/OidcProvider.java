package parallax.config.access;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;

/**
 * Who says who people are, by OpenID Connect Core 1.0.
 *
 * @param issuer as it stands in what it signs; its metadata lies below it
 * @param clientId as which Parallax is known there
 * @param name the claim that people are named by; empty: the first usual one that is there
 * @param scopes that are asked for beside {@code openid}
 * @param claim what says to which groups somebody belongs: a text, or a list of texts
 * @param roles by group; whoever is in none of them may do nothing
 */
public record OidcProvider(
    URI issuer,
    String clientId,
    Secret clientSecret,
    Optional<String> name,
    List<String> scopes,
    String claim,
    SortedMap<String, Role> roles) {
  /** What is asked for when nothing else is said. */
  public static final List<String> USUAL_SCOPES = List.of("profile", "email");

  public OidcProvider {
    scopes = List.copyOf(scopes);
    roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
  }
}
