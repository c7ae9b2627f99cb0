package parallax.probe.bgp.table;

import java.util.Arrays;
import parallax.probe.bgp.route.AsPath;

/**
 * The words of paths, one path after the other, so that a million of them are a few objects. The
 * room of one that is let go is used again for one as long.
 */
final class PathWords {
  static final int NONE = -1;

  private static final int PAGE_BITS = 17;
  private static final int PAGE = 1 << PAGE_BITS;

  /** Longer than any path in a message of 65,535 bytes (RFC 8654). */
  static final int MAX_LENGTH = PAGE / 2 - 1;

  /** Of all paths together, with room that is free. */
  private static final int MAX_WORDS = 1 << 30;

  /** Up to here there is room of each length; above, of each power of two. */
  private static final int LONGEST_EXACT = 64;

  private static final int FIRST_WORDS = 256;
  private static final int FIRST_PAGES = 4;

  private int[][] pages = new int[FIRST_PAGES][];

  /** Where the room of each length is that is free; its first word is the next one. */
  private final int[] free = new int[LONGEST_EXACT + Integer.SIZE];

  private int end;

  PathWords() {
    pages[0] = new int[FIRST_WORDS];
    Arrays.fill(free, NONE);
  }

  /**
   * Keeps the words of a path.
   *
   * @return where they are, for {@link #get}; {@link #NONE} when there is no room for them
   */
  int put(AsPath path) {
    int length = path.wordCount();
    int at = length > MAX_LENGTH ? NONE : take(length + 1);
    if (at == NONE) {
      return NONE;
    }
    int[] page = pages[at >>> PAGE_BITS];
    int from = at & (PAGE - 1);
    page[from] = length;
    for (int word = 0; word < length; word++) {
      page[from + 1 + word] = path.word(word);
    }
    return at;
  }

  private static int rounded(int room) {
    return room <= LONGEST_EXACT ? room : Integer.highestOneBit(room - 1) * 2;
  }

  private static int sort(int rounded) {
    return rounded <= LONGEST_EXACT
        ? rounded
        : LONGEST_EXACT + Integer.numberOfTrailingZeros(rounded);
  }

  private int take(int words) {
    int room = rounded(words);
    int at = free[sort(room)];
    if (at != NONE) {
      free[sort(room)] = pages[at >>> PAGE_BITS][at & (PAGE - 1)];
      return at;
    }
    int start = (end & (PAGE - 1)) + room > PAGE ? (end | (PAGE - 1)) + 1 : end;
    return start > MAX_WORDS - room ? NONE : extend(start, room);
  }

  private int extend(int at, int room) {
    end = at + room;
    int page = at >>> PAGE_BITS;
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, page * 2);
    }
    if (page > 0 && (at & (PAGE - 1)) == 0) {
      pages[page] = new int[PAGE];
    }
    while (page == 0 && end > pages[0].length) {
      pages[0] = Arrays.copyOf(pages[0], pages[0].length * 2);
    }
    return at;
  }

  /** Lets go of the words there. */
  void drop(int at) {
    int[] page = pages[at >>> PAGE_BITS];
    int from = at & (PAGE - 1);
    int sort = sort(rounded(page[from] + 1));
    page[from] = free[sort];
    free[sort] = at;
  }

  /** Whether the words there are those of this path. */
  boolean is(int at, AsPath path) {
    int[] page = pages[at >>> PAGE_BITS];
    int from = at & (PAGE - 1);
    int length = page[from];
    if (length != path.wordCount()) {
      return false;
    }
    // The origin is at the end: there paths differ first.
    for (int word = length - 1; word >= 0; word--) {
      if (page[from + 1 + word] != path.word(word)) {
        return false;
      }
    }
    return true;
  }

  /** The path whose words are there. */
  AsPath get(int at) {
    int[] page = pages[at >>> PAGE_BITS];
    int from = at & (PAGE - 1);
    return AsPath.of(Arrays.copyOfRange(page, from + 1, from + 1 + page[from]));
  }
}
