package parallax.probe.blackbox.module;

import java.nio.file.Path;
import parallax.config.secret.Secret;

/** A value that may be a secret, and where it is. */
public sealed interface Value {
  /** Stands in the module itself. */
  record Inline(Secret secret) implements Value {}

  /** Stands in a file of this machine, which is read at each probe. */
  record InFile(Path file) implements Value {}

  static Value of(String text) {
    return new Inline(Secret.of(text));
  }
}
