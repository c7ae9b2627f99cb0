package parallax.probe.bgp.mrt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.read.MessageReader;

/**
 * Broken messages and files: every mutant is made from its own seed, so that a failure names the
 * one to look at. Set {@code parallax.mutants} for more of them, {@code parallax.mutants.from} for
 * others.
 */
final class MutationTest {
  private static final int MUTANTS = Integer.getInteger("parallax.mutants", 50_000);
  private static final int FIRST = Integer.getInteger("parallax.mutants.from", 0);
  private static final int MAX_CHANGES = 8;
  private static final int MESSAGES_PER_FILE = 10;

  /** A prefix of one byte becomes a route of some objects, in lists that are copied. */
  private static final int MAX_ALLOCATED_PER_BYTE = 400;

  private static final int MAX_ALLOCATED_ANYWAY = 64 * 1024;
  private static final int MAX_ALLOCATED_FOR_A_FILE = 1 << 22;

  private static final List<byte[]> FILES =
      List.of(
          Samples.own("lab.frr-all-et.mrt"),
          Samples.own("lab.frr-updates.mrt"),
          Samples.own("lab.gobgp-addpath-updates.mrt"),
          Samples.own("lab.gobgp-table.mrt"),
          Samples.own("lab.gobgp-updates.mrt"));

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is loaded once belongs to no mutant. */
  @BeforeAll
  static void load() {
    for (byte[] file : FILES) {
      MrtReader.read(new ByteArrayInputStream(file), "test", _ -> {});
      MrtReader.read(new ByteArrayInputStream(file, 1, file.length), "test", _ -> {});
    }
  }

  @Test
  void noMutantOfAMessageBreaksTheReaderOrABound() {
    List<byte[]> messages = messages();
    for (int seed = FIRST; seed < FIRST + MUTANTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] mutant = mutated(messages.get(random.nextInt(messages.size())), messages, random);
      if (random.nextInt(4) > 0) {
        framed(mutant);
      }
      boolean paths = random.nextBoolean();
      MessageContext context = new MessageContext(random.nextBoolean(), paths, paths, true);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        MessageReader.read(mutant, 0, mutant.length, context);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed, e);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      if (allocated > MAX_ALLOCATED_ANYWAY + (long) MAX_ALLOCATED_PER_BYTE * mutant.length) {
        throw new AssertionError("seed " + seed + " took " + allocated + " bytes");
      }
    }
  }

  @Test
  void noMutantOfAFileBreaksTheReaderOrABound() {
    for (int seed = FIRST; seed < FIRST + MUTANTS / MESSAGES_PER_FILE; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] mutant = mutated(FILES.get(random.nextInt(FILES.size())), FILES, random);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        MrtReader.read(new ByteArrayInputStream(mutant), "test", _ -> {});
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed, e);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      if (allocated > MAX_ALLOCATED_FOR_A_FILE + (long) MAX_ALLOCATED_PER_BYTE * mutant.length) {
        throw new AssertionError("seed " + seed + " took " + allocated + " bytes");
      }
    }
  }

  @Test
  void aLengthAloneAllocatesNothing() {
    byte[] promise = new byte[RecordHeader.BYTES];
    promise[5] = 16;
    promise[7] = 4;
    Samples.put(promise, 8, RecordHeader.MAX_LENGTH);
    long before = threads.getCurrentThreadAllocatedBytes();
    MrtSummary summary = MrtReader.read(new ByteArrayInputStream(promise), "test", _ -> {});
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .isLessThan(MAX_ALLOCATED_FOR_A_FILE);
    assertThat(summary.damaged()).isTrue();
  }

  /** All messages of the files: what stands behind 16 bytes of ones. */
  private static List<byte[]> messages() {
    List<byte[]> messages = new ArrayList<>();
    MessageContext context = MessageContext.stored(true, false);
    for (byte[] file : FILES) {
      for (int at = 0; at + BgpMessage.HEADER_BYTES <= file.length; at++) {
        int length = MessageReader.length(file, at, context);
        if (length > 0 && at + length <= file.length) {
          messages.add(Arrays.copyOfRange(file, at, at + length));
        }
      }
    }
    return messages;
  }

  private static byte[] mutated(byte[] bytes, List<byte[]> others, SplittableRandom random) {
    byte[] mutant = bytes.clone();
    int changes = 1 + random.nextInt(MAX_CHANGES);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(mutant.length + 1);
      mutant =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(mutant, at);
            case 1, 2 -> changed(mutant, at, random);
            case 3 -> spliced(mutant, at, new byte[0], at + random.nextInt(16));
            case 4 -> spliced(mutant, at, slice(mutant, random), at);
            default ->
                spliced(mutant, at, slice(others.get(random.nextInt(others.size())), random), at);
          };
    }
    return mutant;
  }

  private static byte[] changed(byte[] bytes, int at, SplittableRandom random) {
    if (at < bytes.length) {
      bytes[at] =
          (byte)
              switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> 0xff;
                case 2 -> bytes[at] + 1;
                default -> random.nextInt();
              };
    }
    return bytes;
  }

  private static byte[] slice(byte[] bytes, SplittableRandom random) {
    int from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(64)));
  }

  /** {@code bytes} up to {@code from}, then {@code between}, then what follows {@code to}. */
  private static byte[] spliced(byte[] bytes, int from, byte[] between, int to) {
    int rest = Math.max(0, bytes.length - to);
    byte[] spliced = Arrays.copyOf(bytes, from + between.length + rest);
    System.arraycopy(between, 0, spliced, from, between.length);
    System.arraycopy(bytes, bytes.length - rest, spliced, from + between.length, rest);
    return spliced;
  }

  /** With a marker and its own length, so that more than the header is tried. */
  private static void framed(byte[] message) {
    if (message.length >= BgpMessage.HEADER_BYTES) {
      Arrays.fill(message, 0, 16, (byte) 0xff);
      message[16] = (byte) (message.length >> 8);
      message[17] = (byte) message.length;
    }
  }
}
