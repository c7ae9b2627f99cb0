package parallax.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The heap against a model. */
final class DueHeapTest {
  @Test
  void theHeapAgreesWithASortedList() {
    Random random = new Random(42);
    DueHeap heap = new DueHeap();
    Map<Integer, Long> model = new TreeMap<>();
    for (int step = 0; step < 20_000; step++) {
      int slot = random.nextInt(300);
      if (random.nextInt(3) == 0) {
        heap.remove(slot);
        model.remove(slot);
      } else {
        long due = random.nextInt(1_000);
        heap.put(slot, due);
        model.put(slot, due);
      }
      assertThat(heap.isEmpty()).isEqualTo(model.isEmpty());
      if (!model.isEmpty()) {
        assertThat(heap.firstDue()).isEqualTo(model.values().stream().min(Long::compare).get());
        assertThat(model.get(heap.first())).isEqualTo(heap.firstDue());
      }
    }
  }
}
