package parallax.coordinator.core.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SortedTreeTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void behavesAsASortedMapWhoseOldVersionsStay(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<Integer, Integer> model = new TreeMap<>();
    SortedTree<Integer, Integer> tree = SortedTree.empty();
    for (int change = 0; change < 5_000; change++) {
      int key = random.nextInt(200);
      SortedTree<Integer, Integer> before = tree;
      List<Integer> valuesBefore = before.values();
      if (random.nextBoolean()) {
        model.put(key, change);
        tree = tree.with(key, change);
      } else {
        model.remove(key);
        tree = tree.without(key);
      }
      assertThat(tree.values()).containsExactlyElementsOf(model.values());
      assertThat(tree.size()).isEqualTo(model.size());
      assertThat(tree.isEmpty()).isEqualTo(model.isEmpty());
      assertThat(tree.get(key)).isEqualTo(Optional.ofNullable(model.get(key)));
      assertThat(tree.first().map(entry -> entry.getKey()))
          .isEqualTo(model.isEmpty() ? Optional.empty() : Optional.of(model.firstKey()));
      assertThat(before.values()).isEqualTo(valuesBefore);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void aHundredThousandKeysInARowAreFoundInShortPaths(int direction) {
    SortedTree<Integer, Integer> tree = SortedTree.empty();
    for (int key = 0; key < 100_000; key++) {
      tree = tree.with(key * direction, key);
    }
    assertThat(tree.size()).isEqualTo(100_000);
    assertThat(tree.get(99_999 * direction)).contains(99_999);
    assertThat(tree.height()).isLessThanOrEqualTo(24);
  }
}
