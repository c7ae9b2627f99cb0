package parallax.deploy.demo.story;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import parallax.deploy.demo.net.SmallInternet;

/**
 * One outage.
 *
 * @param name for the command line
 * @param past what happened in reality, a line each
 * @param steps how it is repeated
 * @param watch what to look at on the page, a line each
 */
public record Story(
    String name,
    String title,
    List<String> past,
    List<Step> steps,
    List<String> watch,
    Expected expected) {
  /**
   * Something breaks.
   *
   * @param after this long after the step before
   * @param told in words
   */
  public record Step(Duration after, String told, Consumer<SmallInternet> act) {}
}
