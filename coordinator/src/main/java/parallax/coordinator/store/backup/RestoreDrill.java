package parallax.coordinator.store.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.coordinator.store.WholeRecord;

/** Compares a backup with a record that was filled from it. */
public final class RestoreDrill {
  private RestoreDrill() {}

  /**
   * One comparison.
   *
   * @param same what is in the backup is in the record, and nothing else is
   */
  public record Line(String table, long inBackup, long inRecord, boolean same) {}

  /**
   * Compares table by table: the number of rows and the sum of their content, as restoring leaves
   * it.
   */
  public static List<Line> compare(WholeRecord.Source rows, WholeRecord filled) {
    Sums expected = new Sums();
    rows.giveTo((table, row) -> expected.take(table, filled.restored(table, row)));
    Sums found = new Sums();
    filled.read(found);
    SortedMap<String, Manifest.Table> backup = byName(expected.tables());
    SortedMap<String, Manifest.Table> record = byName(found.tables());
    SortedSet<String> names = new TreeSet<>(backup.keySet());
    names.addAll(record.keySet());
    return names.stream().map(name -> line(table(backup, name), table(record, name))).toList();
  }

  /** Fills an empty record with what is in a backup, as a restore that keeps tokens does. */
  public static WholeRecord.Filled fill(WholeRecord empty, WholeRecord.Source rows, Instant now) {
    return empty.fill(new WholeRecord.Filling(rows, false, true, Optional.empty(), now));
  }

  private static SortedMap<String, Manifest.Table> byName(List<Manifest.Table> tables) {
    SortedMap<String, Manifest.Table> byName = new TreeMap<>();
    tables.forEach(table -> byName.put(table.name(), table));
    return byName;
  }

  private static Manifest.Table table(SortedMap<String, Manifest.Table> tables, String name) {
    return tables.getOrDefault(name, new Manifest.Table(name, 0, ""));
  }

  private static Line line(Manifest.Table backup, Manifest.Table record) {
    return new Line(backup.name(), backup.rows(), record.rows(), backup.equals(record));
  }
}
