package parallax.probe.blackbox.web;

import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.problem.Problem;
import parallax.probe.blackbox.module.Value;

/**
 * The file of {@code --web.config.file} and the files that it names, read again when one of them
 * has changed. While something is wrong with them, what was good before stays in force. Safe for
 * use by many threads, which may have to wait for the disk.
 */
public final class WebFile {
  private static final Logger LOG = LoggerFactory.getLogger(WebFile.class);
  private static final int MAX_BYTES = (1 << 20) + 1;

  private final Vertx vertx;
  private final Path file;
  private State state = new State(WebConfig.OPEN, Optional.empty());
  private List<Path> named = List.of();
  private List<Stamp> stamps = List.of();
  private boolean started;

  /**
   * What is in force.
   *
   * @param tls of a server that serves so; another object after each change
   */
  record State(WebConfig config, Optional<ServerSSLOptions> tls) {}

  /** By which a change of a file shows. */
  private record Stamp(Path file, FileTime changed, long size, Object identity) {
    static Stamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
            file,
            now.lastModifiedTime(),
            now.size(),
            Optional.ofNullable(now.fileKey()).orElse(file));
      } catch (IOException notThere) {
        return new Stamp(file, FileTime.fromMillis(0), -1, file);
      }
    }
  }

  /** What is wrong with a file, whatever the files are that it names. */
  public static List<Problem> check(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return WebReader.read(file, in.readNBytes(MAX_BYTES)) instanceof WebReader.Outcome.Bad bad
          ? bad.problems()
          : List.of();
    } catch (IOException e) {
      return List.of(new Problem(file, 1, 1, "cannot be read; does it exist?"));
    }
  }

  /** The file is not read yet. */
  public WebFile(Vertx vertx, Path file) {
    this.vertx = vertx;
    this.file = file;
  }

  /**
   * Reads it for the first time.
   *
   * @return what is wrong; empty when it is in force
   */
  public synchronized List<Problem> load() {
    List<Problem> problems = read();
    started = problems.isEmpty();
    return problems;
  }

  /** Whether pages are served over TLS. */
  public synchronized boolean isSecure() {
    return state.tls().isPresent();
  }

  /** What is in force, after a look at the files. */
  synchronized State current() {
    if (!stamps().equals(stamps)) {
      List<Problem> problems = read();
      if (problems.isEmpty()) {
        LOG.info("web=reloaded");
      } else {
        LOG.warn("web=kept problems={} first=\"{}\"", problems.size(), problems.getFirst());
      }
    }
    return state;
  }

  private List<Stamp> stamps() {
    return Stream.concat(Stream.of(file), named.stream()).map(Stamp::of).toList();
  }

  private List<Problem> read() {
    // Before it is read: what changes meanwhile is found next time.
    stamps = stamps();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      return List.of(new Problem(file, 1, 1, "cannot be read; does it exist?"));
    }
    return switch (WebReader.read(file, bytes)) {
      case WebReader.Outcome.Bad(List<Problem> problems) -> problems;
      case WebReader.Outcome.Good(WebConfig config, List<Problem> warnings) -> {
        named = named(config);
        stamps = stamps();
        warnings.forEach(warning -> LOG.warn("web={}", warning));
        yield take(config);
      }
    };
  }

  private static List<Path> named(WebConfig config) {
    List<Path> files = new ArrayList<>();
    config
        .tls()
        .ifPresent(
            tls ->
                Stream.concat(Stream.of(tls.certificate(), tls.key()), tls.authorities().stream())
                    .filter(Value.InFile.class::isInstance)
                    .map(Value.InFile.class::cast)
                    .forEach(value -> files.add(value.file())));
    return List.copyOf(files);
  }

  private List<Problem> take(WebConfig config) {
    if (started && config.tls().isPresent() != isSecure()) {
      return List.of(
          new Problem(file, 1, 1, "whether there is TLS cannot be changed while it runs"));
    }
    if (config.tls().isEmpty()) {
      state = new State(config, Optional.empty());
      return List.of();
    }
    ServerTls tls = config.tls().get();
    try {
      // As at the start, as in the exporter: whether HTTP/2 is offered does not change either.
      boolean http2 = started ? state.config().http2() : config.http2();
      WebConfig kept =
          new WebConfig(config.tls(), http2, config.headers(), config.users(), config.rate());
      state = new State(kept, Optional.of(TlsMaterial.read(vertx, tls, http2)));
      return List.of();
    } catch (IOException e) {
      return List.of(
          new Problem(
              tls.place().file(),
              tls.place().line(),
              tls.place().column(),
              String.valueOf(e.getMessage())));
    }
  }
}
