package parallax.probe.dns.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC.Algorithm;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.probe.dns.dnssec.Verdict.Secure;
import parallax.probe.dns.dnssec.material.MaterialReader;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;
import parallax.probe.fixture.HeapGauge;

/** What must hold for every instant and for every octet that comes in. */
final class ClockAndMutationTest {
  private static final int FIRST = Integer.getInteger("parallax.mutants.from", 0);
  private static final long SEED = 20_260_315L + FIRST;
  private static final int CLOCKS = 200;

  /** As many mutants, and others: see {@code MutationTest} of registrations. */
  private static final int MUTANTS = Integer.getInteger("parallax.mutants", 10_000);

  private static final int HOUR = 3_600;

  /** Its signatures are checked ten times as fast as others. */
  private static final int QUICK = Algorithm.RSASHA256;

  private final Random random = new Random(SEED);

  @Test
  void theVerdictChangesExactlyWhereSignaturesBeginAndEnd() {
    LabChain lab = new LabChain(QUICK);
    for (int round = 0; round < CLOCKS; round++) {
      Instant[] from = new Instant[5];
      Instant[] until = new Instant[5];
      for (int link = 0; link < from.length; link++) {
        from[link] = LabChain.NOW.minusSeconds(random.nextInt(HOUR));
        until[link] = LabChain.NOW.plusSeconds(random.nextInt(HOUR));
      }
      lab.rootKeys = reply("root", lab.root.signing(from[0], until[0]).keys());
      lab.tldDs = reply("root", lab.root.signing(from[1], until[1]).sign(lab.tld.ds()));
      lab.tldKeys = reply("tld", lab.tld.signing(from[2], until[2]).keys());
      lab.ds = reply("tld", lab.tld.sign(lab.example.ds()));
      lab.keys = reply("ns1", lab.example.signing(from[3], until[3]).keys());
      lab.example.signing(from[4], until[4]);
      lab.answers = reply("ns1", lab.address());
      Instant begin = List.of(from).stream().max(Instant::compareTo).orElseThrow();
      Instant end = List.of(until).stream().min(Instant::compareTo).orElseThrow();
      assertThat(lab.judged(begin).verdict()).isInstanceOf(Secure.class);
      assertThat(lab.judged(end).verdict())
          .isInstanceOfSatisfying(
              Secure.class, secure -> assertThat(secure.earliest().at()).isEqualTo(end));
      assertThat(cause(lab, begin.minusMillis(1))).contains(Cause.SIG_NOT_YET_VALID);
      assertThat(cause(lab, end.plusMillis(1))).contains(Cause.SIG_EXPIRED);
    }
  }

  private static Optional<Cause> cause(LabChain lab, Instant at) {
    return lab.judged(at).verdict() instanceof Verdict.Bogus bogus
        ? Optional.of(bogus.cause())
        : Optional.empty();
  }

  @Test
  void noBitFlippedInWhatIsSignedGoesUnnoticed() throws IOException {
    LabChain lab = new LabChain(QUICK);
    assertThat(lab.verdict()).isInstanceOf(Secure.class);
    for (int position = 0; position < 5; position++) {
      SignedSet set = target(lab, position).getFirst().answer().getFirst();
      int flips = 0;
      for (Record record : all(set)) {
        byte[] data = record.rdataToWireCanonical();
        for (int bit = random.nextInt(8); bit < data.length * 8; bit += 1 + random.nextInt(15)) {
          byte[] mutated = data.clone();
          mutated[bit / 8] ^= (byte) (1 << (bit % 8));
          Optional<Record> mutant = parsed(record, mutated);
          if (mutant.isEmpty() || record.equals(mutant.get())) {
            continue;
          }
          LabChain broken = new LabChain();
          put(broken, position, replaced(set, record, mutant.get()));
          assertThat(broken.verdict()).as(mutant.get().toString()).isNotInstanceOf(Secure.class);
          flips++;
        }
      }
      put(lab, position, set);
      assertThat(lab.verdict()).isInstanceOf(Secure.class);
      assertThat(flips).isGreaterThan(100);
    }
  }

