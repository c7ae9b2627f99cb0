package parallax.coordinator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import parallax.coordinator.store.postgres.PostgresAddress;

/** A real PostgreSQL of one test class, on loopback, with data of its own. */
public final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String SUPERUSER = "parallax";

  /** PostgreSQL does not run as root; this user comes with its package. */
  private static final String UNPRIVILEGED = "postgres";

  private Path folder = Path.of("");
  private Path programs = Path.of("");
  private int port;
  private int databases;
  private Optional<Process> server = Optional.empty();

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Optional<Path> found = programs();
    assumeTrue(found.isPresent(), "PostgreSQL is not installed; package postgresql-15");
    programs = found.orElseThrow();
    folder = Files.createTempDirectory("parallax-postgres");
    if (isRoot()) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setOwner(
          folder,
          folder
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(UNPRIVILEGED));
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process made =
        program("initdb", "-D", data(), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync");
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).as("initdb; see %s", folder).isZero();
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (server.isPresent()) {
      stopAtOnce();
    }
    if (!folder.equals(Path.of(""))) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** A database that nobody else uses. */
  public PostgresAddress freshDatabase() {
    String name = "t" + databases++;
    administer("postgres", "CREATE DATABASE " + name);
    return PostgresAddress.parse(url(name));
  }

  /** Does something as the superuser. */
  public void administer(String database, String sql) {
    try (Connection admin = DriverManager.getConnection("jdbc:" + url(database))) {
      admin.createStatement().execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private String url(String database) {
    return "postgresql://127.0.0.1:" + port + "/" + database + "?user=" + SUPERUSER;
  }

  /** Starts it; it answers when this returns. */
  public void start() throws IOException {
    server =
        Optional.of(
            program(
                "postgres",
                "-D",
                data(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=16MB",
                // It dies, the machine does not: what it wrote is with the system.
                "-c",
                "fsync=off"));
    Waiting.until("PostgreSQL answers", this::answers);
  }

  private boolean answers() {
    assertThat(server.orElseThrow().isAlive()).as("PostgreSQL runs; see %s", folder).isTrue();
    try (Connection connection = DriverManager.getConnection("jdbc:" + url("postgres"))) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Stops it without a word to anybody: the next start recovers from the log. */
  public void stopAtOnce() throws Exception {
    signal("QUIT");
  }

  /** Kills it with all that belongs to it. */
  public void kill() throws Exception {
    List<ProcessHandle> children = server.orElseThrow().toHandle().descendants().toList();
    signal("KILL");
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private void signal(String name) throws Exception {
    Process running = server.orElseThrow();
    new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start().waitFor();
    assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
    server = Optional.empty();
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Process program(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of(
              "setpriv", "--reuid=" + UNPRIVILEGED, "--regid=" + UNPRIVILEGED, "--clear-groups"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
        .start();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
