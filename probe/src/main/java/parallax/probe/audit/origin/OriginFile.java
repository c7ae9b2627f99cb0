package parallax.probe.audit.origin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import parallax.config.problem.Problem;
import parallax.probe.net.Cidr;

/**
 * A table of routes in a file, as it is or gzipped.
 *
 * @param problems lines that are no routes, at most {@link #MAX_PROBLEMS}
 * @param unread how many more such lines there are
 */
public record OriginFile(Routes routes, List<Problem> problems, int unread) {
  /** The internet has some 1.3 million routes; what comes after this is not read. */
  public static final int MAX_LINES = 4_000_000;

  /** Nobody reads more. */
  public static final int MAX_PROBLEMS = 20;

  public OriginFile {
    problems = List.copyOf(problems);
  }

  /** Reads {@code file}; a prefix on several lines has the origins of all of them. */
  public static OriginFile read(Path file) throws IOException {
    Map<Cidr, SortedSet<Long>> origins = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    int unread = 0;
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.ISO_8859_1))) {
      String line = lines.readLine();
      for (int number = 1; line != null && number <= MAX_LINES; number++) {
        switch (OriginLine.read(line)) {
          case OriginLine.Blank _ -> {}
          case OriginLine.Route(Cidr prefix, SortedSet<Long> systems) ->
              origins.merge(prefix, systems, OriginFile::both);
          case OriginLine.Bad(int column, String message) when problems.size() < MAX_PROBLEMS ->
              problems.add(new Problem(file, number, column, message));
          case OriginLine.Bad _ -> unread++;
        }
        line = lines.readLine();
      }
    }
    return new OriginFile(new Routes(origins), problems, unread);
  }

  private static SortedSet<Long> both(SortedSet<Long> one, SortedSet<Long> other) {
    SortedSet<Long> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
