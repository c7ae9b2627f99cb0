package parallax.coordinator.cluster.bundle;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a configuration at one commit. They hold references to secrets, never secrets.
 *
 * @param revision counts up; the greatest is the newest
 * @param commit in words for people
 * @param files text by relative path, with slashes
 */
public record Bundle(long revision, String commit, SortedMap<String, String> files) {
  /** Files in a bundle. */
  public static final int MAX_FILES = 10_000;

  /** Bytes of all files together. */
  public static final int MAX_BYTES = 32 * 1024 * 1024;

  /** Bytes of a bundle as it is kept, compressed. */
  public static final int MAX_PACKED_BYTES = 8 * 1024 * 1024;

  public Bundle {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    if (files.size() > MAX_FILES) {
      throw new IllegalArgumentException(files.size() + " files, at most " + MAX_FILES);
    }
  }
}
