package parallax.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.probe.dns.wire.Heard;
import parallax.probe.dns.wire.Manner;
import parallax.probe.dns.wire.Manner.Transport;

/** How a question is put shows on the wire, and how it went is told. */
final class MannerTest {
  private final Lab lab = new Lab();
  private final List<Message> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    lab.close();
  }

  private Heard ask(UdpResponder server, Manner manner) {
    return Lab.await(
        lab.exchange.ask(
            server.address(),
            Lab.question("www.example.test", Type.A),
            manner,
            Lab.within(Duration.ofMillis(900))));
  }

  private UdpResponder answering(EDNSOption... options) {
    return UdpResponder.answering(
        query -> {
          seen.add(query);
          Message reply = UdpResponder.ok(query, "www.example.test 60 A 192.0.2.1");
          reply.addRecord(new OPTRecord(1232, 0, 0, 0, options), Section.ADDITIONAL);
          return reply;
        });
  }

  @Test
  void anAuthorityIsAskedWithoutRecursionForSignaturesAndItsIdentity() {
    try (UdpResponder server = answering(new NSIDOption(new byte[] {'f', 'r', 'a', '1'}))) {
      Heard heard = ask(server, Manner.OF_AUTHORITY);
      Message query = seen.getFirst();
      assertThat(query.getHeader().getFlag(Flags.RD)).isFalse();
      assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
      assertThat(query.getOPT().getFlags()).isEqualTo(0x8000);
      assertThat(query.getOPT().getOptions()).hasSize(1);
      assertThat(heard)
          .isInstanceOfSatisfying(
              Heard.Reply.class,
              reply -> {
                assertThat(reply.nsid()).contains("fra1");
                assertThat(reply.bytes()).isPositive();
                assertThat(reply.rtt()).isPositive().isLessThanOrEqualTo(reply.took());
                assertThat(reply.path()).isEqualTo(new Heard.Path(false, false, false));
              });
    }
  }

  @Test
  void anIdentityThatIsNoTextIsShownInHex() {
    try (UdpResponder server = answering(new NSIDOption(new byte[] {0, 27, -1}))) {
      assertThat(ask(server, Manner.OF_AUTHORITY))
          .isInstanceOfSatisfying(
              Heard.Reply.class, reply -> assertThat(reply.nsid()).contains("001bff"));
    }
  }

  @Test
  void aResolverIsAskedForRecursion() {
    try (UdpResponder server = answering(new ExtendedErrorCodeOption(9, "no DNSKEY"))) {
      Heard heard = ask(server, Manner.OF_RESOLVER);
      assertThat(seen.getFirst().getHeader().getFlag(Flags.RD)).isTrue();
      assertThat(seen.getFirst().getOPT().getFlags()).isZero();
      assertThat(heard)
          .isInstanceOfSatisfying(
              Heard.Reply.class,
              reply ->
                  assertThat(reply.extendedErrors())
                      .singleElement()
                      .asString()
                      .endsWith("no DNSKEY"));
    }
  }

  @Test
  void lettersInRandomCaseMustComeBackAsTheyWereSent() {
    Manner mixed = Manner.OF_AUTHORITY.withMixedCase();
    try (UdpResponder faithful = answering();
        UdpResponder careless =
            new UdpResponder((_, query) -> List.of(lowered(UdpResponder.parsed(query))))) {
      assertThat(ask(faithful, mixed)).isInstanceOf(Heard.Reply.class);
      assertThat(ask(careless, mixed))
          .isInstanceOfSatisfying(
              Heard.Silence.class,
              silence -> assertThat(silence.failure()).isEqualTo(Heard.Failure.GARBAGE));
    }
  }

  private static byte[] lowered(Message query) {
    byte[] reply = UdpResponder.ok(query).toWire();
    for (int at = 12; at < reply.length; at++) {
      reply[at] = (byte) Character.toLowerCase(reply[at]);
    }
    return reply;
  }

  @Test
  void aServerThatDoesNotKnowEdnsIsAskedWithoutAndSaidSo() {
    try (UdpResponder server =
        UdpResponder.answering(
            query ->
                query.getOPT() == null
                    ? UdpResponder.ok(query, "www.example.test 60 A 192.0.2.1")
                    : UdpResponder.reply(query, Rcode.FORMERR))) {
      Heard heard = ask(server, Manner.OF_AUTHORITY);
      assertThat(heard).isInstanceOf(Heard.Reply.class);
      assertThat(heard.path().ednsRefused()).isTrue();
    }
  }

  @Test
  void aTruncatedAnswerStandsWhereOnlyUdpIsWanted() {
    try (UdpResponder server = UdpResponder.answering(MannerTest::truncated)) {
      Heard heard = ask(server, Manner.OF_AUTHORITY.over(Transport.UDP));
      assertThat(heard).isInstanceOf(Heard.Reply.class);
      assertThat(heard.path()).isEqualTo(new Heard.Path(false, true, false));
    }
  }

  @Test
  void aTruncatedAnswerWithoutTcpSaysBoth() {
    try (UdpResponder server = UdpResponder.answering(MannerTest::truncated)) {
      Heard heard = ask(server, Manner.OF_AUTHORITY);
      assertThat(heard.path()).isEqualTo(new Heard.Path(true, true, false));
      assertThat(heard)
          .isInstanceOfSatisfying(
              Heard.Silence.class,
              silence -> assertThat(silence.failure()).isEqualTo(Heard.Failure.CLOSED_PORT));
    }
  }

  private static Message truncated(Message query) {
    Message reply = UdpResponder.ok(query);
    reply.getHeader().setFlag(Flags.TC);
    return reply;
  }

  @Test
  void overTcpAloneNothingIsSentOverUdp() {
    try (UdpResponder server = answering()) {
      Heard heard = ask(server, Manner.OF_AUTHORITY.over(Transport.TCP));
      assertThat(server.asked()).isZero();
      assertThat(heard.path()).isEqualTo(new Heard.Path(true, false, false));
      assertThat(heard)
          .isInstanceOfSatisfying(
              Heard.Silence.class,
              silence -> assertThat(silence.failure()).isEqualTo(Heard.Failure.CLOSED_PORT));
    }
  }

  @Test
  void silenceAndForgeriesAreTwoThings() {
    try (UdpResponder silent = UdpResponder.silent();
        UdpResponder forger =
            new UdpResponder(
                (_, query) -> {
                  byte[] reply = UdpResponder.ok(UdpResponder.parsed(query)).toWire();
                  reply[0] ^= 0x55;
                  return List.of(reply);
                })) {
      assertThat(failure(ask(silent, Manner.OF_AUTHORITY))).isEqualTo(Heard.Failure.TIMEOUT);
      assertThat(failure(ask(forger, Manner.OF_AUTHORITY))).isEqualTo(Heard.Failure.FORGED);
    }
  }

  private static Heard.Failure failure(Heard heard) {
    return ((Heard.Silence) heard).failure();
  }
}
