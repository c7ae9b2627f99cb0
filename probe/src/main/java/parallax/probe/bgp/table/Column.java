package parallax.probe.bgp.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one peer has, by the number of the prefix: four bytes for each prefix of a full table, and
 * little for a peer that tells a few. 0 is nothing; what else a cell means is the table's matter.
 */
final class Column {
  private static final int PAGE_BITS = 9;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int FIRST_PAGES = 8;

  private int[] @Nullable [] pages = new int[FIRST_PAGES][];
  private int filled;

  /** How many cells are not 0. */
  int filled() {
    return filled;
  }

  int get(int number) {
    int page = number >>> PAGE_BITS;
    int[] cells = page < pages.length ? pages[page] : null;
    return cells == null ? 0 : cells[number & (PAGE - 1)];
  }

  void set(int number, int cell) {
    int page = number >>> PAGE_BITS;
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
    }
    int[] cells = pages[page];
    if (cells == null) {
      if (cell == 0) {
        return;
      }
      cells = new int[PAGE];
      pages[page] = cells;
    }
    int was = cells[number & (PAGE - 1)];
    filled += (cell == 0 ? 0 : 1) - (was == 0 ? 0 : 1);
    cells[number & (PAGE - 1)] = cell;
  }

  /** What is told of each cell that is not 0. */
  interface Visitor {
    void cell(int number, int cell);
  }

  void forEach(Visitor visitor) {
    for (int page = 0; page < pages.length; page++) {
      int[] cells = pages[page];
      for (int index = 0; cells != null && index < PAGE; index++) {
        if (cells[index] != 0) {
          visitor.cell((page << PAGE_BITS) + index, cells[index]);
        }
      }
    }
  }
}
