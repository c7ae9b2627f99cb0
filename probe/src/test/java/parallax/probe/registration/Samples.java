package parallax.probe.registration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Stored answers of registries and what is expected of each: {@code samples.zip}. */
final class Samples {
  private static final String RESOURCE = "/parallax/probe/registration/samples.zip";

  private final SortedMap<String, byte[]> files;

  private Samples(SortedMap<String, byte[]> files) {
    this.files = Collections.unmodifiableSortedMap(files);
  }

  /**
   * A row of {@code expected.tsv}; its README tells the columns.
   *
   * @param throttled whether the answer refuses
   * @param expiryCheck how sure its origin's expiry is
   */
  record Expected(
      String file,
      String registered,
      boolean throttled,
      String statuses,
      String created,
      String updated,
      String expires,
      String nameServers,
      String expiryCheck) {
    static Expected of(String row) {
      List<String> cells = List.of(row.split("\t", -1));
      return new Expected(
          cells.getFirst(),
          cells.get(4),
          cells.get(5).equals("yes"),
          cells.get(7),
          cells.get(8),
          cells.get(9),
          cells.get(10),
          cells.get(11),
          cells.get(13));
    }

    boolean rdap() {
      return file.startsWith("rdap/");
    }

    /** The folder of the sample is the suffix that was asked of. */
    String tld() {
      return rdap() ? "" : List.of(file.split("/")).get(1);
    }

    /** Whether the row says when the registration ends, or that nothing says so. */
    boolean tellsExpiry() {
      return switch (expiryCheck) {
        case "exact" -> true;
        case "none" -> expires.isEmpty();
        case "json" -> !registered.isEmpty();
        default -> false;
      };
    }
  }

  static Samples load() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (InputStream in =
            Objects.requireNonNull(Samples.class.getResourceAsStream(RESOURCE), RESOURCE);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Samples(files);
  }

  List<Expected> expected() {
    return new String(bytes("expected.tsv"), StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(Expected::of)
        .toList();
  }

  byte[] bytes(String file) {
    return Objects.requireNonNull(files.get(file), file).clone();
  }
}
