package parallax.coordinator.access;

import java.util.Optional;
import parallax.config.access.Access;
import parallax.config.access.OidcProvider;
import parallax.config.policy.ApiToken;

/**
 * By what is decided who comes in.
 *
 * @param seal by which sessions are known; empty: it is not known yet, and no session is
 */
public record Rules(Access access, Optional<Seal> seal, Ended ended) {
  /** What a session that was made by a token rests on. */
  public static String proof(Seal seal, ApiToken token) {
    return seal.mark("token", token.name() + "\n" + token.token().reveal());
  }

  /** What the session of a person rests on: who says so, and what follows from what is said. */
  public static String proof(Seal seal, OidcProvider provider) {
    return seal.mark(
        "oidc",
        provider.issuer()
            + "\n"
            + provider.clientId()
            + "\n"
            + provider.claim()
            + "\n"
            + provider.roles());
  }
}
