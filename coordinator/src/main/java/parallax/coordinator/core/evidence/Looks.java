package parallax.coordinator.core.evidence;

import java.util.Arrays;

/**
 * The last looks of every probe by one kind of check at one target. Immutable: a change copies one
 * small array. Packed, because there is one for each target and kind of check: {@value #WORDS}
 * longs a probe, whatever happens.
 *
 * <p>Of a probe there are the last {@link #KEPT} looks, newest start first, each in three words:
 * when it ended (milliseconds since the epoch by the coordinator's clock) with its {@link
 * LookCode}, when it started, its sequence number; then the boot that the numbers belong to; then a
 * word with what became of the last 16 looks, a counter and marks.
 */
public final class Looks {
  /** How many looks of a probe are kept; one may come late by so many places. */
  public static final int KEPT = 4;

  /** More probes than this are not kept; the one that was silent for longest goes first. */
  public static final int MAX_PROBES = 256;

  /** The most that {@link #seen} counts. */
  public static final int MAX_SEEN = 0xffff;

  public static final Looks NONE = new Looks(new short[0], new long[0]);

  private static final int LOOK = 3;
  private static final int BOOT = LOOK * KEPT;
  private static final int PAST = BOOT + 1;
  private static final int WORDS = PAST + 1;
  private static final int MARK_SHIFT = 16;
  private static final int LENGTH_SHIFT = 24;
  private static final int ERA_SHIFT = 32;
  private static final int PAST_SHIFT = 48;
  private static final long CODE_MASK = (1L << LookCode.BITS) - 1;

  private final short[] slots;
  private final long[] words;

  private Looks(short[] slots, long[] words) {
    this.slots = slots;
    this.words = words;
  }

  /**
   * A look to be added.
   *
   * @param slot of the probe in the fleet
   * @param ended milliseconds since the epoch by the coordinator's clock
   * @param started the same
   * @param code see {@link LookCode}
   * @param era of the probe: its past of another era is forgotten
   */
  public record Look(
      int slot, long ended, long started, int code, int era, long boot, long sequence) {}

  /** How many probes have looked. */
  public int probes() {
    return slots.length;
  }

  /** The fleet's slot of the probe at {@code index}. */
  public int slot(int index) {
    return slots[index];
  }

  /** The index of a probe, or {@code -1 - index} of where it belongs. */
  public int indexOf(int slot) {
    return Arrays.binarySearch(slots, (short) slot);
  }

  /** How many looks of a probe are kept. */
  public int kept(int index) {
    int kept = 0;
    while (kept < KEPT && words[index * WORDS + kept * LOOK] != 0) {
      kept++;
    }
    return kept;
  }

  /** When the {@code back}-th newest look ended, milliseconds since the epoch. */
  public long ended(int index, int back) {
    return words[index * WORDS + back * LOOK] >>> LookCode.BITS;
  }

  /** What it said; 0 when there is no such look. */
  public int code(int index, int back) {
    return (int) (words[index * WORDS + back * LOOK] & CODE_MASK);
  }

  /** When it started, milliseconds since the epoch by the coordinator's clock. */
  public long started(int index, int back) {
    return words[index * WORDS + back * LOOK + 1];
  }

  public long sequence(int index, int back) {
    return words[index * WORDS + back * LOOK + 2];
  }

  public long boot(int index) {
    return words[index * WORDS + BOOT];
  }

  /** The last 16 looks in order of arrival, the newest in the lowest bit; 1 says failed. */
  public int past(int index) {
    return (int) (words[index * WORDS + PAST] >>> PAST_SHIFT);
  }

  /** The era of the probe in which its past was noted. */
  public int era(int index) {
    return (int) (words[index * WORDS + PAST] >>> ERA_SHIFT & 0xffff);
  }

  /** How many looks there were since they were {@link #counted}, at most {@link #MAX_SEEN}. */
  public int seen(int index) {
    return (int) (words[index * WORDS + PAST] & MAX_SEEN);
  }

  /** A mark of 8 bits that whoever decides may put on a probe. */
  public int mark(int index) {
    return (int) (words[index * WORDS + PAST] >>> MARK_SHIFT & 0xff);
  }

  /** How many looks {@link #past} tells of. */
  public int pastLength(int index) {
    return (int) (words[index * WORDS + PAST] >>> LENGTH_SHIFT & 0x3f);
  }

  /** Whether the newest look of a probe failed. */
  public boolean fails(int index) {
    return LookCode.isFailed(code(index, 0));
  }

  /** How many of the newest looks of a probe failed in a row, as far as they are kept. */
  public int failing(int index) {
    int run = 0;
    while (run < KEPT && LookCode.isFailed(code(index, run))) {
      run++;
    }
    return run;
  }

  /** How many of the newest looks of a probe did not fail in a row, as far as they are kept. */
  public int fine(int index) {
    int kept = kept(index);
    int run = 0;
    while (run < kept && !LookCode.isFailed(code(index, run))) {
      run++;
    }
    return run;
  }

  /** These looks with one more; the same object when it tells nothing new. */
  public Looks plus(Look look) {
    return plus(look, false);
  }

