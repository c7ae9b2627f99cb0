package parallax.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.config.check.DnsSpec;
import parallax.config.check.Naming.AddressFamily;
import parallax.probe.dns.Answer.Missing;
import parallax.probe.dns.AnswerJudge.Reply;
import parallax.probe.dns.wire.Question;

/**
 * Answers garbled in every way end as values: no exception gets out of the way from bytes to words.
 */
final class HostileAnswerTest {
  /** As many mutants, and others: see {@code MutationTest} of registrations. */
  private static final int MUTANTS = Integer.getInteger("parallax.mutants", 20_000);

  private static final int FIRST = Integer.getInteger("parallax.mutants.from", 0);
  private static final int MUTANTS_ON_THE_WIRE = 1_500;

  private static final List<Message> SEEDS =
      List.of(
          seed(
              Type.A,
              "x.test. 60 CNAME y.test.",
              "y.test. 60 A 192.0.2.1",
              "y.test. 60 AAAA 2001:db8::1"),
          seed(Type.TXT, "x.test. 60 TXT \"v=spf1 -all\" \"more\""),
          seed(
              Type.ANY,
              "x.test. 60 MX 10 mail.x.test.",
              "x.test. 60 SOA ns.x.test. host.x.test. 1 2 3 4 5",
              "x.test. 60 CAA 0 issue \"ca.test\"",
              "x.test. 60 SRV 1 2 443 a.x.test.",
              "x.test. 60 LOC 60 9 0.000 N 24 39 0.000 E 10.00m 20m 2000m 20m",
              "x.test. 60 NAPTR 1 2 \"u\" \"E2U+sip\" \"!a!b!\" .",
              "x.test. 60 HTTPS 1 . alpn=h2"),
          withExtendedError());

  private static Message seed(int type, String... records) {
    Message query =
        Message.newQuery(
            Record.newRecord(Question.nameOf("x.test").orElseThrow(), type, DClass.IN));
    return UdpResponder.ok(query, records);
  }

  private static Message withExtendedError() {
    Message reply = seed(Type.A);
    reply.getHeader().setRcode(Rcode.SERVFAIL);
    reply.addRecord(
        new OPTRecord(1232, 0, 0, 0, new ExtendedErrorCodeOption(9, "no DNSKEY")),
        Section.ADDITIONAL);
    return reply;
  }

  @Test
  void noMutantEscapesAsAnException() {
    Random random = new Random(20_261_004L + FIRST);
    int readable = 0;
    int each = MUTANTS / SEEDS.size();
    for (Message seed : SEEDS) {
      byte[] packet = seed.toWire();
      Question question = new Question(seed.getQuestion().getName(), seed.getQuestion().getType());
      for (int mutant = 0; mutant < each; mutant++) {
        byte[] mutated = mutate(packet, random);
        try {
          Message message = new Message(mutated);
          readable++;
          assertThatCode(() -> judge(question, message)).doesNotThrowAnyException();
        } catch (IOException | RuntimeException e) {
          // What the codec refuses is told as malformed by the exchange; see below.
        }
      }
    }
    assertThat(readable).isGreaterThan(each / 2);
  }

  private static void judge(Question question, Message message) {
    Reply reply = new Reply(question.type(), AnswerReader.read(question, message));
    DnsSpec expecting = Lab.target(53, "x.test", "A", "192.0.2.1");
    AnswerJudge.failure(expecting, List.of(reply));
    assertThat(AnswerJudge.texts(reply).toList()).doesNotContainNull();
    DnsSpec any = Lab.target(53, "x.test", "A");
    AnswerJudge.failure(any, List.of(reply));
  }

  @Test
  void mutantsOnTheWireEndAsResults() {
    Random random = new Random(20_261_005);
    byte[] packet = SEEDS.getFirst().toWire();
    try (Lab lab = new Lab();
        UdpResponder server =
            new UdpResponder(
                (_, query) -> {
                  byte[] mutated = mutate(packet, random);
                  if (mutated.length > 1) {
                    mutated[0] = query[0];
                    mutated[1] = query[1];
                  }
                  return List.of(mutated);
                })) {
      for (int mutant = 0; mutant < MUTANTS_ON_THE_WIRE; mutant++) {
        assertThat(
                Lab.await(
                    lab.resolver.resolve(
                        "x.test",
                        Lab.through(AddressFamily.ANY, server.port()),
                        Lab.within(Duration.ofMillis(60)))))
            .isNotNull();
      }
      assertThat(lab.exchange.inFlight()).isZero();
    }
  }

  @Test
  void theServersOwnExplanationIsKept() throws IOException {
    Message message = new Message(withExtendedError().toWire());
    assertThat(AnswerReader.read(Lab.question("x.test", Type.A), message))
        .isInstanceOfSatisfying(
            Missing.class, missing -> assertThat(missing.detail()).contains("DNSKEY", "no DNSKEY"));
  }

  private static byte[] mutate(byte[] packet, Random random) {
    byte[] mutated = packet.clone();
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutated[at] = (byte) 0xc0;
        default -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
      }
    }
    return mutated;
  }
}
