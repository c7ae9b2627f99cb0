package parallax.probe.bgp.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import parallax.probe.bgp.route.AsPath;

/**
 * What stands in the cells of columns: 0 nothing; above 0 one path without identifier, its number
 * in the pool and one; below 0 several routes, or one with an identifier, in a list of pairs.
 */
final class Routes {
  private static final int NO_ROUTES = 0;
  private static final int PAIR = 2;

  private final PathPool pool;
  private final int maxOfOne;

  /** Lists of pairs: identifier, number of the path. Of a free place the list is empty. */
  private final List<int[]> lists = new ArrayList<>();

  private final List<Integer> freeLists = new ArrayList<>();

  Routes(PathPool pool, int maxOfOne) {
    this.pool = pool;
    this.maxOfOne = maxOfOne;
  }

  /** What putting a route into a cell made of it. */
  record Put(int cell, Change change) {}

  /** The cell with this route in it, in place of the one with the same identifier. */
  Put put(int cell, long pathId, AsPath path) {
    int id = (int) pathId;
    int number = pool.take(path);
    if (number == PathPool.NONE) {
      return new Put(cell, Change.REFUSED);
    }
    if (cell == NO_ROUTES && id == 0) {
      return new Put(number + 1, Change.NEW);
    }
    if (cell > 0 && id == 0) {
      pool.drop(cell - 1);
      return new Put(number + 1, number == cell - 1 ? Change.SAME : Change.REPLACED);
    }
    int list = cell < 0 ? -cell - 1 : listOf(cell);
    int[] pairs = lists.get(list);
    int at = indexOf(pairs, id);
    if (at >= 0) {
      boolean same = pairs[at + 1] == number;
      pool.drop(pairs[at + 1]);
      pairs[at + 1] = number;
      return new Put(-list - 1, same ? Change.SAME : Change.REPLACED);
    }
    if (pairs.length >= maxOfOne * PAIR) {
      pool.drop(number);
      return new Put(-list - 1, Change.REFUSED);
    }
    int[] more = Arrays.copyOf(pairs, pairs.length + PAIR);
    more[pairs.length] = id;
    more[pairs.length + 1] = number;
    lists.set(list, more);
    return new Put(-list - 1, cell == NO_ROUTES ? Change.NEW : Change.ADDED);
  }

  /** The cell without the route of this identifier. */
  Put remove(int cell, long pathId) {
    int id = (int) pathId;
    if (cell == NO_ROUTES || (cell > 0 && id != 0)) {
      return new Put(cell, Change.NEVER_HAD);
    }
    if (cell > 0) {
      pool.drop(cell - 1);
      return new Put(NO_ROUTES, Change.GONE);
    }
    int list = -cell - 1;
    int[] pairs = lists.get(list);
    int at = indexOf(pairs, id);
    if (at < 0) {
      return new Put(cell, Change.NEVER_HAD);
    }
    pool.drop(pairs[at + 1]);
    int[] fewer = new int[pairs.length - PAIR];
    System.arraycopy(pairs, 0, fewer, 0, at);
    System.arraycopy(pairs, at + PAIR, fewer, at, fewer.length - at);
    lists.set(list, fewer);
    if (fewer.length > 0) {
      return new Put(cell, Change.ONE_LESS);
    }
    freeLists.add(list);
    return new Put(NO_ROUTES, Change.GONE);
  }

  /** Lets go of all routes in a cell. */
  void clear(int cell) {
    if (cell > 0) {
      pool.drop(cell - 1);
    } else if (cell < 0) {
      int[] pairs = lists.get(-cell - 1);
      for (int at = 0; at < pairs.length; at += PAIR) {
        pool.drop(pairs[at + 1]);
      }
      lists.set(-cell - 1, new int[0]);
      freeLists.add(-cell - 1);
    }
  }

  /** Visits identifier and path of every route in a cell. */
  void forEach(int cell, BiConsumer<Long, AsPath> visit) {
    if (cell > 0) {
      pool.get(cell - 1).ifPresent(path -> visit.accept(0L, path));
    } else if (cell < 0) {
      int[] pairs = lists.get(-cell - 1);
      for (int at = 0; at < pairs.length; at += PAIR) {
        long id = Integer.toUnsignedLong(pairs[at]);
        pool.get(pairs[at + 1]).ifPresent(path -> visit.accept(id, path));
      }
    }
  }

  private int listOf(int cell) {
    int[] pairs = cell > 0 ? new int[] {0, cell - 1} : new int[0];
    if (freeLists.isEmpty()) {
      lists.add(pairs);
      return lists.size() - 1;
    }
    int list = freeLists.removeLast();
    lists.set(list, pairs);
    return list;
  }

  private static int indexOf(int[] pairs, int id) {
    for (int at = 0; at < pairs.length; at += PAIR) {
      if (pairs[at] == id) {
        return at;
      }
    }
    return -1;
  }
}
