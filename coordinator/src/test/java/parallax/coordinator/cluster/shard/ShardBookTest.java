package parallax.coordinator.cluster.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.Origin;
import parallax.coordinator.cluster.pack.Packer;

final class ShardBookTest {
  private static final long LEADER = 7;
  private static final int PLENTY = 1 << 20;
  private static final BookLimits LIMITS = new BookLimits(1_000, 1 << 20, 8, 100, 10);
  private static final BookLimits TWO = new BookLimits(2, 1 << 20, 3, 100, 10);

  @Test
  void whatIsHandedOverAgainIsTakenOnce() {
    ShardBook book = book(LIMITS);
    assertThat(take(book, item(1, 0), item(1, 1))).isEqualTo(new Taken(2, 0, 0));
    assertThat(take(book, item(1, 1), item(1, 2))).isEqualTo(new Taken(1, 1, 0));
    assertThat(pull(book, Position.START).items())
        .containsExactly(item(1, 0), item(1, 1), item(1, 2));
  }

  @Test
  void itSaysHowManyWait() {
    ShardBook book = book(LIMITS);
    Taken taken = take(book, item(1, 0), item(1, 1), item(1, 2));
    assertThat(book.waiting()).isEqualTo(3);
    assertThat(Taken.unpack(taken.pack(book.waiting()))).isEqualTo(taken);
    assertThat(Taken.waiting(taken.pack(book.waiting()))).isEqualTo(3);
    assertThat(book.confirm(LEADER, pull(book, Position.START).next())).isTrue();
    assertThat(book.waiting()).isZero();
  }

  @Test
  void aMemberOfBeforeDoesNotSayHowManyWait() {
    byte[] before = new Packer().number(2).number(1).number(0).done();
    assertThat(Taken.unpack(before)).isEqualTo(new Taken(2, 1, 0));
    assertThat(Taken.waiting(before)).isZero();
  }

  @Test
  void backlogOfManyOldRunsBehindWhatIsLiveIsNeverTakenForSeen() {
    ShardBook book = book(LIMITS);
    take(book, item(1_000, 500));
    for (int boot = 1; boot <= 3 * Seen.MAX_BOOTS; boot++) {
      assertThat(take(book, item(boot, 0), item(boot, 1)).fresh()).isEqualTo(2);
      assertThat(take(book, item(boot, 0), item(boot, 1)).known()).isEqualTo(2);
      assertThat(take(book, item(1_000, 500 + boot)).fresh()).isEqualTo(1);
    }
    assertThat(take(book, item(1_000, 1)).fresh()).isEqualTo(1);
  }

  @Test
  void numbersWithManyGapsAreForgottenFromThoseTouchedLongestAgo() {
    ShardBook book = book(LIMITS);
    for (int gap = 0; gap <= Seen.MAX_RANGES; gap++) {
      take(book, item(1, 2L * gap));
    }
    assertThat(take(book, item(1, Seen.MAX_RANGES * 2)).known()).isEqualTo(1);
    assertThat(take(book, item(1, 0)).fresh()).isEqualTo(1);
  }

  @Test
  void aFullJournalStillShowsTheLeaderWhatIsNewAndKeepsItNew() {
    ShardBook book = book(TWO);
    assertThat(take(book, item(1, 0), item(1, 1), item(1, 2))).isEqualTo(new Taken(2, 0, 1));
    Pulled pulled = pull(book, Position.START);
    assertThat(pulled.items()).containsExactly(item(1, 0), item(1, 1));
    assertThat(pulled.passing()).containsExactly(item(1, 2));
    assertThat(take(book, item(1, 2)).full()).isEqualTo(1);
    assertThat(pull(book, pulled.next()).passing()).isEmpty();
    assertThat(book.confirm(LEADER, pulled.next())).isTrue();
    assertThat(take(book, item(1, 2)).fresh()).isEqualTo(1);
    assertThat(pull(book, pulled.next()).items()).containsExactly(item(1, 2));
  }

  @Test
  void backlogThatFindsTheJournalFullDoesNotPassBeforeWhatIsNewer() {
    ShardBook book = book(TWO);
    take(book, item(1, 100), item(1, 103));
    take(book, item(1, 106), item(1, 109));
    assertThat(take(book, item(1, 1)).full()).isEqualTo(1);
    assertThat(pull(book, Position.START).passing()).containsExactly(item(1, 106), item(1, 109));
  }

