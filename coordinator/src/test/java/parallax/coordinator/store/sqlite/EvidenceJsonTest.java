package parallax.coordinator.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Facts;

final class EvidenceJsonTest {
  private static Facts read(String row) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(row)) {
      json.nextToken();
      return EvidenceJson.read(json).facts();
    }
  }

  @Test
  void readsRowsOfAnEarlierVersion() throws IOException {
    Facts facts = read("{\"connect\":3000,\"address\":\"192.0.2.1\",\"answers\":[\"192.0.2.1\"]}");
    assertThat(facts.address()).contains("192.0.2.1");
    assertThat(facts.issuer()).isEmpty();
    assertThat(facts.canonicalNames()).isEmpty();
  }

  @Test
  void passesOverWhatALaterVersionWrote() throws IOException {
    assertThat(read("{\"later\":{\"x\":[1]},\"issuer\":\"CA\",\"more\":[\"y\"]}"))
        .isEqualTo(Facts.NONE.withIssuer("CA"));
  }

  @Test
  void readsWhoHoldsADomain() throws IOException {
    String json =
        "{\"registration\":{\"domain\":\"shop.so\",\"registry\":\"whois.nic.so\","
            + "\"registrar\":\"Name\",\"expiry\":1800000000,\"asOf\":1700000000,\"new\":[1]}}";
    assertThat(read(json).registration().orElseThrow())
        .isEqualTo(
            new Facts.RegistrationSeen(
                "shop.so",
                "whois.nic.so",
                Optional.of("Name"),
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(1_800_000_000)),
                Instant.ofEpochSecond(1_700_000_000)));
  }
}
