package parallax.probe.blackbox.look;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.blackbox.module.Value;

/** Values of modules that stand in files of this machine. */
public final class Files {
  /** Longer files are refused. */
  static final int MAX_BYTES = 1 << 20;

  private Files() {}

  /**
   * The value; of a file without the white space around it.
   *
   * @throws Unseen when the file cannot be read
   */
  public static Secret read(Value value) throws Unseen {
    return switch (value) {
      case Value.Inline(Secret secret) -> secret;
      case Value.InFile file -> Secret.of(whole(file).reveal().strip());
    };
  }

  /**
   * The value; of a file everything that is in it.
   *
   * @throws Unseen when the file cannot be read
   */
  public static Secret whole(Value value) throws Unseen {
    if (value instanceof Value.Inline(Secret secret)) {
      return secret;
    }
    Value.InFile file = (Value.InFile) value;
    try (InputStream in = java.nio.file.Files.newInputStream(file.file())) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw Sight.unseen(Reason.PROBE_NOT_CONFIGURED, file.file() + " is larger than 1 MiB");
      }
      return Secret.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Sight.unseen(Reason.PROBE_NOT_CONFIGURED, "cannot read " + file.file());
    }
  }
}
