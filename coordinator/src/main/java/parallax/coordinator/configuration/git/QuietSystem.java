package parallax.coordinator.configuration.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * This machine without its configuration of git: no file of it turns off certificates, puts one URL
 * in place of another or runs a program. Clock, host and environment are the machine's.
 */
final class QuietSystem extends SystemReader.Delegate {
  private QuietSystem(SystemReader machine) {
    super(machine);
  }

  /** Makes the library see the machine so, once for the process. */
  static void install() {
    synchronized (QuietSystem.class) {
      SystemReader now = SystemReader.getInstance();
      if (!(now instanceof QuietSystem)) {
        SystemReader.setInstance(new QuietSystem(now));
      }
    }
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  /** A file of configuration that is empty, and stays so. */
  private static final class Nothing extends FileBasedConfig {
    Nothing(Config parent, FS fs) {
      super(parent, new java.io.File("/dev/null"), fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() throws IOException {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
