package parallax.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Exchanged.Replied;
import parallax.probe.dns.wire.Exchanged.Unanswered;

/** How one question gets its answer from servers that lose, forge, garble and cut packets. */
final class DnsExchangeTest {
  private static final Duration SHORT = Duration.ofMillis(600);
  private static final String ANSWER = "example.test. 60 A 192.0.2.1";
  private static Lab lab;

  @BeforeAll
  static void start() {
    lab = new Lab();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static Exchanged ask(UdpResponder server) {
    return lab.ask(server.port(), "example.test", Type.A, SHORT);
  }

  private static byte[] good(byte[] query) {
    return UdpResponder.ok(UdpResponder.parsed(query), ANSWER).toWire();
  }

  private static byte[] withOtherId(byte[] packet) {
    byte[] forged = packet.clone();
    forged[1] ^= 0x55;
    return forged;
  }

  @Test
  void asksOnceMoreWhenAPacketIsLost() {
    try (UdpResponder server = new UdpResponder((n, q) -> n == 1 ? List.of() : List.of(good(q)))) {
      assertThat(ask(server)).isInstanceOf(Replied.class);
      assertThat(server.asked()).isEqualTo(2);
    }
  }

  @Test
  void takesALateAnswerToTheFirstPacketWhileTheSecondIsOut() throws IOException {
    InetSocketAddress any = new InetSocketAddress(SystemNames.loopback(), 0);
    try (DatagramSocket server = new DatagramSocket(any)) {
      server.setSoTimeout(10_000);
      Future<Exchanged> running =
          lab.exchange.ask(
              Lab.at(server.getLocalPort()),
              Lab.question("example.test", Type.A),
              Lab.within(Lab.TIMEOUT));
      DatagramPacket first = new DatagramPacket(new byte[512], 512);
      DatagramPacket second = new DatagramPacket(new byte[512], 512);
      server.receive(first);
      server.receive(second);
      byte[] query = Arrays.copyOf(first.getData(), first.getLength());
      byte[] answer = good(query);
      server.send(new DatagramPacket(answer, answer.length, first.getSocketAddress()));
      assertThat(Lab.await(running)).isInstanceOf(Replied.class);
      assertThat(second.getSocketAddress()).isNotEqualTo(first.getSocketAddress());
      assertThat(Arrays.copyOf(second.getData(), 2)).isNotEqualTo(Arrays.copyOf(query, 2));
    }
  }

  @Test
  void anAnswerThatCameWhileTheLoopWasBusyIsReadThoughTheDeadlineHasPassed() {
    try (UdpResponder server = UdpResponder.answering(q -> UdpResponder.ok(q, ANSWER))) {
      Promise<Exchanged> answered = Promise.promise();
      lab.vertx.runOnContext(
          _ -> {
            lab.exchange
                .ask(
                    Lab.at(server.port()),
                    Lab.question("example.test", Type.A),
                    Lab.within(Duration.ofMillis(50)))
                .onComplete(answered);
            long until = System.nanoTime() + Duration.ofMillis(200).toNanos();
            while (System.nanoTime() < until) {
              Thread.onSpinWait();
            }
          });
      assertThat(Lab.await(answered.future())).isInstanceOf(Replied.class);
    }
  }

  @Test
  void aDeadlineThatIsNoticedFarTooLateIsTheProbesOwnTrouble() {
    try (UdpResponder server = UdpResponder.silent()) {
      AtomicLong now = new AtomicLong();
      Future<Exchanged> running =
          lab.exchange.ask(
              Lab.at(server.port()),
              Lab.question("example.test", Type.A),
              Deadline.startingNow(now::get, Duration.ofMillis(60)));
      now.set(Duration.ofSeconds(2).toNanos());
      assertUnanswered(Lab.await(running), Reason.PROBE_OVERLOADED, "noticed 1940 ms late");
    }
  }

  @Test
  void passesOverAnswersWithAWrongId() {
    try (UdpResponder server =
        new UdpResponder((_, q) -> List.of(withOtherId(good(q)), withOtherId(good(q)), good(q)))) {
      assertThat(ask(server)).isInstanceOf(Replied.class);
      assertThat(server.asked()).isEqualTo(1);
    }
  }

  @Test
  void nothingButWrongIdsIsMalformed() {
    try (UdpResponder server =
        new UdpResponder((_, q) -> List.of(withOtherId(good(q)), new byte[] {1}))) {
      assertUnanswered(ask(server), Reason.DNS_MALFORMED, "wrong id: 4");
    }
  }

  @Test
  void aFloodOfWrongIdsEndsTheExchange() {
    try (UdpResponder server =
        new UdpResponder(
            (_, q) ->
                IntStream.range(0, 2 * DnsExchange.MAX_FOREIGN_PACKETS)
                    .mapToObj(_ -> withOtherId(good(q)))
                    .toList())) {
      assertThat(ask(server)).isInstanceOf(Unanswered.class);
    }
  }

  @Test
  void asksOnceMoreAfterGarbageAndThenGivesUp() {
    try (UdpResponder server =
        new UdpResponder((_, q) -> List.of(Arrays.copyOf(good(q), good(q).length - 3)))) {
      assertUnanswered(ask(server), Reason.DNS_MALFORMED, "");
      assertThat(server.asked()).isEqualTo(2);
    }
  }

  @Test
  void anEchoIsNoAnswer() {
    try (UdpResponder server = new UdpResponder((_, q) -> List.of(q))) {
      assertUnanswered(ask(server), Reason.DNS_MALFORMED, "does not repeat the question");
    }
  }

  @Test
  void anAnswerToAnotherQuestionIsNoAnswer() {
    try (UdpResponder server =
        UdpResponder.answering(
            query -> {
              Message other = UdpResponder.ok(query);
              other.removeAllRecords(Section.QUESTION);
              other.addRecord(UdpResponder.record("evil.test. 0 A 192.0.2.1"), Section.QUESTION);
              return other;
            })) {
      assertUnanswered(ask(server), Reason.DNS_MALFORMED, "does not repeat the question");
    }
  }

  @Test
  void anErrorNeedNotRepeatTheQuestion() {
    try (UdpResponder server =
        UdpResponder.answering(
            query -> {
              Message header = new Message(query.getHeader().getID());
              header.getHeader().setFlag(Flags.QR);
              header.getHeader().setRcode(Rcode.REFUSED);
              return header;
            })) {
      assertThat(ask(server)).isInstanceOf(Replied.class);
    }
  }

  @Test
  void asksWithoutEdnsWhenTheServerDoesNotKnowIt() {
    try (UdpResponder server =
        UdpResponder.answering(
            query ->
                query.getOPT() != null
                    ? UdpResponder.reply(query, Rcode.FORMERR)
                    : UdpResponder.ok(query, ANSWER))) {
      assertThat(ask(server))
          .isInstanceOfSatisfying(
              Replied.class,
              replied -> assertThat(replied.message().getRcode()).isEqualTo(Rcode.NOERROR));
      assertThat(server.asked()).isEqualTo(2);
    }
  }

  @Test
  void aTruncatedAnswerWithoutTcpBehindItIsAFailure() {
    try (UdpResponder server =
        UdpResponder.answering(
            query -> {
              Message cut = UdpResponder.ok(query);
              cut.getHeader().setFlag(Flags.TC);
              return cut;
            })) {
      assertUnanswered(ask(server), Reason.DNS_PORT_UNREACHABLE, "over TCP");
    }
  }

  @Test
  void endsExactlyAtTheDeadline() {
    try (UdpResponder server = UdpResponder.silent()) {
      Exchanged exchanged = ask(server);
      assertUnanswered(exchanged, Reason.DNS_TIMEOUT, "no answer within");
      assertThat(exchanged.took()).isBetween(SHORT.minusMillis(20), SHORT.plusMillis(200));
    }
  }

  @Test
  void everyQuestionHasItsOwnId() {
    Set<Integer> ids = new HashSet<>();
    try (UdpResponder server = new UdpResponder((_, q) -> List.of(good(q)))) {
      for (int i = 0; i < 50; i++) {
        assertThat(ask(server)).isInstanceOf(Replied.class);
      }
      server.queries().forEach(q -> ids.add(((q[0] & 0xff) << 8) | (q[1] & 0xff)));
    }
    assertThat(ids).hasSizeGreaterThan(45);
  }

  @Test
  void moreThanTheBoundWaitWithinTheirDeadlineAndFurtherOnesAreRefused() {
    DnsExchange narrow = new DnsExchange(lab.vertx, 2, 3);
    try (UdpResponder silent = UdpResponder.silent()) {
      List<Future<Exchanged>> running =
          IntStream.range(0, 8)
              .mapToObj(
                  _ ->
                      narrow.ask(
                          silent.address(), Lab.question("a.test", Type.A), Lab.within(SHORT)))
              .toList();
      List<Reason> reasons =
          running.stream().map(f -> ((Unanswered) Lab.await(f)).reason()).sorted().toList();
      assertThat(reasons).filteredOn(r -> r == Reason.PROBE_OVERLOADED).hasSizeGreaterThan(2);
      assertThat(reasons).contains(Reason.DNS_TIMEOUT);
    }
    assertThat(narrow.inFlight()).isZero();
  }

  @Test
  void whoeverWaitsGetsTheirTurn() {
    DnsExchange narrow = new DnsExchange(lab.vertx, 2, 300);
    try (UdpResponder server = new UdpResponder((_, q) -> List.of(good(q)))) {
      List<Future<Exchanged>> running =
          IntStream.range(0, 200)
              .mapToObj(
                  _ ->
                      narrow.ask(
                          server.address(),
                          Lab.question("example.test", Type.A),
                          Lab.within(Lab.TIMEOUT)))
              .toList();
      assertThat(running).allSatisfy(f -> assertThat(Lab.await(f)).isInstanceOf(Replied.class));
    }
    assertThat(narrow.inFlight()).isZero();
  }

  private static void assertUnanswered(Exchanged exchanged, Reason reason, String detail) {
    assertThat(exchanged)
        .isInstanceOfSatisfying(
            Unanswered.class,
            unanswered -> {
              assertThat(unanswered.reason()).isEqualTo(reason);
              assertThat(unanswered.detail()).contains(detail);
            });
  }
}