  @Test
  void aNewLeaderReadsTheNewestOfEachTargetAndThenTheJournal() {
    ShardBook book = book(LIMITS);
    for (int sequence = 0; sequence < 10; sequence++) {
      take(book, about("a", 1, sequence));
    }
    take(book, about("b", 1, 10), about("b", 1, 11));
    book.confirm(LEADER, new Position(book.incarnation(), 11, 0));
    assertThat(held(book))
        .containsExactly(
            about("a", 1, 6),
            about("a", 1, 7),
            about("a", 1, 8),
            about("a", 1, 9),
            about("b", 1, 10));
    assertThat(pull(book, Position.START).items()).containsExactly(about("b", 1, 11));
  }

  @Test
  void whoeverReadsWithASmallerNumberIsRefused() {
    ShardBook book = book(LIMITS);
    take(book, item(1, 0));
    assertThat(book.admit(LEADER + 1)).isTrue();
    assertThat(book.admit(LEADER)).isFalse();
    assertThat(book.pull(LEADER, Position.START, PLENTY)).isEmpty();
    assertThat(book.held(LEADER, 0, PLENTY)).isEmpty();
    assertThat(book.confirm(LEADER, new Position(book.incarnation(), 1, 0))).isFalse();
  }

  @Test
  void numbersOfAnotherOwnerConfirmNothing() {
    ShardBook book = book(LIMITS);
    take(book, item(1, 0));
    Position before = pull(book, Position.START).next();
    book.ownedBy(99);
    assertThat(book.confirm(LEADER, before)).isFalse();
    assertThat(pull(book, before).items()).containsExactly(item(1, 0));
  }

  @Test
  void targetsThatAreForgottenGoOnWaitingToBeStored() {
    ShardBook book = book(LIMITS);
    take(book, about("a", 1, 0), about("b", 1, 1));
    Position first = new Position(book.incarnation(), 1, 0);
    book.forget(List.of("a", "b"));
    assertThat(pull(book, Position.START).items()).hasSize(2);
    book.confirm(LEADER, first);
    assertThat(held(book)).isEmpty();
  }

  @Test
  void pagesAndPullsAreBoundedAndGoOnWhereTheyEnded() {
    ShardBook book = book(LIMITS);
    for (int sequence = 0; sequence < 40; sequence++) {
      take(book, about("t" + sequence, 1, sequence));
    }
    List<Item> read = new ArrayList<>();
    Position at = Position.START;
    for (Pulled next = pull(book, at, 300); !next.items().isEmpty(); next = pull(book, at, 300)) {
      assertThat(next.items()).hasSizeLessThan(4);
      read.addAll(next.items());
      at = next.next();
    }
    assertThat(read).hasSize(40).doesNotHaveDuplicates();
    book.confirm(LEADER, at);
    assertThat(held(book)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aBookDoesAsTheModelAndItsReplicaAndItsCopyDoTheSame(long seed) {
    Random random = new Random(seed);
    int journal = seed % 3 == 0 ? 10 : 1_000;
    ShardBook book = book(new BookLimits(journal, 1 << 20, 8, 100, 10));
    ShardBook replica = BookBytes.unpack(BookBytes.pack(book));
    Model model = new Model(journal);
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(8)) {
        case 0 -> {
          long upTo = random.nextInt((int) model.last() + 1);
          Position position = new Position(book.incarnation(), upTo, 0);
          assertThat(book.confirm(LEADER, position)).isTrue();
          replica.confirm(LEADER, position);
          model.confirm(upTo);
        }
        case 1 -> {
          String target = "t" + random.nextInt(4);
          book.forget(List.of(target));
          replica.forget(List.of(target));
          model.forget(target);
        }
        case 2 -> book = BookBytes.unpack(BookBytes.pack(book));
        default -> {
          List<Item> items = someItems(random);
          Taken taken = book.take(items, true);
          assertThat(taken).as("seed %s, step %s", seed, step).isEqualTo(model.take(items));
          replica.take(items, taken.full() > 0);
        }
      }
      Pulled all = pull(book, Position.START);
      assertThat(all.items()).as("seed %s, step %s", seed, step).isEqualTo(model.journal());
      assertThat(all.next().number()).isEqualTo(model.last());
      assertThat(held(book)).as("seed %s, step %s", seed, step).isEqualTo(model.held());
      assertThat(BookBytes.pack(replica)).isEqualTo(BookBytes.pack(book));
    }
  }

