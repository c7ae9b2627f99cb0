package parallax.coordinator.configuration.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.SignatureVerifier;
import org.eclipse.jgit.lib.SignatureVerifier.TrustLevel;
import org.eclipse.jgit.lib.SignatureVerifiers;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Whose commits count: keys of ssh in a file of the form that {@code ssh-keygen} calls allowed
 * signers, as git's {@code gpg.ssh.allowedSignersFile}. ECDSA and RSA; a signature by a key of
 * another kind does not count.
 */
record Signers(Path file) {
  /** Why {@code commit} does not count; empty when somebody who may has signed it. */
  Optional<String> objection(FileRepository repository, RevCommit commit) {
    if (!Files.isReadable(file)) {
      return Optional.of("the file of allowed signers cannot be read: " + file);
    }
    if (commit.getRawGpgSignature() == null) {
      return Optional.of("it is not signed");
    }
    Config config = new Config();
    config.setString("gpg", null, "format", "ssh");
    config.setString("gpg", "ssh", "allowedSignersFile", file.toAbsolutePath().toString());
    try {
      SignatureVerifier.SignatureVerification result =
          SignatureVerifiers.verify(repository, new GpgConfig(config), commit);
      if (result == null) {
        return Optional.of("it is not signed by a key of ssh");
      }
      boolean good =
          result.verified()
              && !result.expired()
              && (result.trustLevel() == TrustLevel.FULL
                  || result.trustLevel() == TrustLevel.ULTIMATE);
      return good
          ? Optional.empty()
          : Optional.of("its signature is by nobody who may sign: " + said(result));
    } catch (IOException | RuntimeException e) {
      return Optional.of("its signature cannot be verified: " + e.getMessage());
    }
  }

  private static String said(SignatureVerifier.SignatureVerification result) {
    return result.message() == null || result.message().isEmpty()
        ? "key " + result.keyFingerprint()
        : result.message();
  }
}
