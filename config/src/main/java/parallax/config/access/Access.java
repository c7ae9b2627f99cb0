package parallax.config.access;

import java.util.List;
import java.util.Optional;
import parallax.config.policy.ApiToken;

/**
 * Who may read and do what on the pages and by the API.
 *
 * @param tokens whoever shows one has its role
 * @param oidc who says who people are, beside tokens
 * @param readByAnybody whether what is only read is for whoever reaches the port
 * @param proxies networks in CIDR notation whose X-Forwarded-For and X-Forwarded-Proto are believed
 */
public record Access(
    List<ApiToken> tokens,
    Optional<OidcProvider> oidc,
    boolean readByAnybody,
    List<String> proxies) {
  /** Nobody is told apart: reading is for everybody, doing for whoever is on the same machine. */
  public static final Access NONE = of(List.of());

  public Access {
    tokens = List.copyOf(tokens);
    proxies = List.copyOf(proxies);
  }

  /** By tokens alone. */
  public static Access of(List<ApiToken> tokens) {
    return new Access(tokens, Optional.empty(), false, List.of());
  }

  /** Whether people are told apart at all. */
  public boolean tellsApart() {
    return !tokens.isEmpty() || oidc.isPresent();
  }
}
