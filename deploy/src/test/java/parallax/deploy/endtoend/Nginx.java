package parallax.deploy.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real nginx on loopback that a test configures, kills and starts again. */
public final class Nginx implements AutoCloseable {
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private Nginx(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param port awaited before this returns
   * @param servers blocks of the http section
   */
  public static Nginx start(Path folder, int port, String servers) {
    Nginx nginx = new Nginx(folder, port);
    nginx.configure(servers);
    nginx.start();
    return nginx;
  }

  /** Writes other server blocks; they count from the next start. */
  void configure(String servers) {
    String text =
        """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          %2$s
        }
        """
            .formatted(folder, servers);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("nginx.conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it once more. */
  public void start() {
    String program = Programs.require("nginx");
    process =
        Programs.start(
            folder.resolve("nginx.out"),
            List.of(program, "-p", folder.toString(), "-c", folder + "/nginx.conf"));
    Programs.awaitListening(port);
  }

  /** As by kill -9. */
  public void kill() {
    if (process != null) {
      Programs.kill(process);
      process = null;
    }
  }

  void restartWith(String servers) {
    kill();
    configure(servers);
    start();
  }

  @Override
  public void close() {
    kill();
  }
}