  private static List<Item> someItems(Random random) {
    int boot = 1 + random.nextInt(3);
    int first = random.nextInt(90);
    List<Item> items = new ArrayList<>();
    for (int sequence = first; sequence < first + 1 + random.nextInt(8); sequence++) {
      if (random.nextInt(10) > 0) {
        items.add(item(boot, sequence));
      }
    }
    return items;
  }

  /** What a book does, with all the memory in the world. */
  private static final class Model {
    private final int room;
    private final Set<Item.Id> seen = new LinkedHashSet<>();
    private final List<Item> all = new ArrayList<>();
    private final Map<String, Map<Item.Id, Integer>> newest = new LinkedHashMap<>();
    private final Map<Item.Id, Item> items = new LinkedHashMap<>();
    private final Map<Item.Id, Integer> numbers = new LinkedHashMap<>();
    private int confirmed;
    private int arrivals;

    Model(int room) {
      this.room = room;
    }

    Taken take(List<Item> parcel) {
      int fresh = 0;
      int full = 0;
      for (Item item : parcel) {
        if (seen.contains(item.id())) {
          continue;
        }
        arrivals++;
        items.put(item.id(), item);
        numbers.put(item.id(), 0);
        if (all.size() - confirmed < room) {
          seen.add(item.id());
          all.add(item);
          numbers.put(item.id(), all.size());
          fresh++;
        } else {
          full++;
        }
        Map<Item.Id, Integer> held =
            newest.computeIfAbsent(item.subject().target(), _ -> new LinkedHashMap<>());
        held.put(item.id(), arrivals);
        if (held.size() > ShardBook.KEPT) {
          held.remove(Collections.min(held.keySet(), oldestFirst()));
        }
      }
      return new Taken(fresh, parcel.size() - fresh - full, full);
    }

    private static Comparator<Item.Id> oldestFirst() {
      return Comparator.comparingLong(Item.Id::boot).thenComparingLong(Item.Id::sequence);
    }

    void confirm(long upTo) {
      confirmed = Math.max(confirmed, (int) upTo);
    }

    void forget(String target) {
      newest.remove(target);
    }

    long last() {
      return all.size();
    }

    List<Item> journal() {
      return all.subList(confirmed, all.size());
    }

    List<Item> held() {
      List<Map.Entry<Item.Id, Integer>> found = new ArrayList<>();
      newest.values().forEach(held -> found.addAll(held.entrySet()));
      return found.stream()
          .filter(entry -> numbers.getOrDefault(entry.getKey(), 0) <= confirmed)
          .sorted(Map.Entry.comparingByValue())
          .map(entry -> items.get(entry.getKey()))
          .toList();
    }
  }

  private static ShardBook book(BookLimits limits) {
    ShardBook book = new ShardBook(limits);
    book.ownedBy(3);
    book.admit(LEADER);
    return book;
  }

  private static Taken take(ShardBook book, Item... items) {
    return book.take(List.of(items), true);
  }

  private static Pulled pull(ShardBook book, Position from) {
    return pull(book, from, PLENTY);
  }

  private static Pulled pull(ShardBook book, Position from, int maxBytes) {
    return Pulled.unpack(book.pull(LEADER, from, maxBytes).orElseThrow().pack());
  }

  private static List<Item> held(ShardBook book) {
    List<Item> items = new ArrayList<>();
    long order = 0;
    boolean end = false;
    while (!end) {
      Page page = Page.unpack(book.held(LEADER, order, 1_000).orElseThrow().pack());
      items.addAll(page.items());
      order = page.lastOrder();
      end = page.end();
    }
    return items;
  }

  private static Item item(long boot, long sequence) {
    return about("t" + sequence % 3, boot, sequence);
  }

  private static Item about(String target, long boot, long sequence) {
    return new Item(
        new Origin("tokyo-1", boot, new byte[] {1, 2}),
        sequence,
        boot * 1_000 + sequence,
        new Item.Subject(target, "http"),
        ("look " + boot + "/" + sequence).getBytes(UTF_8));
  }
}
