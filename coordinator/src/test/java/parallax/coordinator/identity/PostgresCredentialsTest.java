package parallax.coordinator.identity;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.postgres.PostgresAddress;
import parallax.coordinator.store.postgres.PostgresStore;
import parallax.coordinator.testing.PostgresServer;

final class PostgresCredentialsTest implements CredentialsContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  private PostgresAddress address;
  private Credentials credentials;

  @BeforeEach
  void open() {
    address = SERVER.freshDatabase();
    credentials = new CredentialTable(PostgresStore.shared(address));
  }

  @AfterEach
  void close() {
    credentials.close();
  }

  @Override
  public Credentials credentials() {
    return credentials;
  }

  @Override
  public WholeRecord whole() {
    return PostgresStore.wholeToRead(address);
  }
}
