package parallax.config.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Who may use a file that holds a secret. */
public final class SecretFile {
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private SecretFile() {}

  /**
   * What others may do with it who should not; empty where the file system knows no such rights. A
   * file of root's may be read by its group, as libpq has it for keys: that is how systemd
   * (LoadCredential=), Kubernetes (fsGroup) and containers hand a secret to one service.
   *
   * @throws IOException when the file cannot be found or looked at
   */
  public static NavigableSet<PosixFilePermission> openTo(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Collections.emptyNavigableSet();
    }
    NavigableSet<PosixFilePermission> others = new TreeSet<>(Files.getPosixFilePermissions(file));
    others.removeAll(OWNERS);
    if (Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))) {
      others.remove(PosixFilePermission.GROUP_READ);
    }
    return others;
  }
}
