package parallax.probe.registration.whois.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Rows of a shipped table: cells between tabs, {@code #} before remarks. */
final class TableLines {
  private static final String FOLDER = "/parallax/probe/registration/whois/";

  private TableLines() {}

  static List<List<String>> of(String name) {
    String resource = FOLDER + name;
    try (InputStream in =
            Objects.requireNonNull(TableLines.class.getResourceAsStream(resource), resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.split("\t+")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
