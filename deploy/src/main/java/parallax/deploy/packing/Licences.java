package parallax.deploy.packing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What others allow, and what of that is taken: where they offer several licences, the first of
 * those below. All of them let the work be passed on in binary form beside works of others, with
 * their text.
 */
final class Licences {
  private static final List<String> TAKEN =
      List.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0");

  /** What authors call them where they have no SPDX identifier; the text is the same. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("Go License", "BSD-3-Clause", "Bouncy Castle Licence", "MIT");

  /** What was done to some, for people. */
  static final String RENEWED =
      "classes compiled for Java 5 were written anew for Java 8, with maps of types, by Parallax";

  private Licences() {}

  /** The licence by which a part is passed on; empty when none of its licences will do. */
  static Optional<String> of(Part part) {
    List<String> offered =
        part.licences().map(name -> OTHER_NAMES.getOrDefault(name, name)).toList();
    return TAKEN.stream().filter(offered::contains).findFirst();
  }

  /**
   * The list for people, in Markdown.
   *
   * @param parts of others
   * @throws IllegalArgumentException when one may not be passed on, with the names of all of them
   */
  static String list(Collection<Part> parts) {
    String refused =
        parts.stream()
            .filter(part -> of(part).isEmpty())
            .map(part -> part.name() + " " + part.licences().toList())
            .sorted()
            .collect(Collectors.joining(", "));
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException("no licence that will do: " + refused);
    }
    Map<String, String> rows = new TreeMap<>();
    for (Part part : parts) {
      String name = part.group() + ":" + part.name();
      String taken = of(part).orElseThrow();
      rows.put(
          name + " " + part.version(),
          "| %s | %s%s | [%s](licences/%s.txt) | %s |"
              .formatted(
                  name,
                  part.version(),
                  part.isChanged() ? " (changed)" : "",
                  taken,
                  taken,
                  part.licences().distinct().collect(Collectors.joining(", "))));
    }
    return """
    # Works of others

    | work | version | passed on by | offered by its authors |
    |---|---|---|---|
    """
        + String.join("\n", rows.values())
        + "\n\n"
        + "What its authors say in a jar itself (licences, notices) is in `notices/`. The Java"
        + " runtime has its own in `../runtime/legal/`. Changed: "
        + RENEWED
        + ".\n";
  }
}
