package parallax.probe.bgp.rpki;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import parallax.probe.bgp.prefix.PrefixTrie;
import parallax.probe.net.Cidr;

/**
 * Validated payloads by prefix. Two payloads are one when prefix, longest length and system are the
 * same. About 80 bytes for each. One writer, and no reader while it writes.
 */
public final class VrpTable {
  /** Eight times what all trust anchors had together in 2026. */
  public static final int MAX_PAYLOADS = 5_000_000;

  /** More names of trust anchors than this become one. */
  private static final int MAX_ANCHORS = 100;

  private static final int NONE = -1;
  private static final int FIRST_CAPACITY = 64;
  private static final Cidr ALL_IPV4 = new Cidr(false, 0, 0, 0);
  private static final Cidr ALL_IPV6 = new Cidr(true, 0, 0, 0);

  private final PrefixTrie ipv4 = new PrefixTrie(false, MAX_PAYLOADS);
  private final PrefixTrie ipv6 = new PrefixTrie(true, MAX_PAYLOADS);
  private final List<String> anchors = new ArrayList<>(List.of(""));

  private int[] asns = new int[FIRST_CAPACITY];
  private byte[] longest = new byte[FIRST_CAPACITY];
  private byte[] anchorOf = new byte[FIRST_CAPACITY];

  /** Seconds since 1970; 0 where it is not told. */
  private long[] expires = new long[FIRST_CAPACITY];

  /** The next payload of the same prefix; of a free place the next free one. */
  private int[] next = new int[FIRST_CAPACITY];

  private int places;
  private int free = NONE;
  private int size;

  public int size() {
    return size;
  }

  /** Puts it in; false when it was there, or there are {@link #MAX_PAYLOADS}. */
  public boolean add(Vrp vrp) {
    PrefixTrie trie = trie(vrp.prefix());
    int node = trie.find(vrp.prefix());
    int head = node == PrefixTrie.NONE ? NONE : trie.valueOf(node);
    if (size >= MAX_PAYLOADS || find(head, vrp) != NONE) {
      return false;
    }
    int place = place();
    asns[place] = (int) vrp.asn();
    longest[place] = (byte) (vrp.maxLength() - 1);
    anchorOf[place] = anchor(vrp.anchor());
    expires[place] = vrp.expires().map(Instant::getEpochSecond).orElse(0L);
    next[place] = head;
    trie.put(vrp.prefix(), place);
    size++;
    return true;
  }

  /** Takes it out; false when it was not there. Anchor and end do not matter. */
  public boolean remove(Vrp vrp) {
    PrefixTrie trie = trie(vrp.prefix());
    int node = trie.find(vrp.prefix());
    int head = node == PrefixTrie.NONE ? NONE : trie.valueOf(node);
    int place = find(head, vrp);
    if (place == NONE) {
      return false;
    }
    if (place != head) {
      next[before(head, place)] = next[place];
    } else if (next[place] != NONE) {
      trie.setValue(node, next[place]);
    } else {
      trie.remove(node);
    }
    next[place] = free;
    free = place;
    size--;
    return true;
  }

  /** Whether it is in here. */
  public boolean contains(Vrp vrp) {
    PrefixTrie trie = trie(vrp.prefix());
    int node = trie.find(vrp.prefix());
    return node != PrefixTrie.NONE && find(trie.valueOf(node), vrp) != NONE;
  }

  /**
   * The state of a route (RFC 6811 section 2.1).
   *
   * @param origin empty where the path ends with a set: nothing allows that
   */
  public Validity validity(Cidr route, Optional<Long> origin) {
    List<Vrp> covering = covering(route);
    if (covering.isEmpty()) {
      return Validity.NOT_FOUND;
    }
    boolean allowed =
        origin.isPresent() && covering.stream().anyMatch(vrp -> vrp.allows(route, origin.get()));
    return allowed ? Validity.VALID : Validity.INVALID;
  }

  /** The payloads whose prefix holds {@code route}, the shortest prefix first. */
  public List<Vrp> covering(Cidr route) {
    List<Vrp> found = new ArrayList<>();
    PrefixTrie trie = trie(route);
    trie.covering(route, node -> eachOf(trie, node, found::add));
    return found;
  }

  /** Visits every payload: IPv4 first, in order of prefix. */
  public void forEach(Consumer<Vrp> visit) {
    ipv4.within(
        ALL_IPV4,
        node -> {
          eachOf(ipv4, node, visit);
          return true;
        });
    ipv6.within(
        ALL_IPV6,
        node -> {
          eachOf(ipv6, node, visit);
          return true;
        });
  }

  /** How many payloads each trust anchor has, by its name. */
  public SortedMap<String, Integer> byAnchor() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    forEach(vrp -> counts.merge(vrp.anchor(), 1, Integer::sum));
    return counts;
  }

  private void eachOf(PrefixTrie trie, int node, Consumer<Vrp> visit) {
    Cidr prefix = trie.prefixOf(node);
    for (int at = trie.valueOf(node); at != NONE; at = next[at]) {
      Optional<Instant> end =
          expires[at] == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(expires[at]));
      long asn = Integer.toUnsignedLong(asns[at]);
      visit.accept(new Vrp(prefix, longest[at] + 1, asn, anchors.get(anchorOf[at]), end));
    }
  }

  private int find(int head, Vrp vrp) {
    int at = head;
    while (at != NONE && (asns[at] != (int) vrp.asn() || longest[at] + 1 != vrp.maxLength())) {
      at = next[at];
    }
    return at;
  }

  private int before(int head, int place) {
    int at = head;
    while (next[at] != place) {
      at = next[at];
    }
    return at;
  }

  private int place() {
    if (free != NONE) {
      int place = free;
      free = next[place];
      return place;
    }
    if (places == asns.length) {
      int capacity = places + (places >> 1);
      asns = Arrays.copyOf(asns, capacity);
      longest = Arrays.copyOf(longest, capacity);
      anchorOf = Arrays.copyOf(anchorOf, capacity);
      expires = Arrays.copyOf(expires, capacity);
      next = Arrays.copyOf(next, capacity);
    }
    return places++;
  }

  private byte anchor(String name) {
    int known = anchors.indexOf(name);
    if (known < 0 && anchors.size() < MAX_ANCHORS) {
      anchors.add(name);
      known = anchors.size() - 1;
    }
    return (byte) Math.max(known, 0);
  }

  private PrefixTrie trie(Cidr prefix) {
    return prefix.ipv6() ? ipv6 : ipv4;
  }
}
