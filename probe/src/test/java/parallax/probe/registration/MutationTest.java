package parallax.probe.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.probe.fixture.HeapGauge;
import parallax.probe.registration.Registration.NotParsed;
import parallax.probe.registration.Registration.NotRegistered;
import parallax.probe.registration.Registration.RateLimited;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.Registration.Unavailable;
import parallax.probe.registration.Samples.Expected;
import parallax.probe.registration.rdap.RdapReader;
import parallax.probe.registration.whois.WhoisReader;
import parallax.probe.registration.whois.table.WhoisTables;

/**
 * Broken answers: every mutant is made from its own seed, so that a failure names the one to look
 * at. Set {@code parallax.mutants} for more of them, {@code parallax.mutants.from} for others,
 * {@code parallax.heap} to see what they leave behind.
 */
final class MutationTest {
  private static final int MUTANTS = Integer.getInteger("parallax.mutants", 20_000);
  private static final int FIRST = Integer.getInteger("parallax.mutants.from", 0);
  private static final int MAX_CHANGES = 12;
  private static final List<String> TOKENS =
      List.of(
          "\n",
          "\r",
          "\t",
          ":",
          "::",
          "[",
          "]",
          "{",
          "}",
          "\"",
          ",",
          "(",
          ")",
          "....",
          "\u001b$B",
          "\u001b(B",
          "\u0000",
          "\ud83d\ude00",
          "\u0130",
          "xn--",
          "xn--\u00fc",
          "999999999999",
          "-0001-11-30T00:00:00Z",
          "294247-01-10",
          "31/31/2031",
          "%",
          "Name Server:",
          "Status:",
          "Domain Name: ",
          "expires: ",
          "[State]  Connected (",
          "\"errorCode\":",
          "\"events\":[",
          "null",
          "1e999999999",
          "-",
          "\\ud800",
          "\\u0000");

  private final Samples samples = Samples.load();
  private final List<Expected> rows = samples.expected();
  private final WhoisReader whois = new WhoisReader(WhoisTables.shipped());
  private final RdapReader rdap = new RdapReader();

  @Test
  void noMutantBreaksAReaderOrABound() {
    HeapGauge gauge = new HeapGauge("RDAP and WHOIS", System.out);
    for (int seed = FIRST; seed < FIRST + MUTANTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Expected row = rows.get(random.nextInt(rows.size()));
      byte[] mutant = mutated(samples.bytes(row.file()), random);
      try {
        judge(row.rdap() ? rdap.read(mutant) : whois.read(mutant, row.tld()));
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " of " + row.file(), e);
      }
      gauge.after(seed - FIRST + 1);
    }
  }

  private byte[] mutated(byte[] answer, SplittableRandom random) {
    byte[] mutant = answer;
    int changes = 1 + random.nextInt(MAX_CHANGES);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(mutant.length + 1);
      mutant =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(mutant, at);
            case 1 -> flipped(mutant, at, random);
            case 2 -> {
              byte[] token =
                  TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
              yield spliced(mutant, at, token, at);
            }
            case 3 -> spliced(mutant, at, new byte[0], at + random.nextInt(64));
            case 4 -> spliced(mutant, at, slice(mutant, random), at);
            default -> {
              byte[] other = samples.bytes(rows.get(random.nextInt(rows.size())).file());
              yield spliced(mutant, at, slice(other, random), at);
            }
          };
    }
    return mutant;
  }

  private static byte[] flipped(byte[] bytes, int at, SplittableRandom random) {
    byte[] flipped = bytes.clone();
    if (at < flipped.length) {
      flipped[at] = (byte) random.nextInt();
    }
    return flipped;
  }

  private static byte[] slice(byte[] bytes, SplittableRandom random) {
    int from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(512)));
  }

  /** {@code bytes} up to {@code from}, then {@code between}, then what follows {@code to}. */
  private static byte[] spliced(byte[] bytes, int from, byte[] between, int to) {
    int rest = Math.max(0, bytes.length - to);
    byte[] spliced = Arrays.copyOf(bytes, from + between.length + rest);
    System.arraycopy(between, 0, spliced, from, between.length);
    System.arraycopy(bytes, bytes.length - rest, spliced, from + between.length, rest);
    return spliced;
  }

  private static void judge(Registration read) {
    switch (read) {
      case Registered(RegistrationFacts facts) -> judge(facts);
      case NotRegistered(String words) -> brief(words);
      case RateLimited(String words) -> brief(words);
      case NotParsed(String words) -> brief(words);
      case Unavailable(String words) -> brief(words);
    }
  }

  private static void judge(RegistrationFacts facts) {
    atMost(Limits.MAX_STATUSES, facts.rawStatuses().size());
    atMost(Limits.MAX_NAME_SERVERS, facts.nameServers().size());
    atMost(Limits.MAX_LOCKS, facts.locks().size());
    facts.rawStatuses().forEach(MutationTest::brief);
    facts.nameServers().forEach(MutationTest::brief);
    facts.locks().forEach(MutationTest::brief);
    facts.registrar().ifPresent(MutationTest::brief);
    facts.name().ifPresent(MutationTest::brief);
    brief(facts.dates().expiry().toString());
    facts.dates().expiry().when().ifPresent(date -> assertThat(date.earliest()).isNotNull());
    atMost(Limits.MAX_STATUSES, facts.states().size());
  }

  private static void brief(String text) {
    atMost(2 * Limits.MAX_TEXT_CHARS, text.length());
  }

  /** Without the cost of a fluent assertion, millions of times. */
  private static void atMost(int limit, int found) {
    if (found > limit) {
      throw new IllegalStateException(found + " is more than " + limit);
    }
  }
}
