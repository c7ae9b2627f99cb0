package parallax.coordinator.store.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import parallax.coordinator.store.WholeRecord;

/** Counts the rows of each table and sums them up. */
final class Sums implements WholeRecord.Rows {
  private final List<Manifest.Table> finished = new ArrayList<>();
  private final MessageDigest digest = sha256();
  private String table = "";
  private long rows;

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Tells whether the row begins a table. */
  boolean begins(String name) {
    return !table.equals(name);
  }

  @Override
  public void take(String name, String row) {
    if (begins(name)) {
      finish();
      table = name;
    }
    digest.update(row.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    rows++;
  }

  private void finish() {
    if (rows > 0) {
      finished.add(new Manifest.Table(table, rows, HexFormat.of().formatHex(digest.digest())));
    }
    rows = 0;
  }

  /** All tables that have rows; nothing more is to be taken. */
  List<Manifest.Table> tables() {
    finish();
    return List.copyOf(finished);
  }
}
