package parallax.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.probe.dns.vantage.Beside;
import parallax.probe.dns.vantage.ExtendedError;
import parallax.probe.dns.vantage.Heard;
import parallax.probe.dns.vantage.Said;
import parallax.probe.dns.vantage.Source;
import parallax.probe.dns.vantage.Standing;
import parallax.probe.dns.vantage.Standing.State;
import parallax.probe.dns.vantage.Vantage;
import parallax.probe.dns.wire.Question;

final class ResolverRowsTest {
  private static final Name SHOP = Name.fromConstantString("shop.example.");
  private static final Said TRUTH = said(300, "192.0.2.1", "192.0.2.2");

  @Test
  void whatIsRightStandsAboveALineOfEachResolver() {
    assertThat(
            lines(
                asked("isp", said(120, "192.0.2.1", "192.0.2.2"), State.AGREES, ""),
                asked("tls://dns.example", said(30, "203.0.113.9"), State.RESOLVER_DIFFERS, "x")))
        .containsExactly(
            "    shop.example A at the source: 192.0.2.1 192.0.2.2",
            "    isp                agrees     192.0.2.1 192.0.2.2, good for 120 s of 300 s "
                + " 5.00 ms",
            "    tls://dns.example  differs    203.0.113.9, good for 30 s  5.00 ms");
  }

  @Test
  void hintsAndReasonsAreTold() {
    Said none = new Said(Rcode.NOERROR, List.of(), 0);
    Said fail = new Said(Rcode.SERVFAIL, List.of(), 0);
    assertThat(
            lines(
                asked("a", fail, State.RESOLVER_SERVFAIL, "", new ExtendedError(7, "for a week")),
                asked("b", TRUTH, State.CACHED, "from its cache, of version 1 of the zone, now 2"),
                asked("c", said(9, "0.0.0.0"), State.RESOLVER_BLOCKED, "leads to 0.0.0.0"),
                asked("d", TRUTH, State.RESOLVER_STALE, "", new ExtendedError(3, "")),
                asked("e", none, State.RESOLVER_DIFFERS, "")))
        .containsExactly(
            "    shop.example A at the source: 192.0.2.1 192.0.2.2",
            "    a  fails      SERVFAIL, EDE 7 (SIGNATURE_EXPIRED): for a week  5.00 ms",
            "    b  outdated   192.0.2.1 192.0.2.2, good for 300 s, from its cache, of version 1 of"
                + " the zone, now 2  5.00 ms",
            "    c  blocked    0.0.0.0, good for 9 s, leads to 0.0.0.0  5.00 ms",
            "    d  stale      192.0.2.1 192.0.2.2, good for 300 s, EDE 3 (STALE_ANSWER)  5.00 ms",
            "    e  differs    no such record  5.00 ms");
  }

  @Test
  void whoCannotBeAskedSaysWhy() {
    Heard silent =
        new Heard.Silent(vantage("b"), Reason.DNS_TIMEOUT, "after 2 s", Duration.ofSeconds(2));
    Standing down =
        new Standing(vantage("b"), State.RESOLVER_DOWN, "timeout: after 2 s", List.of());
    assertThat(
            lines(
                new Beside.NotFound("a", new Finding(Reason.NXDOMAIN, "a. A")),
                new Beside.Asked(silent, down)))
        .containsExactly(
            "    shop.example A at the source: 192.0.2.1 192.0.2.2",
            "    a  not found  NXDOMAIN: a. A",
            "    b  down       timeout: after 2 s  2.00 s");
  }

  @Test
  void withoutASourceThatIsSaid() {
    Detail detail =
        ResolverRows.of(
            Source.unknown(new Question(SHOP, Type.A)),
            List.of(asked("isp", TRUTH, State.NOT_TESTED, "nothing to compare with")));
    assertThat(detail.layer()).isEqualTo(Layer.DNS);
    assertThat(detail.lines().getFirst())
        .isEqualTo("    shop.example A: the source does not tell, compared with each other");
    assertThat(detail.json().containsKey("source")).isFalse();
  }

  @Test
  void ofManyAnswersSomeAreShownToPeopleAndAllToMachines() {
    String[] many =
        IntStream.range(0, 20).mapToObj(at -> "192.0.2." + (10 + at)).toArray(String[]::new);
    Detail detail =
        ResolverRows.of(source(), List.of(asked("isp", said(1, many), State.AGREES, "")));
    assertThat(detail.lines().getLast()).contains("192.0.2.13 and 16 more, good for 1 s");
    JsonObject row = detail.json().getJsonArray("resolvers").getJsonObject(0);
    assertThat(row.getJsonArray("answers")).hasSize(20);
    assertThat(row.getString("code")).isEqualTo("AGREES");
    assertThat(row.getString("over")).isEqualTo("udp");
    assertThat(row.getDouble("ms")).isEqualTo(5.0);
  }

  private static List<String> lines(Beside... resolvers) {
    return ResolverRows.of(source(), List.of(resolvers)).lines();
  }

  private static Source source() {
    return new Source(
        new Question(SHOP, Type.A),
        Optional.of(SHOP),
        Optional.of(TRUTH),
        new TreeSet<>(),
        Optional.empty());
  }

  private static Beside asked(
      String name, Said said, State state, String detail, ExtendedError... hints) {
    Vantage vantage = vantage(name);
    Heard heard = new Heard.Answered(vantage, said, false, List.of(hints), Duration.ofMillis(5));
    return new Beside.Asked(heard, new Standing(vantage, state, detail, List.of(hints)));
  }

  private static Vantage vantage(String name) {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), Vantage.DNS_PORT);
    return new Vantage(name, Vantage.Kind.PUBLIC, server, new Vantage.Udp());
  }

  private static Said said(long ttl, String... addresses) {
    return new Said(
        Rcode.NOERROR, List.of(addresses).stream().map(ResolverRowsTest::record).toList(), ttl);
  }

  private static Record record(String address) {
    try {
      return Record.fromString(SHOP, Type.A, DClass.IN, 300, address, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
