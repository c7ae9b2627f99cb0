package parallax.coordinator.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.coordinator.identity.CredentialTable;
import parallax.coordinator.identity.Credentials;
import parallax.coordinator.identity.TokenAuthority;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Waiting;

/** The uplink over TLS, with identities as in operation. */
final class UplinkTlsTest {
  private static final Optional<String> NO_TOKEN = Optional.empty();

  @TempDir Path folder;
  private Pem pem;
  private Pem.Pair authority;
  private Pem.Pair own;
  private Credentials credentials;
  private TokenAuthority tokens;
  private Uplink uplink;

  @BeforeEach
  void open() {
    pem = new Pem(folder);
    authority = pem.authority("authority");
    own = pem.signed("server", authority, "IP:127.0.0.1");
    credentials = new CredentialTable(SqliteStore.shared(folder.resolve("data")));
    tokens = new TokenAuthority(credentials, InstantSource.system());
    uplink = new Uplink(settings(), Optional.of(tokens));
  }

  private UplinkSettings settings() {
    return new UplinkSettings(
        "127.0.0.1",
        0,
        Optional.of(
            new UplinkSettings.Tls(
                own.certificate(), own.key(), Optional.of(authority.certificate()))),
        Uplink.BOUNDS,
        Uplink.RULES);
  }

  @AfterEach
  void close() {
    uplink.close();
    tokens.close();
    credentials.close();
  }

  private WebSocketClientOptions trusting(Pem.Pair trusted) {
    return new WebSocketClientOptions()
        .setSsl(true)
        .setTrustOptions(new PemTrustOptions().addCertValue(trusted.certificateBytes()));
  }

  private TestProbe.Way by(Pem.Pair certificate) {
    return uplink.way(
        trusting(authority)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(certificate.certificateBytes())
                    .addKeyValue(certificate.keyBytes())));
  }

  @Test
  void onlyTls13IsSpoken() {
    WebSocketClientOptions old = trusting(authority);
    old.setEnabledSecureTransportProtocols(Set.of("TLSv1.2"));
    assertThat(TestProbe.refusal(uplink.way(old), NO_TOKEN)).isZero();
    assertThat(TestProbe.refusal(uplink.way(trusting(authority)), NO_TOKEN)).isEqualTo(401);
    assertThat(TestProbe.refusal(uplink.way(), NO_TOKEN)).isZero();
  }

  @Test
  void aCertificateSpeaksForTheProbeThatItNamesAndForNoOther() {
    TestProbe.Way way = by(pem.signed("laptop", authority, "URI:probe:tokyo-1"));
    TestProbe probe = TestProbe.connect(way, "tokyo-1", NO_TOKEN).welcome();
    probe.observe("shop", 0, 0);
    assertThat(probe.next()).isInstanceOf(CoordinatorFrame.Ack.class);
    assertThat(uplink.server.probes().getFirst().credential()).isEmpty();
    TestProbe rogue = TestProbe.connect(way, "laptop", NO_TOKEN).hello();
    assertThat(rogue.refused().why()).isEqualTo(Refused.Why.IDENTITY);
    TestProbe.Way common = by(pem.signed("tokyo-2", authority, "IP:127.0.0.1"));
    TestProbe.connect(common, "tokyo-2", NO_TOKEN).welcome();
  }

  @Test
  void aCertificateOfAnybodyElseIsWorthNothing() {
    Pem.Pair other = pem.authority("other");
    Pem.Pair foreign = pem.signed("tokyo-1", other, "URI:probe:tokyo-1");
    assertThat(TestProbe.refusal(by(foreign), NO_TOKEN)).isIn(0, 401);
    Pem.Pair two = pem.signed("two", authority, "URI:probe:tokyo-1,URI:probe:tokyo-2");
    assertThat(TestProbe.refusal(by(two), NO_TOKEN)).isEqualTo(401);
    Pem.Pair nameless = pem.signed("Not a probe", authority, "IP:127.0.0.1");
    assertThat(TestProbe.refusal(by(nameless), NO_TOKEN)).isEqualTo(401);
  }

  @Test
  void aTokenWorksAsSoonAsItIsMadeAndEndsSoonAfterItIsTakenBack() {
    Credentials.By me = new Credentials.By("test", InstantSource.system().instant());
    Credentials.Created.New made =
        (Credentials.Created.New)
            credentials.create(
                new parallax.config.observation.ProbeName("tokyo-1"), Optional.empty(), me);
    Optional<String> token = Optional.of(made.token().reveal());
    TestProbe.Way way = uplink.way(trusting(authority));
    TestProbe probe = TestProbe.connect(way, "tokyo-1", token).welcome();
    assertThat(uplink.server.probes().getFirst().credential()).contains(made.credential().id());
    long before = System.nanoTime();
    credentials.revoke(made.credential().id(), me);
    assertThat(probe.refused().why()).isEqualTo(Refused.Why.REVOKED);
    assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
    assertThat(TestProbe.refusal(way, token)).isEqualTo(401);
  }

  @Test
  void aNewCertificateIsShownWithoutARestartAndABadOneIsNot() throws IOException {
    TestProbe.Way old = uplink.way(trusting(authority));
    TestProbe.Way renewed = uplink.way(trusting(pem.authority("new-authority")));
    assertThat(TestProbe.refusal(renewed, NO_TOKEN)).isZero();
    Pem.Pair authority2 =
        new Pem.Pair(folder.resolve("new-authority.crt"), folder.resolve("new-authority.key"));
    Pem.replace(own, pem.signed("server-2", authority2, "IP:127.0.0.1"));
    Waiting.until("the new one is shown", () -> TestProbe.refusal(renewed, NO_TOKEN) == 401);
    assertThat(TestProbe.refusal(old, NO_TOKEN)).isZero();
    Files.writeString(own.certificate(), "no certificate");
    UplinkSettings.Tls tls = settings().tls().orElseThrow();
    assertThat(uplink.server.reload(tls).toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20));
    assertThat(TestProbe.refusal(renewed, NO_TOKEN)).isEqualTo(401);
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(own.key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> new Uplink(settings(), Optional.of(tokens)))
        .isInstanceOf(UplinkException.class)
        .hasMessageContaining("server.key")
        .hasMessageContaining("chmod 600");
  }
}
