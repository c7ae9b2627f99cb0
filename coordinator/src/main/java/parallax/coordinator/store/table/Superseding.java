package parallax.coordinator.store.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices that wait in a copy of a record were sent, or overtaken by events, long before the copy
 * is put to use: they are told to nobody any more. Pure.
 */
final class Superseding {
  static final String WHY = "superseded: the record was restored from a backup";

  private Superseding() {}

  /** The row as it is restored; {@code values} are changed in place. */
  static void apply(Layout table, @Nullable Object[] values) {
    if (!table.name().equals("notice")) {
      return;
    }
    List<String> columns = table.columns();
    int givenUp = columns.indexOf("given_up");
    boolean waits =
        values[columns.indexOf("delivered")] == null && Long.valueOf(0).equals(values[givenUp]);
    if (waits) {
      values[givenUp] = 1L;
      values[columns.indexOf("last_error")] = WHY;
    }
  }
}
