package parallax.coordinator.notify.chat;

import java.util.Optional;
import parallax.config.secret.Secret;

/**
 * A topic of an ntfy server.
 *
 * @param url of the server; {@link #USUAL} unless somebody runs their own
 * @param topic whoever knows it can read and write, unless the server asks for a token
 * @param token an access token, {@code tk_...}
 */
public record Ntfy(Secret url, Secret topic, Optional<Secret> token) {
  /** The public server. */
  public static final String USUAL = "https://ntfy.sh";
}
