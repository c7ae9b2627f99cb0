package parallax.probe.dns.vantage;

import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.vantage.line.HttpsExchange;
import parallax.probe.dns.vantage.line.Identity;
import parallax.probe.dns.vantage.line.ServerJudge;
import parallax.probe.dns.vantage.line.StreamExchange;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.SelfHealth;
import parallax.probe.tls.judge.TrustAnchors;

/** All ways to resolvers on one Vert.x, allowed to go anywhere. */
final class VantageLab implements AutoCloseable {
  static final Question SHOP = new Question(Name.fromConstantString("shop.test."), Type.A);
  private static final SelfHealth ROUTED = _ -> true;

  final Vertx vertx = Vertx.vertx();
  final Vantages vantages;

  VantageLab(TrustAnchors authorities) {
    this(authorities, NetworkPolicy.forStandalone(List.of()));
  }

  VantageLab(TrustAnchors authorities, NetworkPolicy policy) {
    ServerJudge judge = new ServerJudge(authorities, InstantSource.system());
    vantages =
        new Vantages(
            new DnsExchange(vertx),
            new StreamExchange(vertx, judge, ROUTED),
            new HttpsExchange(vertx, judge, ROUTED),
            policy);
  }

  Heard ask(Vantage vantage, Duration timeout) {
    return ask(List.of(vantage), timeout).getFirst();
  }

  List<Heard> ask(List<Vantage> through, Duration timeout) {
    try {
      return vantages
          .ask(through, SHOP, Deadline.startingNow(System::nanoTime, timeout))
          .await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still nothing after 20 s", e);
    }
  }

  /** As a pin is written: SHA-256 of the public key, in base64. */
  static String pin(X509Certificate certificate) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Identity named(String name) {
    return new Identity.ByName(name);
  }

  static Identity pinned(String pin) {
    return new Identity.ByKey(Optional.empty(), List.of(pin));
  }

  @Override
  public void close() {
    try {
      vertx.close().await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("Vert.x does not close", e);
    }
  }
}
