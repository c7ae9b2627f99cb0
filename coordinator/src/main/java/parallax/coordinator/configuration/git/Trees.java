package parallax.coordinator.configuration.git;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** Reads tree objects: {@code MODE NAME\0HASH}, again and again. */
final class Trees {
  private static final int HASH_BYTES = 20;
  private static final int MAX_MODE_DIGITS = 6;

  private Trees() {}

  /** What an entry is. */
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    SUBMODULE,
    OTHER
  }

  /** One entry. */
  record Entry(Kind kind, String name, ObjectId id) {}

  /** Bytes that are not a tree whose names can be files. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static List<Entry> parse(byte[] tree) throws Malformed {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < tree.length) {
      int space = find(tree, at, (byte) ' ');
      int end = find(tree, space + 1, (byte) 0);
      if (end + HASH_BYTES >= tree.length) {
        throw new Malformed("a tree ends too early");
      }
      entries.add(
          new Entry(
              kind(tree, at, space), name(tree, space + 1, end), ObjectId.fromRaw(tree, end + 1)));
      at = end + 1 + HASH_BYTES;
    }
    return entries;
  }

  private static int find(byte[] tree, int from, byte wanted) throws Malformed {
    int at = from;
    while (at < tree.length && tree[at] != wanted) {
      at++;
    }
    if (at >= tree.length) {
      throw new Malformed("a tree ends too early");
    }
    return at;
  }

  private static Kind kind(byte[] tree, int from, int to) throws Malformed {
    if (to - from < 1 || to - from > MAX_MODE_DIGITS) {
      throw new Malformed("a tree has an entry of no known kind");
    }
    int mode = 0;
    for (int at = from; at < to; at++) {
      mode = mode << 3 | (tree[at] - '0' & 7);
    }
    return switch (mode & 0170000) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.FOLDER;
      case 0120000 -> Kind.LINK;
      case 0160000 -> Kind.SUBMODULE;
      default -> Kind.OTHER;
    };
  }

  private static String name(byte[] tree, int from, int to) throws Malformed {
    try {
      String name =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(tree, from, to - from))
              .toString();
      boolean sound =
          !name.isEmpty()
              && !name.equals(".")
              && !name.equals("..")
              && name.indexOf('/') < 0
              && name.codePoints().noneMatch(Character::isISOControl);
      if (!sound) {
        throw new Malformed("a tree has an entry that no file can be called by");
      }
      return name;
    } catch (CharacterCodingException e) {
      throw new Malformed("a name is not text in UTF-8");
    }
  }
}
