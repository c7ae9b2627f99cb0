package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.probe.net.NetworkPolicy.Hop;

class NetworkPolicyTest {
  private static final NetworkPolicy PROBE = NetworkPolicy.forProbe(List.of(), List.of());
  private static final NetworkPolicy OPERATOR = NetworkPolicy.forOperator(List.of(), List.of());
  private static final NetworkPolicy STANDALONE = NetworkPolicy.forStandalone(List.of());

  private static final String METADATA =
      """
      169.254.169.254 169.254.170.2 169.254.170.23 169.254.42.42 100.100.100.200 168.63.129.16
      192.0.0.192 fd00:ec2::254 fd00:ec2:0:0:0:0:0:254 FD00:EC2::254 fd00:ec2::23 fd20:ce::254
      fd00:42::42 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::169.254.169.254 ::a9fe:a9fe
      64:ff9b::169.254.169.254 64:ff9b::a9fe:a9fe 64:ff9b:1::a9fe:a9fe 2002:a9fe:a9fe::
      2002:a9fe:a9fe::1 2002:6464:64c8::1 64:ff9b::6464:64c8 ::ffff:0:a9fe:a9fe fe80::a9fe:a9fe
      """;

  private static final String LOCAL =
      """
      127.0.0.1 127.0.0.2 127.1.2.3 127.255.255.255 ::1 0:0:0:0:0:0:0:1
      10.0.0.0 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255
      fc00::1 fd00::1 fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fec0::1
      169.254.0.1 169.254.169.253 169.254.255.255 fe80::1 febf::1
      100.64.0.0 100.64.0.1 100.127.255.255 198.18.0.1 198.19.255.255
      192.0.2.1 198.51.100.1 203.0.113.1 2001:db8::1 3fff::1 2001:2::1
      ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:7f00:1 ::ffff:192.168.1.1
      """;

  private static final String NEVER_BUT_BY_ALLOWANCE =
      """
      0.0.0.0 0.0.0.1 0.1.2.3 0.255.255.255 :: 224.0.0.1 239.255.255.255 ff02::1 ff0e::1
      240.0.0.1 250.1.2.3 255.255.255.255 192.0.0.1 192.0.0.170 192.88.99.1 100::1
      ::2 ::127.0.0.1 ::10.0.0.1 ::8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::10.0.0.1 64:ff9b:1::1
      2002::1 2002:a00:1::1 2002:808:808::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2
      2001:10::1 5f00::1 ::ffff:0:127.0.0.1
      """;

  private static final String PUBLIC =
      """
      1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
      169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.167.255.255
      192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 203.0.114.0 177.0.0.1
      2001:4860:4860::8888 2606:4700:4700::1111 2a00:1450:4001::1 2001:200::1 2003::1
      2400:cb00::1 fb00::1 64:ff9a::1 64:ff9b:2::1
      """;

  static Stream<Arguments> addresses() {
    return Stream.of(
            of(METADATA, "metadata"),
            of(LOCAL, "local"),
            of(NEVER_BUT_BY_ALLOWANCE, "never"),
            of(PUBLIC, "public"))
        .flatMap(all -> all);
  }

  private static Stream<Arguments> of(String addresses, String kind) {
    return Stream.of(addresses.strip().split("\\s+")).map(text -> Arguments.of(text, kind));
  }

  @Test
  void hasATableOfMoreThanAHundredAndTwentyForms() {
    assertThat(addresses().count()).isGreaterThanOrEqualTo(120);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("addresses")
  void judgesEveryFormOfAnAddress(String text, String kind) {
    InetAddress address = InetAddress.ofLiteral(text);
    boolean isPublic = kind.equals("public");
    boolean local = kind.equals("local");
    assertThat(allows(PROBE, address, Hop.CONFIGURED)).isEqualTo(isPublic);
    assertThat(allows(PROBE, address, Hop.REDIRECTED_BY_NON_PUBLIC)).isEqualTo(isPublic);
    assertThat(allows(OPERATOR, address, Hop.CONFIGURED)).isEqualTo(isPublic || local);
    assertThat(allows(OPERATOR, address, Hop.REDIRECTED_BY_NON_PUBLIC))
        .isEqualTo(isPublic || local);
    assertThat(allows(OPERATOR, address, Hop.REDIRECTED_BY_PUBLIC)).isEqualTo(isPublic);
    assertThat(allows(STANDALONE, address, Hop.CONFIGURED)).isEqualTo(!kind.equals("metadata"));
    assertThat(NetworkPolicy.isPublic(address)).isEqualTo(isPublic);
  }

  @Test
  void letsTheMachineOpenRangesButNeverMetadata() {
    NetworkPolicy opened =
        NetworkPolicy.forProbe(
            List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")),
            List.of(Cidr.parse("10.1.0.0/16")));
    assertThat(allows(opened, InetAddress.ofLiteral("10.0.0.1"), Hop.CONFIGURED)).isTrue();
    assertThat(allows(opened, InetAddress.ofLiteral("127.0.0.1"), Hop.REDIRECTED_BY_PUBLIC))
        .isTrue();
    assertThat(allows(opened, InetAddress.ofLiteral("10.1.2.3"), Hop.CONFIGURED)).isFalse();
    addresses()
        .filter(row -> row.get()[1].equals("metadata"))
        .map(row -> InetAddress.ofLiteral((String) row.get()[0]))
        .forEach(address -> assertThat(allows(opened, address, Hop.CONFIGURED)).isFalse());
  }

  @Test
  void letsNoAllowanceOverruleADenial() {
    Cidr everything = Cidr.parse("1.1.1.0/24");
    NetworkPolicy policy = NetworkPolicy.forProbe(List.of(everything), List.of(everything));
    assertThat(policy.refusal(InetAddress.ofLiteral("1.1.1.1"), Hop.CONFIGURED))
        .contains("1.1.1.1 is denied on this machine");
  }

  @Test
  void judgesWhatAProxyIsAskedForByWhatItSays() {
    for (String refused :
        List.of(
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "127.0.0.1",
            "10.0.0.1",
            "::1",
            "169.254.169.254",
            "metadata.google.internal",
            "Metadata.Google.Internal.")) {
      assertThat(PROBE.refusalOfHost(refused, Hop.CONFIGURED)).as(refused).isPresent();
    }
    assertThat(PROBE.refusalOfHost("example.com", Hop.CONFIGURED)).isEqualTo(Optional.empty());
    assertThat(OPERATOR.refusalOfHost("localhost", Hop.CONFIGURED)).isEqualTo(Optional.empty());
    assertThat(OPERATOR.refusalOfHost("localhost", Hop.REDIRECTED_BY_PUBLIC)).isPresent();
    assertThat(OPERATOR.refusalOfHost("metadata.google.internal", Hop.CONFIGURED)).isPresent();
  }

  private static boolean allows(NetworkPolicy policy, InetAddress address, Hop hop) {
    return policy.refusal(address, hop).isEmpty();
  }
}
