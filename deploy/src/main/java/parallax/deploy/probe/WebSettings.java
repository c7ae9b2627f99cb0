package parallax.deploy.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parallax.deploy.command.Listen;

/**
 * Where and to whom a probe's pages are served.
 *
 * @param listen at least one place
 * @param file who may see them, and over what; empty: everybody, without TLS
 */
record WebSettings(List<Listen> listen, WebRoot root, Optional<Path> file) {
  WebSettings {
    listen = List.copyOf(listen);
    if (listen.isEmpty()) {
      throw new IllegalArgumentException("nowhere to listen");
    }
  }
}
