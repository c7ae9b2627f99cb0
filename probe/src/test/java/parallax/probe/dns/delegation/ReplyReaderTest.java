package parallax.probe.dns.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.probe.dns.delegation.Sayings.TLD;
import static parallax.probe.dns.delegation.Sayings.heard;
import static parallax.probe.dns.delegation.Sayings.message;
import static parallax.probe.dns.delegation.Sayings.name;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.probe.dns.wire.Question;

/**
 * What a server of "test." said to www.example.test A; hostile answers are read for what they are.
 */
final class ReplyReaderTest {
  private static final Question QUESTION = new Question(name("www.example.test."), Type.A);

  /** As many mutants, and others: see {@code MutationTest} of registrations. */
  private static final int MUTANTS = Integer.getInteger("parallax.mutants", 80_000);

  private static final int FIRST = Integer.getInteger("parallax.mutants.from", 0);

  private static Said read(int rcode, boolean authority, String... records) {
    return new ReplyReader(TLD, QUESTION).read(heard(message(QUESTION, rcode, authority, records)));
  }

  /** Sections by number: 1 answer, 2 authority, 3 additional. */
  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NOERROR  | aa | 1 www.example.test. A 192.0.2.9                | Answered
          NOERROR  | aa | 1 www.example.test. CNAME x.elsewhere.         | Answered
          NXDOMAIN | aa | 1 www.example.test. CNAME gone.example.test.   | Answered
          NOERROR  | aa | 1 other.test. A 192.0.2.9                      | NoSuchRecord
          NOERROR  |    | 1 www.example.test. A 192.0.2.9                | NOT_AUTHORITATIVE
          NXDOMAIN | aa | 2 test. SOA a.test. b.test. 1 2 3 4 5          | NoSuchName
          NXDOMAIN |    | 2 test. SOA a.test. b.test. 1 2 3 4 5          | NOT_AUTHORITATIVE
          NOERROR  | aa | 2 test. SOA a.test. b.test. 1 2 3 4 5          | NoSuchRecord
          NOERROR  |    | 2 example.test. NS a.example.test.             | Referred
          NOERROR  | aa | 2 example.test. NS a.example.test.             | Referred
          NOERROR  |    | 2 test. NS a.test.                             | NOT_AUTHORITATIVE
          NOERROR  |    | 2 . NS a.root.                                 | UPWARD
          NOERROR  |    | 2 other.test. NS a.other.test.                 | NOT_AUTHORITATIVE
          NOERROR  |    | 2 elsewhere. NS a.elsewhere.                   | NOT_AUTHORITATIVE
          NOERROR  |    | 2 a.www.example.test. NS a.elsewhere.          | NOT_AUTHORITATIVE
          REFUSED  |    | 2 test. SOA a.test. b.test. 1 2 3 4 5          | REFUSED
          SERVFAIL |    | 2 test. SOA a.test. b.test. 1 2 3 4 5          | SERVFAIL
          FORMERR  |    | 2 test. SOA a.test. b.test. 1 2 3 4 5          | RCODE
          """)
  void everyKindOfReplyIsToldApart(String rcode, String authority, String record, String kind) {
    Said said = read(Rcode.value(rcode), authority != null, record);
    String actual =
        said instanceof Said.Lame lame ? lame.kind().name() : said.getClass().getSimpleName();
    assertThat(actual).isEqualTo(kind);
  }

  @Test
  void aLoopOfAliasesIsALoop() {
    assertThat(
            read(
                Rcode.NOERROR,
                true,
                "1 www.example.test. CNAME b.example.test.",
                "1 b.example.test. CNAME www.example.test."))
        .isEqualTo(new Said.Looping());
  }

  @Test
  void aReferralTellsServersGlueAndSigners() {
    Said said =
        read(
            Rcode.NOERROR,
            false,
            "2 example.test. NS a.example.test.",
            "2 example.test. NS b.elsewhere.",
            "2 example.test. DS 1 13 2"
                + " 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            "3 a.example.test. A 192.0.2.1",
            "3 a.example.test. AAAA 2001:db8::1",
            "3 b.elsewhere. A 192.0.2.66",
            "3 c.example.test. A 192.0.2.77");
    Delegation delegation = ((Said.Referred) said).delegation();
    assertThat(delegation.servers())
        .containsExactlyInAnyOrder(name("a.example.test."), name("b.elsewhere."));
    assertThat(delegation.ds()).singleElement().asString().startsWith("1 13 2 0011");
    assertThat(delegation.glue()).containsOnlyKeys(name("a.example.test."));
    assertThat(delegation.glue().get(name("a.example.test."))).hasSize(2);
  }

  @Test
  void addressesOfNamesThatTheServerHasNoSayInAreNotBelieved() {
    Said said =
        read(Rcode.NOERROR, false, "2 example.test. NS ns.bank.", "3 ns.bank. A 192.0.2.66");
    assertThat(((Said.Referred) said).delegation().glue()).isEmpty();
  }

  @Test
  void aReferralToThousandsIsCut() {
    String[] records =
        IntStream.range(0, 3_000)
            .mapToObj(index -> "2 example.test. NS n%04d.victim.".formatted(index))
            .toArray(String[]::new);
    Delegation delegation = ((Said.Referred) read(Rcode.NOERROR, false, records)).delegation();
    assertThat(delegation.servers()).hasSize(Delegation.MAX_SERVERS);
    assertThat(delegation.and(delegation)).isEqualTo(delegation);
  }

  @Test
  void noMutantEscapesAsAnExceptionOrLeadsAnywhereButDown() {
    Random random = new Random(20_261_121L + FIRST);
    int readable = 0;
    int each = MUTANTS / seeds().size();
    for (Message seed : seeds()) {
      byte[] packet = seed.toWire();
      for (int mutant = 0; mutant < each; mutant++) {
        byte[] mutated = mutate(packet, random);
        Message message;
        try {
          message = new Message(mutated);
        } catch (IOException | RuntimeException e) {
          continue;
        }
        readable++;
        Said said = new ReplyReader(TLD, QUESTION).read(heard(message));
        assertThat(said.words()).isNotNull();
        if (said instanceof Said.Referred(Delegation delegation)) {
          assertThat(delegation.zone().subdomain(TLD)).isTrue();
          assertThat(delegation.zone()).isNotEqualTo(TLD);
          assertThat(QUESTION.name().subdomain(delegation.zone())).isTrue();
          assertThat(delegation.glue().keySet()).allMatch(host -> host.subdomain(TLD));
        }
      }
    }
    assertThat(readable).isGreaterThan(each);
  }

  private static List<Message> seeds() {
    List<Message> seeds = new ArrayList<>();
    seeds.add(
        message(
            QUESTION,
            Rcode.NOERROR,
            false,
            "2 example.test. NS a.example.test.",
            "2 example.test. NS b.elsewhere.",
            "2 example.test. DS 1 13 2 " + "00".repeat(32),
            "3 a.example.test. A 192.0.2.1",
            "3 a.example.test. AAAA 2001:db8::1"));
    seeds.add(
        message(
            QUESTION,
            Rcode.NOERROR,
            true,
            "1 www.example.test. CNAME b.example.test.",
            "1 b.example.test. A 192.0.2.1",
            "2 test. NS a.test."));
    seeds.add(message(QUESTION, Rcode.NXDOMAIN, true, "2 test. SOA a.test. b.test. 1 2 3 4 5"));
    return seeds;
  }

  private static byte[] mutate(byte[] packet, Random random) {
    byte[] mutated =
        random.nextInt(4) == 0
            ? Arrays.copyOf(packet, random.nextInt(packet.length + 1))
            : packet.clone();
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes && mutated.length > 0; change++) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
    }
    return mutated;
  }

  @Test
  void theRootIsNoZoneToReferTo() {
    Said said =
        new ReplyReader(Name.root, QUESTION)
            .read(heard(message(QUESTION, Rcode.NOERROR, false, "2 . NS a.root.")));
    assertThat(said).isInstanceOf(Said.Lame.class);
  }
}
