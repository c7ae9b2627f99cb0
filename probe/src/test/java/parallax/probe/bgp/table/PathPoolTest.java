package parallax.probe.bgp.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.route.AsPath;

final class PathPoolTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsWhatAPlainMapKeepsWhilePathsComeAndGo(long seed) {
    Random random = new Random(seed);
    PathPool pool = new PathPool(100_000);
    Map<AsPath, Integer> numbers = new HashMap<>();
    Map<AsPath, Integer> uses = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    List<AsPath> held = new ArrayList<>();
    for (int round = 0; round < 30_000; round++) {
      if (held.isEmpty() || random.nextInt(5) < 3) {
        AsPath path = path(random);
        int number = pool.take(path);
        assertThat(number)
            .isEqualTo(uses.containsKey(path) ? numbers.getOrDefault(path, -1) : number);
        numbers.put(path, number);
        uses.merge(path, 1, Integer::sum);
        held.add(path);
      } else {
        AsPath path = held.remove(random.nextInt(held.size()));
        pool.drop(numbers.getOrDefault(path, PathPool.NONE));
        uses.computeIfPresent(path, (_, count) -> count == 1 ? null : count - 1);
      }
      if (round % 1_000 == 0) {
        assertThat(pool.size()).isEqualTo(uses.size());
        uses.keySet()
            .forEach(path -> assertThat(pool.get(numbers.getOrDefault(path, -1))).contains(path));
      }
    }
  }

  @Test
  void takesPathsAsLongAsMessagesAndNoLongerOnes() {
    PathPool pool = new PathPool(10);
    assertThat(pool.take(longPath(16_000, 1))).isNotEqualTo(PathPool.NONE);
    assertThat(pool.take(longPath(PathWords.MAX_LENGTH + 1, 1))).isEqualTo(PathPool.NONE);
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void theRoomOfLongPathsIsUsedAgain() {
    PathWords words = new PathWords();
    int first = words.put(longPath(5_000, 1));
    for (int round = 2; round < 1_000; round++) {
      words.drop(first);
      assertThat(words.put(longPath(5_000 + round, round))).isEqualTo(first);
      assertThat(words.get(first)).isEqualTo(longPath(5_000 + round, round));
    }
  }

  private static AsPath path(Random random) {
    int length = random.nextInt(20) == 0 ? 60 + random.nextInt(80) : random.nextInt(6);
    return length == 0 ? AsPath.EMPTY : sequence(length, random.nextInt(20));
  }

  private static AsPath sequence(int length, int origin) {
    int[] words = new int[length + 2];
    words[0] = AsPath.SEQUENCE;
    words[1] = length;
    words[length + 1] = origin;
    return AsPath.of(words);
  }

  /** Of so many words. */
  private static AsPath longPath(int words, int origin) {
    return sequence(words - 2, origin);
  }
}
