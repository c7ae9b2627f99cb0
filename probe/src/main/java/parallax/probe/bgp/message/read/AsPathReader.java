package parallax.probe.bgp.message.read;

import java.util.Arrays;
import parallax.probe.bgp.route.AsPath;

/** Paths as they stand in AS_PATH and AS4_PATH (RFC 4271 section 4.3, RFC 5065, RFC 6793). */
final class AsPathReader {
  private static final int SEGMENT_HEADER = 2;
  private static final int[] NOTHING = {};

  private AsPathReader() {}

  /** What is wrong with a path (RFC 7606 section 7.2); empty when nothing is. */
  static String wrong(Cursor value, int asBytes) {
    Cursor cursor = value.again();
    while (cursor.left() > 0) {
      if (!cursor.has(SEGMENT_HEADER)) {
        return "half a segment ends the path";
      }
      int kind = cursor.u8();
      int count = cursor.u8();
      if (kind < AsPath.SET || kind > AsPath.CONFED_SET) {
        return "a segment of kind " + kind;
      }
      if (count == 0) {
        return "a segment without numbers";
      }
      if (!cursor.has(count * asBytes)) {
        return "a segment is longer than its path";
      }
      cursor.skip(count * asBytes);
    }
    return "";
  }

  /** The segments, in the words of {@link AsPath#of}, after {@link #wrong} found nothing. */
  static int[] words(Cursor cursor, int asBytes) {
    int[] words = new int[size(cursor.again(), asBytes)];
    int size = 0;
    while (size < words.length) {
      words[size++] = cursor.u8();
      int count = cursor.u8();
      words[size++] = count;
      for (int number = 0; number < count; number++) {
        words[size++] = asBytes == Short.BYTES ? cursor.u16() : cursor.i32();
      }
    }
    return words;
  }

  private static int size(Cursor cursor, int asBytes) {
    int size = 0;
    while (cursor.left() > 0) {
      cursor.skip(1);
      int count = cursor.u8();
      cursor.skip(count * asBytes);
      size += SEGMENT_HEADER + count;
    }
    return size;
  }

  /**
   * The path of a speaker of two bytes with the numbers of four that came along (RFC 6793 section
   * 4.2.3): the leading part of {@code two}, then {@code four}, so that there are as many numbers
   * as in {@code two}; {@code two} alone where {@code four} has more.
   */
  static int[] merged(int[] two, int[] four) {
    int[] sound = withoutConfederations(four);
    int leading = hops(two) - hops(sound);
    if (sound.length == 0 || leading < 0) {
      return two;
    }
    int[] head = head(two, leading);
    int[] merged = Arrays.copyOf(head, head.length + sound.length);
    System.arraycopy(sound, 0, merged, head.length, sound.length);
    return merged;
  }

  /** How long a path is to those who choose: a set counts once, a confederation not at all. */
  private static int hops(int[] words) {
    int hops = 0;
    for (int at = 0; at < words.length; at += SEGMENT_HEADER + words[at + 1]) {
      hops +=
          switch (words[at]) {
            case AsPath.SEQUENCE -> words[at + 1];
            case AsPath.SET -> 1;
            default -> 0;
          };
    }
    return hops;
  }

  /** The segments with the first {@code hops} numbers, and the confederations next to them. */
  private static int[] head(int[] words, int hops) {
    int[] head = new int[words.length];
    int size = 0;
    int left = hops;
    for (int at = 0; at < words.length; at += SEGMENT_HEADER + words[at + 1]) {
      int count = words[at + 1];
      boolean sequence = words[at] == AsPath.SEQUENCE;
      boolean counts = sequence || words[at] == AsPath.SET;
      if (counts && left == 0) {
        break;
      }
      int taken = sequence ? Math.min(count, left) : count;
      head[size] = words[at];
      head[size + 1] = taken;
      System.arraycopy(words, at + SEGMENT_HEADER, head, size + SEGMENT_HEADER, taken);
      size += SEGMENT_HEADER + taken;
      left -= sequence ? taken : counts ? 1 : 0;
    }
    return Arrays.copyOf(head, size);
  }

  private static int[] withoutConfederations(int[] words) {
    int[] kept = new int[words.length];
    int size = 0;
    for (int at = 0; at < words.length; at += SEGMENT_HEADER + words[at + 1]) {
      int length = SEGMENT_HEADER + words[at + 1];
      if (words[at] == AsPath.SEQUENCE || words[at] == AsPath.SET) {
        System.arraycopy(words, at, kept, size, length);
        size += length;
      }
    }
    return size == 0 ? NOTHING : Arrays.copyOf(kept, size);
  }
}
