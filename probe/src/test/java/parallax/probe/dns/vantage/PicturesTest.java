package parallax.probe.dns.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.config.observation.Reason;
import parallax.probe.dns.vantage.Standing.State;
import parallax.probe.dns.wire.Question;

final class PicturesTest {
  private static final Name ZONE = Name.fromConstantString("example.test.");
  private static final Vantage VANTAGE =
      new Vantage(
          "isp",
          Vantage.Kind.ISP,
          new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), Vantage.DNS_PORT),
          new Vantage.Udp());

  @ParameterizedTest(name = "has {0}, now {1}: {2}")
  @CsvSource({
    "6, 7, CACHED",
    "4294967295, 1, CACHED",
    "7, 7, RESOLVER_DIFFERS",
    "8, 7, RESOLVER_DIFFERS"
  })
  void whoHasAnOlderVersionRepeatsThePast(long theirs, long newest, State expected) {
    Source source = source(Rcode.NOERROR, Optional.of(version(newest)));
    Standing aged = Pictures.aged(standing(), answered(version(theirs)), source);
    assertThat(aged.state()).isEqualTo(expected);
    if (expected == State.CACHED) {
      assertThat(aged.detail())
          .isEqualTo("from its cache, of version " + theirs + " of the zone, now " + newest);
    }
  }

  @Test
  void whoHasAVersionOfAZoneThatIsGoneRepeatsThePast() {
    Source gone = source(Rcode.NXDOMAIN, Optional.empty());
    assertThat(Pictures.aged(standing(), answered(version(7)), gone).detail())
        .isEqualTo("from its cache, of a zone that is not delegated any more");
    Heard denial = answered(new Said(Rcode.NXDOMAIN, List.of(), 0));
    assertThat(Pictures.aged(standing(), denial, gone).state()).isEqualTo(State.RESOLVER_DIFFERS);
  }

  @Test
  void whoDoesNotTellIsNotExcused() {
    Heard silent = new Heard.Silent(VANTAGE, Reason.DNS_TIMEOUT, "late", Duration.ZERO);
    Source source = source(Rcode.NOERROR, Optional.of(version(7)));
    assertThat(Pictures.aged(standing(), silent, source).state()).isEqualTo(State.RESOLVER_DIFFERS);
  }

  @Test
  void onlyWhatMayBeOfThePastIsAskedAbout() {
    assertThat(Pictures.mayBeOld(standing())).isTrue();
    assertThat(Pictures.mayBeOld(blocked(List.of()))).isTrue();
    assertThat(Pictures.mayBeOld(blocked(List.of(new ExtendedError(15, ""))))).isFalse();
  }

  private static Standing standing() {
    return new Standing(VANTAGE, State.RESOLVER_DIFFERS, "else", List.of());
  }

  private static Standing blocked(List<ExtendedError> hints) {
    return new Standing(VANTAGE, State.RESOLVER_BLOCKED, "leads to 0.0.0.0", hints);
  }

  private static Heard answered(Said said) {
    return new Heard.Answered(VANTAGE, said, false, List.of(), Duration.ZERO);
  }

  private static Source source(int rcode, Optional<Said> version) {
    return new Source(
        new Question(ZONE, Type.A),
        Optional.of(ZONE),
        Optional.of(new Said(rcode, List.of(), 0)),
        new TreeSet<>(),
        version);
  }

  private static Said version(long serial) {
    try {
      String data = "ns.example.test. root.example.test. " + serial + " 3600 600 86400 300";
      Record soa = Record.fromString(ZONE, Type.SOA, DClass.IN, 300, data, Name.root);
      return new Said(Rcode.NOERROR, List.of(soa), 300);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
