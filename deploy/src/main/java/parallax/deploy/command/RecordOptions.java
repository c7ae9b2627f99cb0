package parallax.deploy.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.postgres.PostgresAddress;
import parallax.coordinator.store.postgres.PostgresStore;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sqlite.SqliteStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which record is meant: the one of a folder, or the one of a database. */
public final class RecordOptions {
  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Place place = new Place();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** One of these, or none. */
  static final class Place {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "The folder of the record. Default: ~/.local/state/parallax.")
    private @Nullable Path data;

    @Option(
        names = "--database",
        paramLabel = "URL",
        description = "Its database: postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
    private @Nullable String database;

    @Option(
        names = "--database-file",
        paramLabel = "FILE",
        description = "A file that holds that URL, so that no list of processes shows it.")
    private @Nullable Path databaseFile;
  }

  /** The record as it is, also while a coordinator goes on writing it. */
  public WholeRecord toRead() {
    return database()
        .map(PostgresStore::wholeToRead)
        .orElseGet(() -> SqliteStore.wholeToRead(data()));
  }

  /** The record to be filled, made where it is missing. */
  public WholeRecord toFill() {
    return database()
        .map(PostgresStore::wholeToFill)
        .orElseGet(() -> SqliteStore.wholeToFill(data()));
  }

  /** The database that holds it, made ready where it is not; also while a coordinator works. */
  public Database shared() {
    return database().map(PostgresStore::shared).orElseGet(() -> SqliteStore.shared(data()));
  }

  /** The record to work with; who opens one of a folder is alone with it. */
  public Store open() {
    return database().map(PostgresStore::open).orElseGet(() -> SqliteStore.open(data()));
  }

  /** Whether several coordinators can work with it. */
  public boolean isDatabase() {
    return database().isPresent();
  }

  private Path data() {
    return Optional.ofNullable(place.data).orElseGet(Folders::data);
  }

  private Optional<PostgresAddress> database() {
    return Optional.ofNullable(place.databaseFile)
        .map(this::content)
        .or(() -> Optional.ofNullable(place.database))
        .map(this::address);
  }

  private String content(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--database-file: cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private PostgresAddress address(String url) {
    try {
      return PostgresAddress.parse(url);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--database: " + e.getMessage(), e);
    }
  }
}
