package parallax.probe.page;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import parallax.probe.http.body.Body;

/** Subresource Integrity (W3C, section 3.3): whether a body has one of the hashes it must have. */
final class Integrity {
  /** The algorithms, the strongest first. */
  private static final List<String> ALGORITHMS = List.of("sha512", "sha384", "sha256");

  private static final int BLOCK = 8_192;

  private Integrity() {}

  /** What is wrong; empty when it has a hash of the strongest kind, or none is asked for. */
  static Optional<String> fault(String metadata, Body body) {
    List<String> wanted = Arrays.asList(metadata.strip().split("\\s+", -1));
    for (String algorithm : ALGORITHMS) {
      List<String> hashes =
          wanted.stream()
              .filter(hash -> hash.startsWith(algorithm + "-"))
              .map(hash -> hash.substring(algorithm.length() + 1).split("\\?", 2)[0])
              .toList();
      if (!hashes.isEmpty()) {
        String found = Base64.getEncoder().encodeToString(digest(algorithm, body));
        return hashes.contains(found)
            ? Optional.empty()
            : Optional.of("has " + algorithm + "-" + found);
      }
    }
    return Optional.empty();
  }

  private static byte[] digest(String algorithm, Body body) {
    try (InputStream in = body.open()) {
      MessageDigest digest = MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
      byte[] block = new byte[BLOCK];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
