package parallax.coordinator.configuration.git.remote;

import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Knows nothing and asks nobody. */
final class NoCredentials extends CredentialsProvider {
  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    return false;
  }

  @Override
  public boolean get(URIish uri, CredentialItem... items) {
    return false;
  }
}
