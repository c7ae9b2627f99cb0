package parallax.probe.bgp.mrt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import parallax.probe.bgp.route.RouteEvent;

/** Files of collectors and routers: a few in the tree, many beside it where they are there. */
final class Samples {
  private static final Path BESIDE = Path.of("../../shared/data/bgp");
  private static final int FRAMING_COLUMN = 7;

  private Samples() {}

  /** One that belongs to the tree. */
  static byte[] own(String name) {
    try (InputStream in = Samples.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> own() {
    return Stream.of(
            "lab.frr-all-et.mrt",
            "lab.frr-updates.mrt",
            "lab.gobgp-addpath-updates.mrt",
            "lab.gobgp-table.mrt",
            "lab.gobgp-updates.mrt")
        .map(name -> Path.of("src/test/resources/parallax/probe/bgp/mrt", name))
        .toList();
  }

  /** All, those beside the tree included. */
  static List<Path> all() {
    return Stream.concat(own().stream(), beside().keySet().stream()).toList();
  }

  /** Those beside the tree, with the number of records by type that another reader found. */
  static Map<Path, Map<String, Long>> beside() {
    return manifest(name -> name.startsWith("mrt/") || name.contains(".mrt."));
  }

  /** One direction each of sessions beside the tree, with the number of messages by type. */
  static Map<Path, Map<String, Long>> sessions() {
    return manifest(name -> name.startsWith("bgp-session/"));
  }

  private static Map<Path, Map<String, Long>> manifest(Predicate<String> wanted) {
    Map<Path, Map<String, Long>> files = new TreeMap<>();
    Path manifest = BESIDE.resolve("manifest.tsv");
    if (!Files.exists(manifest)) {
      return files;
    }
    try (Stream<String> lines = Files.lines(manifest)) {
      lines
          .map(line -> line.split("\t", -1))
          .filter(columns -> wanted.test(columns[0]))
          .forEach(
              columns -> files.put(BESIDE.resolve(columns[0]), counts(columns[FRAMING_COLUMN])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** {@code n=46;17.1=2;17.4=44} without the sum. */
  private static Map<String, Long> counts(String text) {
    Map<String, Long> counts = new TreeMap<>();
    for (String part : text.split(";", -1)) {
      String[] pair = part.split("=", -1);
      if (!pair[0].equals("n")) {
        counts.put(pair[0], Long.valueOf(pair[1]));
      }
    }
    return counts;
  }

  static int i32(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at);
  }

  static void put(byte[] bytes, int at, int value) {
    ByteBuffer.wrap(bytes).putInt(at, value);
  }

  static MrtSummary read(Path file, Consumer<RouteEvent> events) {
    try (InputStream in = MrtFile.open(file)) {
      return MrtReader.read(in, "test", events);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
