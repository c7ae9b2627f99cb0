package parallax.coordinator.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.Secret;

final class PostgresAddressTest {
  @Test
  void userAndPasswordAreTakenOutOfTheUrl() {
    PostgresAddress address =
        PostgresAddress.parse("postgresql://ops:p%40ss+1@db.example:6432/parallax?sslmode=require");
    assertThat(address.jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:6432/parallax?sslmode=require");
    assertThat(address.user()).contains("ops");
    assertThat(address.password().map(Secret::reveal)).contains("p@ss+1");
    assertThat(address.toString()).doesNotContain("p@ss");
  }

  @Test
  void severalHostsAndAPasswordAmongTheOptionsAreUnderstood() {
    PostgresAddress address =
        PostgresAddress.parse("postgres://one:5432,two:5433/p?user=ops&password=s%26cret&ssl=true");
    assertThat(address.jdbcUrl())
        .isEqualTo("jdbc:postgresql://one:5432,two:5433/p?user=ops&ssl=true");
    assertThat(address.password().map(Secret::reveal)).contains("s&cret");
    assertThat(address.toString()).doesNotContain("cret");
  }

  @Test
  void whatIsLeftOutIsLeftToTheDriver() {
    assertThat(PostgresAddress.parse("jdbc:postgresql://[::1]/parallax"))
        .isEqualTo(
            new PostgresAddress(
                "jdbc:postgresql://[::1]/parallax", Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://a:secret@b/c",
        "postgresql://host",
        "postgresql:///parallax",
        "user:secret@host",
        "postgresql://ops:se cret@host/parallax",
        ""
      })
  void whatIsNoAddressIsRefusedWithoutRepeatingIt(String written) {
    assertThatThrownBy(() -> PostgresAddress.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("cret");
  }
}
