package parallax.deploy.command;

import java.nio.file.Path;

/** Where things are when users do not say. */
public final class Folders {
  private Folders() {}

  /** The configuration that comes with Parallax. */
  public static Path quickstart() {
    Path here = Path.of(System.getProperty("parallax.home", "."));
    return here.resolve("config/examples/quickstart").normalize();
  }

  /** Where the record is kept: the XDG base directory for state. */
  public static Path data() {
    String state = System.getenv("XDG_STATE_HOME");
    Path base =
        state == null || state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return base.resolve("parallax");
  }
}
