package parallax.coordinator.cluster.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretFile;

/**
 * What members of one cluster have in common and a stranger cannot guess. It travels in clear, so
 * it keeps out mistakes and the blind, not who listens on the network.
 */
public final class ClusterName {
  private static final int MAX_BYTES = 256;

  /** 128 bits or more in hexadecimal digits, so that it is known wherever it would be logged. */
  private static final Pattern GOOD = Pattern.compile("[0-9a-fA-F]{32,64}");

  private static final int MIN_DIFFERENT = 8;

  private ClusterName() {}

  /**
   * Reads the name from its file.
   *
   * @throws IllegalArgumentException with words for people, never with the name
   */
  public static Secret read(Path file) {
    try {
      if (!SecretFile.openTo(file).isEmpty()) {
        throw new IllegalArgumentException(
            file + " holds the cluster's name and others can read it: chmod 600 " + file);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is larger than a cluster's name");
      }
      return of(Files.readString(file, US_ASCII).strip(), file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException("the cluster's name cannot be read from " + file, e);
    }
  }

  /**
   * A name that was read elsewhere.
   *
   * @param where for the message when it is no good
   */
  static Secret of(String name, String where) {
    if (!GOOD.matcher(name).matches() || name.chars().distinct().count() < MIN_DIFFERENT) {
      throw new IllegalArgumentException(
          where + " must hold 128 random bits, such as openssl rand -hex 16 prints");
    }
    return Secret.of(name);
  }
}