  /**
   * The same with a look that came so late that it says how it was, not how it is: {@link #past}
   * and {@link #seen}, which are in order of arrival, do not tell of it.
   */
  public Looks plusLate(Look look) {
    return plus(look, true);
  }

  private Looks plus(Look look, boolean late) {
    int index = indexOf(look.slot());
    if (index < 0) {
      Looks room = slots.length < MAX_PROBES ? this : withoutMostSilent();
      int place = -1 - room.indexOf(look.slot());
      return room.withProbe(place, look.slot()).plus(look, late);
    }
    int base = index * WORDS;
    int at = 0;
    while (at < KEPT && words[base + at * LOOK] != 0) {
      boolean same =
          words[base + at * LOOK + 2] == look.sequence() && words[base + BOOT] == look.boot();
      if (same || words[base + at * LOOK + 1] == look.started()) {
        return this;
      }
      if (words[base + at * LOOK + 1] < look.started()) {
        break;
      }
      at++;
    }
    if (at == KEPT) {
      return this;
    }
    long[] changed = words.clone();
    int from = base + at * LOOK;
    System.arraycopy(words, from, changed, from + LOOK, (KEPT - 1 - at) * LOOK);
    changed[from] = look.ended() << LookCode.BITS | look.code();
    changed[from + 1] = look.started();
    changed[from + 2] = look.sequence();
    changed[base + BOOT] = at == 0 ? look.boot() : words[base + BOOT];
    changed[base + PAST] = late ? words[base + PAST] : past(words[base + PAST], look);
    return new Looks(slots, changed);
  }

  private static long past(long word, Look look) {
    boolean same = (word >>> ERA_SHIFT & 0xffff) == look.era();
    long history = (same ? word >>> PAST_SHIFT << 1 : 0) | (LookCode.isFailed(look.code()) ? 1 : 0);
    long length = Math.min((same ? word >>> LENGTH_SHIFT & 0x3f : 0) + 1, 16);
    long mark = word >>> MARK_SHIFT & 0xff;
    long seen = Math.min((word & MAX_SEEN) + 1, MAX_SEEN);
    return history << PAST_SHIFT
        | (long) look.era() << ERA_SHIFT
        | length << LENGTH_SHIFT
        | mark << MARK_SHIFT
        | seen;
  }

  /** These looks with another mark on a probe. */
  public Looks marked(int index, int mark) {
    if (mark == mark(index)) {
      return this;
    }
    long[] changed = words.clone();
    int at = index * WORDS + PAST;
    changed[at] = (changed[at] & ~(0xffL << MARK_SHIFT)) | (long) (mark & 0xff) << MARK_SHIFT;
    return new Looks(slots, changed);
  }

  /** These looks with {@link #seen} of every probe set to nothing. */
  public Looks counted() {
    long[] changed = words.clone();
    for (int index = 0; index < slots.length; index++) {
      changed[index * WORDS + PAST] &= ~(long) MAX_SEEN;
    }
    return new Looks(slots, changed);
  }

  /** These looks with a past in which nothing failed, for a fresh start after an outage. */
  public Looks forgiven() {
    long[] changed = words.clone();
    for (int index = 0; index < slots.length; index++) {
      changed[index * WORDS + PAST] &= (1L << PAST_SHIFT) - 1;
    }
    return new Looks(slots, changed);
  }

  /** The newest instant at which any look ended, milliseconds since the epoch; 0 when none did. */
  public long newest() {
    long newest = 0;
    for (int index = 0; index < slots.length; index++) {
      newest = Math.max(newest, ended(index, 0));
    }
    return newest;
  }

  private Looks withProbe(int index, int slot) {
    short[] grownSlots = new short[slots.length + 1];
    System.arraycopy(slots, 0, grownSlots, 0, index);
    grownSlots[index] = (short) slot;
    System.arraycopy(slots, index, grownSlots, index + 1, slots.length - index);
    long[] grown = new long[words.length + WORDS];
    System.arraycopy(words, 0, grown, 0, index * WORDS);
    int rest = words.length - index * WORDS;
    System.arraycopy(words, index * WORDS, grown, (index + 1) * WORDS, rest);
    return new Looks(grownSlots, grown);
  }

  private Looks withoutMostSilent() {
    int silent = 0;
    for (int index = 1; index < slots.length; index++) {
      silent = ended(index, 0) < ended(silent, 0) ? index : silent;
    }
    return without(slots[silent]);
  }

  /** These looks without those of one probe. */
  public Looks without(int slot) {
    int index = indexOf(slot);
    if (index < 0) {
      return this;
    }
    short[] keptSlots = new short[slots.length - 1];
    System.arraycopy(slots, 0, keptSlots, 0, index);
    System.arraycopy(slots, index + 1, keptSlots, index, keptSlots.length - index);
    long[] kept = new long[words.length - WORDS];
    System.arraycopy(words, 0, kept, 0, index * WORDS);
    int rest = kept.length - index * WORDS;
    System.arraycopy(words, (index + 1) * WORDS, kept, index * WORDS, rest);
    return new Looks(keptSlots, kept);
  }
}
