package parallax.browser;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the screens as people do: from the first page by what the pages link to. */
final class Screens {
  /** Of one shape, of which there may be thousands. */
  private static final int OF_EACH_SHAPE = 1;

  /** Longer walks are a mistake. */
  private static final int MAX_SCREENS = 80;

  /** What is for programs. */
  private static final List<String> NO_SCREENS =
      List.of(
          "/api/", "/openapi", "/metrics", "/public/", "/feed", "/badge/", "/assets/", "/reports/");

  /** Files, which are no pages. */
  private static final Pattern FILE = Pattern.compile("[^?]*\\.(?:ics|svg|png)(?:\\?.*)?");

  /** But for those to the same page in another language, which is shown from then on. */
  private static final String LINKS =
      "[...document.querySelectorAll('a[href]')]"
          + ".filter(a => !a.closest('.language')).map(a => a.href)";

  private Screens() {}

  /** The paths of all screens that can be reached from the first, one of each shape. */
  static List<String> of(Chromium.Tab tab, URI home) {
    TreeMap<String, Integer> shapes = new TreeMap<>();
    Set<String> known = new HashSet<>(List.of("/"));
    Deque<String> waiting = new ArrayDeque<>(List.of("/"));
    List<String> found = new ArrayList<>();
    while (!waiting.isEmpty()) {
      String path = waiting.removeFirst();
      if (shapes.merge(shape(path), 1, Integer::sum) > OF_EACH_SHAPE) {
        continue;
      }
      found.add(path);
      if (found.size() > MAX_SCREENS) {
        throw new AssertionError("more screens than anybody would click through: " + found);
      }
      tab.open(path);
      for (String link : tab.texts(LINKS)) {
        String there = "/" + link.substring(Math.min(home.toString().length(), link.length()));
        boolean ours = link.startsWith(home.toString()) && !link.contains("#");
        boolean screen =
            NO_SCREENS.stream().noneMatch(there::startsWith) && !FILE.matcher(there).matches();
        if (ours && screen && known.add(there)) {
          waiting.addLast(there);
        }
      }
    }
    return found;
  }

  /** Paths of one shape show the same of something else: with the same names of parameters. */
  private static String shape(String path) {
    String[] parts = path.split("\\?", 2);
    String[] steps = parts[0].split("/", -1);
    StringBuilder shape = new StringBuilder(steps.length > 1 ? steps[1] : "");
    for (int step = 2; step < steps.length; step++) {
      shape.append("/*");
    }
    if (parts.length > 1) {
      for (String each : parts[1].split("&", -1)) {
        shape.append(' ').append(each.replaceAll("=.*", ""));
      }
    }
    return shape.toString();
  }
}
