package parallax.coordinator.notify.hook;

import java.util.Optional;
import parallax.config.secret.Secret;

/**
 * A receiver of signed JSON.
 *
 * @param url http or https
 * @param signing shared with the receiver, who can tell by it that a document is ours; documents
 *     are not signed without it
 */
public record Hook(Secret url, Optional<Secret> signing) {
  public Hook {
    if (signing.filter(secret -> secret.reveal().isEmpty()).isPresent()) {
      throw new IllegalArgumentException("an empty secret signs nothing");
    }
  }
}
