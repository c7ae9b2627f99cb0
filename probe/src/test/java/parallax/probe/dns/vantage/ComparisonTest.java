package parallax.probe.dns.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.config.observation.Reason;
import parallax.probe.dns.vantage.Standing.State;
import parallax.probe.net.Cidr;

final class ComparisonTest {
  private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
  private static final Comparison COMPARISON =
      new Comparison(List.of(Cidr.parse("198.51.100.0/24")), _ -> false);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the same                 | NOERROR  | 192.0.2.2 192.0.2.1 |    | AGREES
          one address less         | NOERROR  | 192.0.2.1           |    | RESOLVER_DIFFERS
          another address          | NOERROR  | 203.0.113.9         |    | RESOLVER_DIFFERS
          nothing                  | NOERROR  |                     |    | RESOLVER_DIFFERS
          does not exist           | NXDOMAIN |                     |    | RESOLVER_DIFFERS
          what was until just now  | NOERROR  | 192.0.2.50          |    | CACHED
          what was yesterday       | NOERROR  | 192.0.2.60          |    | RESOLVER_STALE
          stale by its own word    | NOERROR  | 192.0.2.1 192.0.2.2 | 3  | RESOLVER_STALE
          stale denial             | NXDOMAIN |                     | 19 | RESOLVER_STALE
          blocked by its own word  | NXDOMAIN |                     | 15 | RESOLVER_BLOCKED
          censored                 | SERVFAIL |                     | 16 | RESOLVER_BLOCKED
          filtered                 | NOERROR  | 0.0.0.0             | 17 | RESOLVER_BLOCKED
          prohibited               | REFUSED  |                     | 18 | RESOLVER_BLOCKED
          led to nowhere           | NOERROR  | 0.0.0.0             |    | RESOLVER_BLOCKED
          led to itself            | NOERROR  | 127.0.0.1           |    | RESOLVER_BLOCKED
          led to a block page      | NOERROR  | 198.51.100.7        |    | RESOLVER_BLOCKED
          cannot validate          | SERVFAIL |                     | 6  | RESOLVER_SERVFAIL
          cannot tell              | SERVFAIL |                     |    | RESOLVER_SERVFAIL
          refuses us               | REFUSED  |                     |    | RESOLVER_DOWN
          """)
  void anAnswerStandsBesideTheAuthoritativeOne(
      String name, String rcode, String addresses, Integer error, State expected) {
    Truth truth =
        new Truth(
            said(Rcode.NOERROR, "192.0.2.1", "192.0.2.2"),
            NOW.minusSeconds(10),
            List.of(
                new Truth.Former(said(Rcode.NOERROR, "192.0.2.50"), NOW.minusSeconds(300)),
                new Truth.Former(said(Rcode.NOERROR, "192.0.2.60"), NOW.minusSeconds(301))));
    List<ExtendedError> errors =
        error == null ? List.of() : List.of(new ExtendedError(error, "why"));
    String[] words = addresses == null ? new String[0] : addresses.split(" ");
    Heard heard = answered("isp", said(Rcode.value(rcode), words), errors);
    Standing standing = only(COMPARISON.compare(List.of(heard), Optional.of(truth), NOW));
    assertThat(standing.state()).as(standing.detail()).isEqualTo(expected);
    assertThat(standing.hints()).isEqualTo(errors);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 10, AGREES",
    "6, 300, CACHED",
    "6, 301, RESOLVER_STALE",
    "4294967295, 301, RESOLVER_STALE",
    "8, 301, RESOLVER_DIFFERS"
  })
  void anOlderSerialIsStaleOnceTheNewOneIsOlderThanItsTtl(long serial, int since, State expected) {
    Truth truth = new Truth(soa(7), NOW.minusSeconds(since), List.of());
    Heard heard = answered("isp", soa(serial), List.of());
    assertThat(only(COMPARISON.compare(List.of(heard), Optional.of(truth), NOW)).state())
        .isEqualTo(expected);
  }

  @Test
  void addressesOfAnApprovedPoolAreRightWhicheverTheyAre() {
    Cidr pool = Cidr.parse("192.0.2.0/24");
    Comparison comparison =
        new Comparison(
            List.of(), record -> record instanceof ARecord a && pool.contains(a.getAddress()));
    Truth truth = new Truth(said(Rcode.NOERROR, "192.0.2.1"), NOW, List.of());
    assertThat(
            comparison.compare(
                List.of(
                    answered("a", said(Rcode.NOERROR, "192.0.2.77"), List.of()),
                    answered("b", said(Rcode.NOERROR, "192.0.3.1"), List.of())),
                Optional.of(truth),
                NOW))
        .extracting(Standing::state)
        .containsExactly(State.AGREES, State.RESOLVER_DIFFERS);
  }

  @Test
  void withoutAuthorityMostResolversAreRight() {
    assertThat(
            COMPARISON.compare(
                List.of(
                    answered("a", said(Rcode.NOERROR, "192.0.2.1"), List.of()),
                    answered("b", said(Rcode.NOERROR, "203.0.113.9"), List.of()),
                    answered("c", said(Rcode.NOERROR, "192.0.2.1"), List.of()),
                    answered("d", said(Rcode.SERVFAIL), List.of())),
                Optional.empty(),
                NOW))
        .extracting(Standing::state)
        .containsExactly(
            State.AGREES, State.RESOLVER_DIFFERS, State.AGREES, State.RESOLVER_SERVFAIL);
  }

  @Test
  void withoutAMajorityNobodyIsBlamed() {
    assertThat(
            COMPARISON.compare(
                List.of(
                    answered("a", said(Rcode.NOERROR, "192.0.2.1"), List.of()),
                    answered("b", said(Rcode.NOERROR, "203.0.113.9"), List.of())),
                Optional.empty(),
                NOW))
        .extracting(Standing::state)
        .containsOnly(State.NOT_TESTED);
  }

  @Test
  void silenceIsTheResolversUnlessItIsOurOwn() {
    assertThat(
            COMPARISON.compare(
                List.of(
                    silent(Reason.DNS_TIMEOUT),
                    silent(Reason.CERTIFICATE_WRONG_NAME),
                    silent(Reason.PROBE_NO_ADDRESS_FAMILY)),
                Optional.empty(),
                NOW))
        .extracting(Standing::state)
        .containsExactly(State.RESOLVER_DOWN, State.RESOLVER_DOWN, State.NOT_TESTED);
  }

  private static Heard silent(Reason reason) {
    return new Heard.Silent(vantage("x"), reason, "detail", Duration.ZERO);
  }

  private static Standing only(List<Standing> standings) {
    assertThat(standings).hasSize(1);
    return standings.getFirst();
  }

  private static Heard answered(String name, Said said, List<ExtendedError> errors) {
    return new Heard.Answered(vantage(name), said, false, errors, Duration.ofMillis(5));
  }

  private static Vantage vantage(String name) {
    InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53);
    return new Vantage(name, Vantage.Kind.PUBLIC, server, new Vantage.Udp());
  }

  private static Said said(int rcode, String... addresses) {
    List<Record> records =
        new ArrayList<>(Arrays.stream(addresses).map(a -> record(Type.A, a)).toList());
    return new Said(rcode, records, 300);
  }

  private static Said soa(long serial) {
    String data = "ns.example.test. root.example.test. " + serial + " 3600 600 86400 300";
    return new Said(Rcode.NOERROR, List.of(record(Type.SOA, data)), 300);
  }

  private static Record record(int type, String data) {
    try {
      Name name = Name.fromConstantString("example.test.");
      return Record.fromString(name, type, DClass.IN, 300, data, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
