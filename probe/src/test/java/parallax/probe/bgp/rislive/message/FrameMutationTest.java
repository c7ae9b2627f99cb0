package parallax.probe.bgp.rislive.message;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Broken frames: every mutant is made from its own seed, so that a failure names the one to look
 * at. Set {@code parallax.mutants} for more of them, {@code parallax.mutants.from} for others.
 */
final class FrameMutationTest {
  private static final int MUTANTS = Integer.getInteger("parallax.mutants", 100_000);
  private static final int FIRST = Integer.getInteger("parallax.mutants.from", 0);
  private static final int MAX_CHANGES = 8;
  private static final int MAX_ALLOCATED_PER_CHARACTER = 400;

  /** Now and then the table of names that all readers share doubles. */
  private static final int MAX_ALLOCATED_ANYWAY = 512 * 1024;

  private static final List<String> FRAMES = Frames.all();

  /** What a frame is made of, to be put where it does not belong. */
  private static final List<String> PARTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "\\",
          "null",
          "true",
          "-1",
          "1e99999",
          "0.1",
          "18446744073709551616",
          "\"eor\"",
          "\"::/0\"",
          "\"raw\":",
          "\"path\":[[[",
          "\u0000",
          "\ud800",
          "\"prefixes\":[",
          "\"withdrawals\":[",
          "\"announcements\":[{",
          "\"type\":",
          "\"community\":[[",
          "\"host\":\"",
          "\"state\":\"up\"",
          "fe80::1,",
          "/129",
          "FFFF");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is loaded once belongs to no mutant. */
  @BeforeAll
  static void load() {
    FRAMES.forEach(RisLiveReader::read);
    FRAMES.forEach(frame -> RisLiveReader.read(frame.substring(1)));
  }

  @Test
  void noMutantBreaksTheReaderOrABound() {
    for (int seed = FIRST; seed < FIRST + MUTANTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String mutant = mutated(FRAMES.get(random.nextInt(FRAMES.size())), random);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        RisLiveReader.read(mutant);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + mutant, e);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      if (allocated > MAX_ALLOCATED_ANYWAY + (long) MAX_ALLOCATED_PER_CHARACTER * mutant.length()) {
        throw new AssertionError("seed " + seed + " took " + allocated + " bytes");
      }
    }
  }

  private static String mutated(String frame, SplittableRandom random) {
    StringBuilder mutant = new StringBuilder(frame);
    int changes = 1 + random.nextInt(MAX_CHANGES);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(mutant.length() + 1);
      int end = Math.min(mutant.length(), at + random.nextInt(16));
      switch (random.nextInt(8)) {
        case 0 -> mutant.replace(at, end, "");
        case 1 -> mutant.insert(at, slice(mutant.toString(), random));
        case 2 -> mutant.insert(at, slice(FRAMES.get(random.nextInt(FRAMES.size())), random));
        case 3, 4 -> mutant.replace(at, end, PARTS.get(random.nextInt(PARTS.size())));
        case 5 -> mutant.insert(at, PARTS.get(random.nextInt(PARTS.size())));
        case 6 -> digit(mutant, at, random);
        default -> {
          if (random.nextInt(10) == 0) {
            mutant.setLength(at);
          } else if (at < mutant.length()) {
            mutant.setCharAt(at, (char) (32 + random.nextInt(96)));
          }
        }
      }
    }
    return mutant.toString();
  }

  /** Another digit in place of the next one: mostly in the message itself. */
  private static void digit(StringBuilder mutant, int from, SplittableRandom random) {
    for (int at = from; at < mutant.length(); at++) {
      if (Character.digit(mutant.charAt(at), 16) >= 0) {
        mutant.setCharAt(at, "0123456789ABCDEF".charAt(random.nextInt(16)));
        return;
      }
    }
  }

  private static String slice(String text, SplittableRandom random) {
    int from = random.nextInt(text.length() + 1);
    return text.substring(from, Math.min(text.length(), from + random.nextInt(64)));
  }
}
