package parallax.probe.bgp.bmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parallax.probe.net.IpAddress;

/**
 * Broken messages and streams: every mutant is made from its own seed, so that a failure names the
 * one to look at. Set {@code parallax.bmp.mutants} for more of them, {@code
 * parallax.bmp.mutants.from} for others.
 */
final class BmpMutationTest {
  private static final int MUTANTS = Integer.getInteger("parallax.bmp.mutants", 100_000);
  private static final int FIRST = Integer.getInteger("parallax.bmp.mutants.from", 0);
  private static final int MAX_CHANGES = 8;
  private static final int HEADER = 6;

  /** A prefix of one byte becomes a route of some objects, read in up to two ways. */
  private static final int MAX_ALLOCATED_PER_BYTE = 1_000;

  private static final int MAX_ALLOCATED_ANYWAY = 64 * 1024;

  private static final List<byte[]> MESSAGES = messages();

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is loaded once belongs to no mutant. */
  @BeforeAll
  static void load() {
    Captures.OWN.forEach(name -> Captures.read(Captures.own(name), 100));
    for (int type = PeerKey.GLOBAL; type <= PeerKey.LOC_RIB; type++) {
      for (long kind = 0; kind < 4; kind++) {
        assertThat(new PeerKey(type, (kind << 48) + 1, IpAddress.ipv4(1)).toString()).isNotEmpty();
      }
    }
  }

  @Test
  void noMutantBreaksTheReaderOrABound() {
    RouterView view = view();
    for (int seed = FIRST; seed < FIRST + MUTANTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] mutant = mutated(MESSAGES.get(random.nextInt(MESSAGES.size())), random);
      if (random.nextInt(8) > 0) {
        framed(mutant);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        readAll(mutant, view);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed, e);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      if (allocated > MAX_ALLOCATED_ANYWAY + (long) MAX_ALLOCATED_PER_BYTE * mutant.length) {
        throw new AssertionError(
            "seed " + seed + ": " + mutant.length + " bytes took " + allocated);
      }
      view = (seed & 0xff) == 0 ? view() : view;
    }
  }

  /** Takes every message; there cannot be more of them than headers. */
  private static void readAll(byte[] stream, RouterView view) {
    BmpDecoder decoder = new BmpDecoder();
    decoder.put(stream, stream.length);
    int most = stream.length / HEADER;
    Optional<BmpMessage> next = decoder.next(view);
    for (int count = 0; next.isPresent(); count++) {
      if (count >= most) {
        throw new AssertionError("more messages than there can be");
      }
      view.take(next.get(), Instant.EPOCH);
      next = decoder.next(view);
    }
  }

  @Test
  void aLengthAloneAllocatesNothing() {
    byte[] promise = ByteBuffer.allocate(HEADER).put((byte) 3).putInt(BmpDecoder.MAX_BYTES).array();
    BmpDecoder decoder = new BmpDecoder();
    long before = threads.getCurrentThreadAllocatedBytes();
    decoder.put(promise, promise.length);
    Optional<BmpMessage> message = decoder.next(UpdateContexts.UNKNOWN);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(MAX_ALLOCATED_ANYWAY);
    assertThat(message).isEmpty();
    assertThat(decoder.fault()).isEmpty();
  }

  /** A router whose sessions are up, so that their agreements are tried too. */
  private static RouterView view() {
    return Captures.read(Captures.own("lab.frr844-soft.bmp"), 4096).view();
  }

  private static List<byte[]> messages() {
    List<byte[]> messages = new ArrayList<>();
    for (String name : Captures.OWN) {
      byte[] stream = Captures.own(name);
      int at = 0;
      while (at < stream.length) {
        int length = ByteBuffer.wrap(stream).getInt(at + 1);
        messages.add(Arrays.copyOfRange(stream, at, at + length));
        at += length;
      }
    }
    return messages;
  }

  private static byte[] mutated(byte[] bytes, SplittableRandom random) {
    byte[] mutant = bytes.clone();
    int changes = 1 + random.nextInt(MAX_CHANGES);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(mutant.length + 1);
      byte[] other = MESSAGES.get(random.nextInt(MESSAGES.size()));
      mutant =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(mutant, at);
            case 1, 2 -> changed(mutant, at, random);
            case 3 -> spliced(mutant, at, new byte[0], at + random.nextInt(16));
            case 4 -> spliced(mutant, at, slice(mutant, random), at);
            default -> spliced(mutant, at, slice(other, random), at);
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

  /** With the version and its own length, so that more than the header is tried. */
  private static void framed(byte[] message) {
    if (message.length >= HEADER) {
      ByteBuffer.wrap(message).put((byte) 3).putInt(message.length);
    }
  }
}
