package parallax.probe.dns.dnssec;

import java.time.Instant;
import java.util.List;
import org.xbill.DNS.DNSSEC.Algorithm;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.material.Chain;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;
import parallax.probe.dns.dnssec.material.TrustAnchors;
import parallax.probe.dns.dnssec.material.ZoneMaterial;

/** Three healthy zones, root, test and example.test, of which a test breaks one thing. */
final class LabChain {
  static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

  LabZone root;
  LabZone tld;
  LabZone example;

  List<Reply> rootKeys;
  List<Reply> tldDs;
  List<Reply> tldKeys;
  List<Reply> ds;
  List<Reply> keys;
  List<Reply> answers;
  String name = "www.example.test.";
  int type = Type.A;
  TrustAnchors anchors;
  ChainJudge.Expectation expectation = ChainJudge.Expectation.IF_SIGNED;

  LabChain() {
    this(Algorithm.ED25519);
  }

  LabChain(int algorithm) {
    root = new LabZone(".", algorithm, 1);
    tld = new LabZone("test.", algorithm, 2);
    example = new LabZone("example.test.", algorithm, 3);
    rootKeys = List.of(reply("root1", root.keys()));
    tldDs = List.of(reply("root1", root.sign(tld.ds())));
    tldKeys = List.of(reply("tld1", tld.keys()));
    ds = List.of(reply("tld1", tld.sign(example.ds())));
    keys = List.of(reply("ns1", example.keys()));
    answers = List.of(reply("ns1", address()));
    anchors = new TrustAnchors(List.of(root.ds()), List.of());
  }

  SignedSet address() {
    return example.signed("www.example.test. A 192.0.2.1", "www.example.test. A 192.0.2.2");
  }

  Chain chain() {
    return new Chain(
        List.of(
            new ZoneMaterial(root.apex, List.of(), rootKeys),
            new ZoneMaterial(tld.apex, tldDs, tldKeys),
            new ZoneMaterial(example.apex, ds, keys)),
        LabZone.name(name),
        type,
        answers);
  }

  Judgement judged(Instant at) {
    return new ChainJudge(anchors).judge(chain(), expectation, at);
  }

  Verdict verdict() {
    return judged(NOW).verdict();
  }

  /** Asks for this, and the only server replies so. */
  LabChain asking(String name, int type, Reply reply) {
    this.name = name;
    this.type = type;
    this.answers = List.of(reply);
    return this;
  }

  static Reply reply(String server, SignedSet... answer) {
    return new Reply(server, Rcode.NOERROR, List.of(answer), List.of());
  }

  static Reply denial(int rcode, List<SignedSet> authority) {
    return new Reply("ns1", rcode, List.of(), authority);
  }
}
