package parallax.probe.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.check.ZoneSpec;
import parallax.probe.dns.authority.ApprovedAnswers;
import parallax.probe.dns.authority.AuthoritySpec;
import parallax.probe.dns.authority.ServerEvidence;
import parallax.probe.dns.authority.ZoneEvidence;
import parallax.probe.dns.delegation.Delegation;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.wire.Heard;

/** What is asked of the servers of a zone about a name, and what of the answers counts. */
final class WantedTest {
  private static final Name ZONE = Name.fromConstantString("example.test.");
  private static final NameServer SERVER =
      new NameServer(
          Name.fromConstantString("ns.example.test."), InetAddress.ofLiteral("127.0.0.1"));
  private static final Said NONE = new Said.NoSuchRecord();
  private static final Said SOME =
      new Said.Answered(List.of(), List.of(Name.fromConstantString("cdn.example.")));
  private static final Said DENIED = new Said.NoSuchName();

  @Test
  void onlyWhatIsExpectedIsHeldAgainstAnAnswer() {
    AuthoritySpec wanted = Wanted.of(spec("www.example.test", "A", "MX"));
    assertThat(wanted.targets()).hasSize(2);
    assertThat(wanted.targets().getFirst().approved()).isNotEqualTo(ApprovedAnswers.ANY);
    assertThat(wanted.targets().getLast().approved()).isEqualTo(ApprovedAnswers.ANY);
  }

  @Test
  void noMoreTypesAreAskedForThanARoundHolds() {
    String[] types = {"A", "AAAA", "CAA", "CNAME", "HTTPS", "MX", "NS", "SRV", "SVCB", "TXT"};
    assertThat(Wanted.of(spec("www.example.test", types)).targets())
        .hasSize(AuthoritySpec.MAX_TARGETS);
  }

  @Test
  void theVersionAndWhatLiesInTheZoneMustBeSigned() {
    assertThat(Wanted.signed(ZONE, Wanted.of(spec("www.example.test", "A"))))
        .extracting(question -> question.name() + " " + Type.string(question.type()))
        .containsExactly("example.test. SOA", "www.example.test. A");
    assertThat(Wanted.signed(ZONE, Wanted.of(spec("www.other.test", "A")))).hasSize(1);
  }

  @Test
  void aTypeThatNobodyHasDoesNotCountWhereThereIsAnother() {
    assertThat(kept(NONE, SOME)).containsExactly(Type.AAAA);
    assertThat(kept(SOME, NONE)).containsExactly(Type.MX);
    assertThat(kept(SOME, SOME)).containsExactly(Type.MX, Type.AAAA);
  }

  @Test
  void oneOfSeveralTypesThatNobodyHasIsToldOf() {
    assertThat(kept(NONE, NONE)).containsExactly(Type.MX);
  }

  @Test
  void aNameThatIsNotThereIsToldOfForEveryType() {
    assertThat(kept(DENIED, DENIED)).containsExactly(Type.MX, Type.AAAA);
  }

  @Test
  void anExpectedTypeCountsThoughNobodyHasIt() {
    AuthoritySpec wanted = Wanted.of(spec("www.example.test", "A", "AAAA"));
    assertThat(types(Wanted.Judged.of(wanted, evidence(NONE, SOME))))
        .containsExactly(Type.A, Type.AAAA);
  }

  @Test
  void whatWasApprovedOfTheParentIsComparedAsNames() {
    ZoneSpec.Approved written =
        new ZoneSpec.Approved(
            Optional.of(new TreeSet<>(List.of("ns1.example.net", "ns2.example.net"))),
            Optional.empty());
    assertThat(Wanted.approved(written).servers().orElseThrow())
        .containsExactly(
            Name.fromConstantString("NS1.example.net."),
            Name.fromConstantString("ns2.Example.net."));
    assertThat(Wanted.approved(written).ds()).isEmpty();
    assertThat(Wanted.approved(ZoneSpec.Approved.ANY).servers()).isEmpty();
  }

  private static List<Integer> kept(Said... said) {
    return types(
        Wanted.Judged.of(Wanted.of(spec("www.example.test", "MX", "AAAA")), evidence(said)));
  }

  private static List<Integer> types(Wanted.Judged judged) {
    assertThat(judged.evidence().servers().getFirst().targets())
        .hasSameSizeAs(judged.spec().targets());
    return judged.spec().targets().stream().map(target -> target.question().type()).toList();
  }

  private static ZoneEvidence evidence(Said... targets) {
    Delegation delegation =
        new Delegation(
            ZONE, new TreeSet<>(List.of(SERVER.host())), new TreeMap<>(), new TreeSet<>());
    List<Visit> visits = Arrays.stream(targets).map(WantedTest::visit).toList();
    return new ZoneEvidence(
        delegation,
        List.of(
            new ServerEvidence(
                visit(SOME), Optional.empty(), Optional.empty(), Optional.empty(), visits)));
  }

  private static Visit visit(Said said) {
    return new Visit(
        SERVER, said, Duration.ZERO, Optional.empty(), new Heard.Path(false, false, false));
  }

  /** An address is expected; of other types any answer will do. */
  private static ZoneSpec.NameServers spec(String host, String... types) {
    SortedMap<String, SortedSet<String>> expect = new TreeMap<>();
    expect.put("A", new TreeSet<>(List.of("192.0.2.1")));
    return new ZoneSpec.NameServers(
        host,
        List.of(types),
        expect,
        ZoneSpec.Dnssec.OFF,
        Optional.empty(),
        Duration.ofSeconds(15));
  }
}
