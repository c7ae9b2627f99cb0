package parallax.config.routes;

import java.net.URI;
import java.nio.file.Path;

/** Something to be read as a whole, wherever it lies. */
public sealed interface Document {
  /**
   * On this machine.
   *
   * @param path found from where the configuration lies
   */
  record InFile(Path path) implements Document {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** On a web server, by http or https. */
  record AtUrl(URI url) implements Document {
    @Override
    public String toString() {
      return url.toString();
    }
  }
}
