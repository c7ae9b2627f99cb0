package parallax.config.check.http;

import java.net.URI;
import java.util.List;
import parallax.config.secret.Secret;

/**
 * Who the check says it is. Sent to the origin of the target's URL only, never after a redirect.
 */
public sealed interface HttpCredentials {
  record None() implements HttpCredentials {}

  /** RFC 7617. */
  record Basic(String user, Secret password) implements HttpCredentials {}

  /** RFC 6750. */
  record Bearer(Secret token) implements HttpCredentials {}

  /** RFC 6749 section 4.4: a token is fetched and kept until shortly before it ends. */
  record ClientCredentials(URI tokenUrl, String clientId, Secret clientSecret, List<String> scopes)
      implements HttpCredentials {
    public ClientCredentials {
      scopes = List.copyOf(scopes);
    }
  }
}
