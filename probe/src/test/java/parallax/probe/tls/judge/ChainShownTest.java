package parallax.probe.tls.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.seen.ChainSeen;
import parallax.probe.fixture.TestAuthority;

final class ChainShownTest {
  @TempDir Path folder;

  @Test
  void namesDatesKeyAndSignatureAreShown() {
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/O=Parallax Test/CN=Root");
    authority.issue("root", "leaf", "/CN=leaf", 10, "subjectAltName=DNS:shop.test,IP:192.0.2.1");
    X509Certificate leaf = authority.certificate("leaf");
    ChainSeen shown = ChainShown.of(List.of(leaf, authority.certificate("root")));
    ChainSeen.Certificate own = shown.certificates().getFirst();
    assertThat(own.subject()).isEqualTo("CN=leaf");
    assertThat(own.issuer()).isEqualTo("CN=Root,O=Parallax Test");
    assertThat(own.names()).containsExactly("shop.test", "192.0.2.1");
    assertThat(Duration.between(own.notBefore(), own.notAfter())).isEqualTo(Duration.ofDays(10));
    assertThat(own.key()).matches("(RSA|EC) [0-9]+");
    assertThat(own.signature()).isEqualTo(leaf.getSigAlgName());
    ChainSeen.Certificate root = shown.certificates().getLast();
    assertThat(root.subject()).isEqualTo(root.issuer());
    assertThat(shown.more()).isZero();
    assertThat(shown.fault()).isEmpty();
  }

  @Test
  void ofALongChainTheRestIsCounted() {
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/CN=Root");
    ChainSeen shown = ChainShown.of(Collections.nCopies(9, authority.certificate("root")));
    assertThat(shown.certificates()).hasSize(ChainSeen.MAX_CERTIFICATES);
    assertThat(shown.more()).isEqualTo(3);
  }
}
