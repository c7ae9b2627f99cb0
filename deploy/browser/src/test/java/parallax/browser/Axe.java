package parallax.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Deque's axe-core, which finds what keeps people from reading a page (WCAG 2.2, levels A and AA).
 * It comes into a page by the browser itself, so pages keep their policy.
 */
final class Axe {
  private static final String RUN =
      """
      async (rules) => {
        const found = await axe.run(document, {resultTypes: ["violations"], runOnly: rules});
        return found.violations
            .filter(each => ["serious", "critical"].includes(each.impact))
            .flatMap(each => each.nodes.slice(0, 3).map(node =>
                each.impact + " " + each.id + ": " + each.help + ": " + node.html.slice(0, 200) +
                " " + (node.failureSummary || "").replaceAll("\\n", " ").slice(0, 300)));
      }
      """;

  private static final List<String> ALL =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

  private Axe() {}

  /** Lays it into every page to come. */
  static void into(BrowserContext context) {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      byte[] script = Objects.requireNonNull(in, "axe.min.js").readAllBytes();
      context.addInitScript(new String(script, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is serious or critical on a page that is there. */
  static List<String> violations(Page page) {
    return violations(page, ALL);
  }

  /** The same of what colours alone can do wrong. */
  static List<String> violationsOfColours(Page page) {
    return violations(page, COLOURS);
  }

  private static List<String> violations(Page page, List<String> rules) {
    List<String> found = new ArrayList<>();
    if (page.evaluate(RUN, rules) instanceof List<?> all) {
      all.forEach(each -> found.add(String.valueOf(each)));
    }
    return found;
  }
}
