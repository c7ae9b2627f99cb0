package parallax.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.observation.Outcome;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.RawServer;
import parallax.probe.fixture.Specs;
import parallax.probe.http.HttpCheck;
import parallax.probe.net.Connector;
import parallax.probe.net.EventLoops;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.tls.TlsClient;

/** A check that connects says through which aliases it came there. */
final class CanonicalNamesTest {
  private final Lab lab = new Lab();

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void namesTheAliasesOfEveryServerOnTheWay() {
    try (UdpResponder names = UdpResponder.answering(CanonicalNamesTest::answer);
        RawServer server = new RawServer("127.0.0.1", CanonicalNamesTest::serve)) {
      CheckResult result = run("http://shop.test:" + server.port() + "/", names.port());
      assertThat(result.outcome()).isEqualTo(Outcome.up());
      assertThat(result.facts().canonicalNames())
          .containsExactly("shop.cdn.test", "edge.cdn.test", "www.host.test");
    }
  }

  @Test
  void namesThemEvenWhenNobodyListensThere() {
    try (UdpResponder names = UdpResponder.answering(CanonicalNamesTest::answer)) {
      CheckResult result = run("http://www.test:1/", names.port());
      assertThat(result.outcome()).isInstanceOf(Outcome.Down.class);
      assertThat(result.facts().canonicalNames()).containsExactly("www.host.test");
    }
  }

  private CheckResult run(String url, int resolver) {
    EventLoops loops = new EventLoops(lab.vertx);
    HttpCheck check =
        new HttpCheck(
            new Connector(
                loops, lab.resolver, NetworkPolicy.forOperator(List.of(), List.of()), _ -> true),
            new TlsClient(loops, java.time.InstantSource.system(), System::nanoTime),
            "Parallax/test");
    HttpSpec spec = Specs.naming(Specs.get(url), Lab.through(AddressFamily.IPV4, resolver));
    return Lab.await(check.run(spec, Lab.within(spec.timeout())));
  }

  private static Message answer(Message query) {
    return query.getQuestion().getName().toString().startsWith("shop")
        ? UdpResponder.ok(
            query,
            "shop.test. 0 CNAME Shop.CDN.test.",
            "shop.cdn.test. 0 CNAME edge.cdn.test.",
            "edge.cdn.test. 0 A 127.0.0.1")
        : UdpResponder.ok(
            query, "www.test. 0 CNAME www.host.test.", "www.host.test. 0 A 127.0.0.1");
  }

  /** The shop redirects to the other host on the same port. */
  private static void serve(RawServer.Peer peer) throws java.io.IOException {
    String head = peer.readHead();
    int at = head.indexOf("shop.test:");
    peer.send(
        at < 0
            ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            : "HTTP/1.1 302 Found\r\nLocation: http://www.test:"
                + head.substring(at + "shop.test:".length()).split("\r\n", 2)[0].strip()
                + "/\r\nContent-Length: 0\r\n\r\n");
    peer.awaitEnd();
  }
}
