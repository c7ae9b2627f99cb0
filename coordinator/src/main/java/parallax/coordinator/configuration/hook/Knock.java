package parallax.coordinator.configuration.hook;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What somebody says who wants the configuration to be asked for.
 *
 * @param signature the header {@code X-Hub-Signature-256}, as GitHub, Gitea and Forgejo send it
 * @param token the header {@code X-Gitlab-Token}
 * @param authorization the header {@code Authorization}
 * @param body as it was sent
 */
public record Knock(
    Optional<String> signature,
    Optional<String> token,
    Optional<String> authorization,
    ByteBuffer body) {
  public Knock {
    body = body.asReadOnlyBuffer();
  }

  /** Whether it brings anything by which it could be known; else its body need not be read. */
  public boolean showsSomething() {
    return signature.isPresent() || token.isPresent() || authorization.isPresent();
  }
}
