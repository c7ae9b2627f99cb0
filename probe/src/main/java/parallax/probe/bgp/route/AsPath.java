package parallax.probe.bgp.route;

import java.util.Arrays;
import java.util.Optional;

/**
 * The autonomous systems that a route has come through, the nearest first (RFC 4271 section 5.1.2,
 * RFC 5065 for confederations, RFC 6793 for four bytes). Immutable.
 */
public final class AsPath {
  public static final AsPath EMPTY = new AsPath(new int[0]);

  /** Kinds of segments by their number on the wire. */
  public static final int SET = 1;

  public static final int SEQUENCE = 2;
  public static final int CONFED_SEQUENCE = 3;
  public static final int CONFED_SET = 4;

  /** Segments, one after the other: its kind, how many follow, and the numbers, unsigned. */
  private final int[] words;

  private AsPath(int[] words) {
    this.words = words;
  }

  /**
   * Of segments, one after the other: its kind, how many follow, and the numbers, unsigned.
   *
   * @throws IllegalArgumentException when that is not what {@code words} hold
   */
  public static AsPath of(int... words) {
    int at = 0;
    while (at < words.length) {
      boolean known = words[at] >= SET && words[at] <= CONFED_SET;
      if (!known || at + 1 >= words.length || words[at + 1] < 1) {
        throw new IllegalArgumentException("not a segment at word " + at);
      }
      at += 2 + words[at + 1];
    }
    if (at != words.length) {
      throw new IllegalArgumentException("the last segment is cut off");
    }
    return words.length == 0 ? EMPTY : new AsPath(words.clone());
  }

  /** How many numbers there are, prepended ones counted again, those of a set each. */
  public int size() {
    int size = 0;
    for (int at = 0; at < words.length; at += 2 + words[at + 1]) {
      size += words[at + 1];
    }
    return size;
  }

  /** How many words {@link #of} would make it of. */
  public int wordCount() {
    return words.length;
  }

  /** One of the words that {@link #of} would make it of. */
  public int word(int at) {
    return words[at];
  }

  public boolean isEmpty() {
    return words.length == 0;
  }

  /**
   * Who announced it first: the last number of the last segment, where that is a sequence; a set of
   * one stands for itself, a larger one for nobody (RFC 6472, RFC 9774).
   */
  public Optional<Long> origin() {
    int last = -1;
    for (int at = 0; at < words.length; at += 2 + words[at + 1]) {
      last = at;
    }
    if (last < 0) {
      return Optional.empty();
    }
    boolean one = words[last] == SEQUENCE || words[last + 1] == 1;
    return one
        ? Optional.of(Integer.toUnsignedLong(words[last + 1 + words[last + 1]]))
        : Optional.empty();
  }

  /** The number next to the origin's that differs from it; empty where the path is too short. */
  public Optional<Long> neighbourOfOrigin() {
    Optional<Long> origin = origin();
    Optional<Long> neighbour = Optional.empty();
    for (int at = 0; at < words.length; at += 2 + words[at + 1]) {
      for (int number = 0; number < words[at + 1]; number++) {
        long asn = Integer.toUnsignedLong(words[at + 2 + number]);
        boolean other = origin.isPresent() && asn != origin.get();
        neighbour = other ? Optional.of(asn) : neighbour;
      }
    }
    return neighbour;
  }

  /** The number of the peer that told it, where the path begins with a sequence. */
  public Optional<Long> first() {
    boolean any = words.length > 2 && words[0] == SEQUENCE;
    return any ? Optional.of(Integer.toUnsignedLong(words[2])) : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsPath path && Arrays.equals(words, path.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  /**
   * As bgpdump prints it: {@code 3303 6453 32934}, {@code {1,2}}, {@code (65001 65002)}, {@code
   * [1,2]}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(words.length * 6);
    for (int at = 0; at < words.length; at += 2 + words[at + 1]) {
      text.append(text.isEmpty() ? "" : " ");
      append(text, at);
    }
    return text.toString();
  }

  private void append(StringBuilder text, int at) {
    String marks =
        switch (words[at]) {
          case SET -> "{,}";
          case CONFED_SEQUENCE -> "( )";
          case CONFED_SET -> "[,]";
          default -> "";
        };
    text.append(marks.isEmpty() ? "" : marks.charAt(0));
    for (int number = 0; number < words[at + 1]; number++) {
      char between = marks.isEmpty() ? ' ' : marks.charAt(1);
      text.append(number == 0 ? "" : String.valueOf(between));
      text.append(Integer.toUnsignedString(words[at + 2 + number]));
    }
    text.append(marks.isEmpty() ? "" : marks.charAt(2));
  }
}