  @Test
  void noMutatedMessageEscapesAsAnException() {
    LabChain lab = new LabChain(QUICK);
    List<SignedSet> proof =
        lab.example.nsec3(3, true, "example.test. SOA NS", "www.example.test. A");
    byte[] answer = message(lab.answers.getFirst().answer(), List.of());
    byte[] keys = message(lab.keys.getFirst().answer(), List.of());
    byte[] denial = message(List.of(), proof);
    byte[] names =
        message(List.of(), lab.example.nsec("example.test. SOA NS", "www.example.test. A"));
    LabChain healthy = new LabChain(QUICK);
    HeapGauge gauge = new HeapGauge("DNS", System.out);
    int readable = 0;
    for (int round = 0; round < MUTANTS; round++) {
      gauge.after(round);
      byte[] original = List.of(answer, keys, denial, names).get(round % 4);
      Optional<Reply> reply = mutant(original);
      if (reply.isEmpty()) {
        continue;
      }
      readable++;
      lab.keys = round % 4 == 1 ? List.of(reply.get()) : healthy.keys;
      lab.ds = round % 8 == 2 ? List.of(reply.get()) : healthy.ds;
      String name = round % 4 == 0 ? "www.example.test." : "none.example.test.";
      lab.asking(name, Type.A, reply.get());
      assertThat(lab.verdict()).isNotNull();
    }
    gauge.after(MUTANTS);
    assertThat(readable).isGreaterThan(MUTANTS / 4);
  }

  private Optional<Reply> mutant(byte[] original) {
    byte[] octets = original.clone();
    int changes = 1 + random.nextInt(3);
    for (int change = 0; change < changes; change++) {
      octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
    }
    Message message;
    try {
      message = new Message(octets);
    } catch (IOException | RuntimeException unreadable) {
      // What the exchange passes over as malformed never reaches the reader.
      return Optional.empty();
    }
    return MaterialReader.read("ns1", message) instanceof MaterialReader.Sorted(Reply reply)
        ? Optional.of(reply)
        : Optional.empty();
  }

  private static byte[] message(List<SignedSet> answer, List<SignedSet> authority) {
    Message message = new Message(1);
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setRcode(authority.isEmpty() ? Rcode.NOERROR : Rcode.NXDOMAIN);
    answer.forEach(set -> all(set).forEach(r -> message.addRecord(r, Section.ANSWER)));
    authority.forEach(set -> all(set).forEach(r -> message.addRecord(r, Section.AUTHORITY)));
    return message.toWire();
  }

  private static List<Record> all(SignedSet set) {
    return Stream.concat(set.records().stream(), set.signatures().stream().map(Record.class::cast))
        .toList();
  }

  private static Optional<Record> parsed(Record like, byte[] data) {
    try {
      return Optional.of(
          Record.newRecord(like.getName(), like.getType(), DClass.IN, LabZone.TTL, data));
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private static SignedSet replaced(SignedSet set, Record old, Record mutant) {
    Name name = set.name();
    List<Record> records = set.records().stream().map(r -> r.equals(old) ? mutant : r).toList();
    List<RRSIGRecord> signatures =
        set.signatures().stream().map(s -> s.equals(old) ? (RRSIGRecord) mutant : s).toList();
    return new SignedSet(name, set.type(), records, signatures);
  }

  private static List<Reply> target(LabChain lab, int position) {
    return switch (position) {
      case 0 -> lab.rootKeys;
      case 1 -> lab.tldDs;
      case 2 -> lab.tldKeys;
      case 3 -> lab.keys;
      default -> lab.answers;
    };
  }

  private static void put(LabChain lab, int position, SignedSet set) {
    List<Reply> replies = reply("any", set);
    switch (position) {
      case 0 -> lab.rootKeys = replies;
      case 1 -> lab.tldDs = replies;
      case 2 -> lab.tldKeys = replies;
      case 3 -> lab.keys = replies;
      default -> lab.answers = replies;
    }
  }

  private static List<Reply> reply(String server, SignedSet set) {
    return List.of(LabChain.reply(server, set));
  }
}
