package parallax.coordinator.uplink;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates in PEM files, made with openssl. */
public final class Pem {
  private final Path folder;

  public Pem(Path folder) {
    this.folder = folder;
  }

  /** A certificate and its key. */
  public record Pair(Path certificate, Path key) {
    public Buffer certificateBytes() {
      return bytes(certificate);
    }

    public Buffer keyBytes() {
      return bytes(key);
    }

    private static Buffer bytes(Path file) {
      try {
        return Buffer.buffer(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Signs itself, and may sign others. */
  public Pair authority(String name) {
    return made(name, List.of("-addext", "basicConstraints=critical,CA:TRUE"));
  }

  /**
   * Signed by an authority.
   *
   * @param alternative such as {@code IP:127.0.0.1} or {@code URI:probe:tokyo-1}
   */
  public Pair signed(String name, Pair authority, String alternative) {
    return made(
        name,
        List.of(
            "-addext",
            "subjectAltName=" + alternative,
            "-CA",
            authority.certificate().toString(),
            "-CAkey",
            authority.key().toString()));
  }

  private Pair made(String name, List<String> more) {
    Pair pair = new Pair(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    List<String> command =
        new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"));
    command.addAll(List.of("ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"));
    command.addAll(List.of("-subj", "/CN=" + name, "-out", pair.certificate().toString()));
    command.addAll(List.of("-keyout", pair.key().toString()));
    command.addAll(more);
    run(command);
    return pair;
  }

  private static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + said);
      }
    } catch (IOException e) {
      assumeTrue(false, "openssl is not installed: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts a pair in the place of another, key first, as a renewal does. */
  public static void replace(Pair old, Pair with) {
    try {
      Files.copy(with.key(), old.key(), StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(old.key(), PosixFilePermissions.fromString("rw-------"));
      Files.copy(with.certificate(), old.certificate(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
