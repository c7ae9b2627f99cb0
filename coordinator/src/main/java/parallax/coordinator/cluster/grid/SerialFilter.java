package parallax.coordinator.cluster.grid;

import java.io.ObjectInputFilter;

/**
 * The JVM's own filter of Java serialization, as a second lock behind Hazelcast's: nothing in a
 * coordinator reads objects in that form but Hazelcast, and that only what went wrong.
 */
final class SerialFilter {
  private static final String BOUNDS = "maxdepth=32;maxrefs=10000;maxbytes=1000000;maxarray=10000;";

  private SerialFilter() {}

  /** Sets the filter, unless the JVM was started with one. */
  static void install() {
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(
          ObjectInputFilter.Config.createFilter(
              BOUNDS + String.join(";", JavaClasses.NEEDED_BY_PATTERN) + ";!*"));
    }
  }
}
