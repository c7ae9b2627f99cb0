package parallax.coordinator.core.persistent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map: an AVL tree whose changed versions share all but the path to the change.
 * Every operation takes time proportional to the logarithm of the size.
 */
public final class SortedTree<K extends Comparable<K>, V> {
  private final @Nullable Node<K, V> root;

  private SortedTree(@Nullable Node<K, V> root) {
    this.root = root;
  }

  /** A node; heights of its two sides differ by one at most. */
  private record Node<K, V>(
      K key,
      V value,
      @Nullable Node<K, V> left,
      @Nullable Node<K, V> right,
      int height,
      int size) {}

  public static <K extends Comparable<K>, V> SortedTree<K, V> empty() {
    return new SortedTree<>(null);
  }

  public int size() {
    return size(root);
  }

  public boolean isEmpty() {
    return root == null;
  }

  /** The longest way from the root to an entry; at most 1.45 times the logarithm of the size. */
  int height() {
    return height(root);
  }

  public Optional<V> get(K key) {
    @Nullable Node<K, V> node = root;
    while (node != null) {
      int order = key.compareTo(node.key);
      if (order == 0) {
        return Optional.of(node.value);
      }
      node = order < 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  public boolean contains(K key) {
    return get(key).isPresent();
  }

  /** The entry of the lowest key. */
  public Optional<Map.Entry<K, V>> first() {
    @Nullable Node<K, V> node = root;
    while (node != null && node.left != null) {
      node = node.left;
    }
    return node == null ? Optional.empty() : Optional.of(Map.entry(node.key, node.value));
  }

  /** This map with {@code value} at {@code key}, whether something was there or not. */
  public SortedTree<K, V> with(K key, V value) {
    return new SortedTree<>(put(root, key, value));
  }

  /** This map without {@code key}. */
  public SortedTree<K, V> without(K key) {
    return contains(key) ? new SortedTree<>(remove(root, key)) : this;
  }

  /** The values in the order of their keys. */
  public List<V> values() {
    List<V> values = new ArrayList<>(size());
    collect(root, values);
    return values;
  }

  /** The values of the lowest keys, at most so many. */
  public List<V> firstValues(int most) {
    List<V> values = new ArrayList<>(Math.min(most, size()));
    collect(root, values, most);
    return values;
  }

  private static <K, V> void collect(@Nullable Node<K, V> node, List<V> into, int most) {
    if (node != null && into.size() < most) {
      collect(node.left, into, most);
      if (into.size() < most) {
        into.add(node.value);
        collect(node.right, into, most);
      }
    }
  }

  private static <K, V> void collect(@Nullable Node<K, V> node, List<V> into) {
    if (node != null) {
      collect(node.left, into);
      into.add(node.value);
      collect(node.right, into);
    }
  }

  private static <K extends Comparable<K>, V> Node<K, V> put(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, null, null, 1, 1);
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return new Node<>(key, value, node.left, node.right, node.height, node.size);
    }
    return order < 0
        ? balanced(node, put(node.left, key, value), node.right)
        : balanced(node, node.left, put(node.right, key, value));
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.key);
    if (order < 0) {
      return balanced(node, remove(node.left, key), node.right);
    }
    if (order > 0) {
      return balanced(node, node.left, remove(node.right, key));
    }
    if (node.left == null) {
      return node.right;
    }
    if (node.right == null) {
      return node.left;
    }
    Node<K, V> next = node.right;
    while (next.left != null) {
      next = next.left;
    }
    return balanced(next, node.left, remove(node.right, next.key));
  }

  /** The entry of {@code at} over two sides whose heights differ by two at most. */
  private static <K, V> Node<K, V> balanced(
      Node<K, V> at, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    int lean = height(left) - height(right);
    if (lean > 1 && left != null) {
      if (height(left.left) < height(left.right) && left.right != null) {
        Node<K, V> top = left.right;
        return node(top, node(left, left.left, top.left), node(at, top.right, right));
      }
      return node(left, left.left, node(at, left.right, right));
    }
    if (lean < -1 && right != null) {
      if (height(right.right) < height(right.left) && right.left != null) {
        Node<K, V> top = right.left;
        return node(top, node(at, left, top.left), node(right, top.right, right.right));
      }
      return node(right, node(at, left, right.left), right.right);
    }
    return node(at, left, right);
  }

  private static <K, V> Node<K, V> node(
      Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    return new Node<>(
        entry.key,
        entry.value,
        left,
        right,
        1 + Math.max(height(left), height(right)),
        1 + size(left) + size(right));
  }

  private static int height(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.height;
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }
}
