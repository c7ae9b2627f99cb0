package parallax.coordinator.runbook.execute;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning and the end of what a process writes, however much that is. */
final class BoundedOutput {
  /** Bytes that are kept of either. */
  static final int KEPT = 2_000;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final byte[] tail = new byte[KEPT];
  private long behindHead;

  void add(byte[] bytes, int count) {
    int first = Math.min(count, KEPT - head.size());
    head.write(bytes, 0, first);
    for (int at = first; at < count; at++) {
      tail[(int) (behindHead % KEPT)] = bytes[at];
      behindHead++;
    }
  }

  /** What is kept, with a word about what is not. */
  String text() {
    int size = (int) Math.min(behindHead, KEPT);
    byte[] last = new byte[size];
    for (int at = 0; at < size; at++) {
      last[at] = tail[(int) ((behindHead - size + at) % KEPT)];
    }
    long left = behindHead - size;
    String gap = left == 0 ? "" : "\n[" + left + " bytes left out]\n";
    return head.toString(StandardCharsets.UTF_8) + gap + new String(last, StandardCharsets.UTF_8);
  }
}
