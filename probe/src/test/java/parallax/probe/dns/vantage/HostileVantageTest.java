package parallax.probe.dns.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.config.observation.Reason;
import parallax.probe.dns.vantage.Heard.Answered;
import parallax.probe.dns.vantage.Heard.Silent;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.RawServer;
import parallax.probe.tls.judge.TrustAnchors;

/** Resolvers that do what they should not. */
final class HostileVantageTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Vantage.Way TLS = new Vantage.Tls(VantageLab.named("resolver.test"));
  private static final Vantage.Way HTTPS =
      new Vantage.Https(VantageLab.named("resolver.test"), "/dns-query");

  private final VantageLab lab = new VantageLab(new TrustAnchors(List.of()));

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void whatTheResolverSaysAboutItsAnswerIsKept() {
    Heard heard =
        through(
            reply -> {
              reply.getHeader().setRcode(Rcode.SERVFAIL);
              reply.addRecord(
                  new OPTRecord(
                      1232,
                      0,
                      0,
                      0,
                      List.of(
                          new ExtendedErrorCodeOption(7, "signature\u0007 expired"),
                          new ExtendedErrorCodeOption(22))),
                  Section.ADDITIONAL);
              return reply;
            });
    assertThat(((Answered) heard).errors())
        .containsExactly(new ExtendedError(7, "signature expired"), new ExtendedError(22, ""));
    assertThat(((Answered) heard).errors().getFirst())
        .hasToString("EDE 7 (SIGNATURE_EXPIRED): signature expired");
  }

  @Test
  void aliasesAreFollowedAndLoopsEnd() throws IOException {
    Record alias = record("shop.test.", Type.CNAME, "web.test.");
    Record back = record("web.test.", Type.CNAME, "shop.test.");
    Record address = record("web.test.", Type.A, "192.0.2.8");
    Heard heard = through(reply -> with(reply, alias, address));
    assertThat(((Answered) heard).said().records()).containsExactly(address);
    Heard loop = through(reply -> with(reply, alias, back));
    assertThat(((Answered) loop).said().records()).isEmpty();
  }

  @Test
  void anotherIdOrQuestionIsNoAnswer() {
    assertSilent(
        through(
            reply -> {
              reply.getHeader().setID(reply.getHeader().getID() ^ 1);
              return reply;
            }),
        Reason.DNS_MALFORMED);
    assertSilent(
        through(
            reply -> {
              Message other = new Message(reply.getHeader().getID());
              other.getHeader().setFlag(Flags.QR);
              other.addRecord(Record.newRecord(Name.root, Type.A, DClass.IN), Section.QUESTION);
              return other;
            }),
        Reason.DNS_MALFORMED);
  }

  @Test
  void silenceEndsWithTheDeadlineWhateverTheWay() {
    try (RawServer server = new RawServer(RawServer.Peer::awaitEnd)) {
      assertSilent(ask(server, new Vantage.Tcp(), SHORT), Reason.DNS_TIMEOUT);
      assertSilent(ask(server, TLS, SHORT), Reason.TLS_TIMEOUT);
      assertSilent(ask(server, HTTPS, SHORT), Reason.CONNECT_TIMEOUT);
    }
  }

  @Test
  void anAnswerThatTricklesEndsWithTheDeadline() {
    try (RawServer server =
        new RawServer(
            peer -> {
              for (int octet = 0; octet < 1_000; octet++) {
                peer.send(new byte[] {1});
                peer.pause(Duration.ofMillis(20));
              }
            })) {
      assertSilent(ask(server, new Vantage.Tcp(), SHORT), Reason.DNS_TIMEOUT);
    }
  }

  @Test
  void aClosedConnectionAndAClosedPortAreToldApart() {
    try (RawServer server = new RawServer(_ -> {})) {
      Heard heard = ask(server, new Vantage.Tcp(), LONG);
      assertThat(((Silent) heard).reason()).isEqualTo(Reason.DNS_MALFORMED);
    }
    Vantage nobody = vantage(Programs.freePort(), new Vantage.Tcp());
    assertSilent(lab.ask(nobody, LONG), Reason.CONNECTION_REFUSED);
    assertSilent(lab.ask(vantage(Programs.freePort(), HTTPS), LONG), Reason.CONNECTION_REFUSED);
  }

  @Test
  void noGarbageEscapesAsAnException() {
    Random random = new Random(20_260_315);
    try (RawServer server =
        new RawServer(
            peer -> {
              byte[] reply = answer(query(peer), UnaryOperator.identity()).toWire();
              for (int change = 0; change < 4; change++) {
                reply[2 + random.nextInt(reply.length - 2)] = (byte) random.nextInt(256);
              }
              send(peer, reply);
            })) {
      for (int round = 0; round < 300; round++) {
        assertThat(ask(server, new Vantage.Tcp(), LONG)).isNotNull();
      }
    }
  }

  private Heard through(UnaryOperator<Message> change) {
    try (RawServer server =
        new RawServer(peer -> send(peer, answer(query(peer), change).toWire()))) {
      return ask(server, new Vantage.Tcp(), LONG);
    }
  }

  private Heard ask(RawServer server, Vantage.Way way, Duration timeout) {
    return lab.ask(vantage(server.port(), way), timeout);
  }

  private static Message answer(Message query, UnaryOperator<Message> change) {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    return change.apply(reply);
  }

  private static Message with(Message reply, Record... answers) {
    for (Record answer : answers) {
      reply.addRecord(answer, Section.ANSWER);
    }
    return reply;
  }

  private static Message query(RawServer.Peer peer) throws IOException {
    DataInputStream in = new DataInputStream(peer.in());
    byte[] query = new byte[in.readUnsignedShort()];
    in.readFully(query);
    return new Message(query);
  }

  private static void send(RawServer.Peer peer, byte[] reply) throws IOException {
    peer.send(
        ByteBuffer.allocate(2 + reply.length).putShort((short) reply.length).put(reply).array());
  }

  private static Record record(String name, int type, String data) throws IOException {
    return Record.fromString(Name.fromConstantString(name), type, DClass.IN, 300, data, Name.root);
  }

  private static void assertSilent(Heard heard, Reason reason) {
    assertThat(heard)
        .isInstanceOfSatisfying(
            Silent.class, silent -> assertThat(silent.reason()).isEqualTo(reason));
  }

  private static Vantage vantage(int port, Vantage.Way way) {
    return new Vantage("x", Vantage.Kind.PUBLIC, Unbound.at(port), way);
  }
}
