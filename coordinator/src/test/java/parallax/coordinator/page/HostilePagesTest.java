package parallax.coordinator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A page has the same elements with the same attributes whatever stands in the fields that targets,
 * probes, registries, routers and people fill.
 */
final class HostilePagesTest {
  private static final Pattern TAG =
      Pattern.compile("<(/?[a-z0-9!]+)((?:[^<>\"]|\"[^\"<>]*\")*)>", Pattern.CASE_INSENSITIVE);
  private static final Set<String> VOID = Set.of("meta", "link", "br", "input");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([A-Za-z:-]+)(?:=\"([^\"<>]*)\")?");

  @Test
  void thereAreAHundred() {
    assertThat(Payloads.all().distinct()).hasSize(100);
  }

  @ParameterizedTest
  @MethodSource("parallax.coordinator.page.Payloads#all")
  void noElementAndNoAttributeComesFromData(String payload) {
    Map<String, String> plain = HostileWorld.pages("plain");
    HostileWorld.pages(payload)
        .forEach(
            (name, html) -> {
              assertThat(structure(html))
                  .as(name)
                  .isEqualTo(structure(Objects.requireNonNull(plain.get(name))));
              assertThat(html)
                  .as(name)
                  .doesNotContain("href=\"javascript:", "src=\"javascript:", "href=\"//");
            });
  }

  @Test
  void everyElementIsClosedWhereItShouldBe() {
    HostileWorld.pages("plain")
        .forEach(
            (name, html) -> {
              Deque<String> open = new ArrayDeque<>();
              Matcher tags = TAG.matcher(html);
              while (tags.find()) {
                String tag = tags.group(1);
                if (tag.startsWith("/")) {
                  assertThat(tag.substring(1))
                      .as(name + " at " + tags.start())
                      .isEqualTo(open.pop());
                } else if (!tag.startsWith("!") && !VOID.contains(tag)) {
                  open.push(tag);
                }
              }
              assertThat(open).as(name).isEmpty();
            });
  }

  @Test
  void noTwoElementsOfAPageHaveTheSameId() {
    HostileWorld.pages("plain")
        .forEach(
            (name, html) -> {
              List<String> ids = new ArrayList<>();
              Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(html);
              while (id.find()) {
                ids.add(id.group(1));
              }
              assertThat(ids).as(name).doesNotHaveDuplicates();
            });
  }

  @Test
  void whatIsFilledInIsShown() {
    HostileWorld.pages("zebra-crossing")
        .forEach(
            (name, html) -> {
              if (!name.equals("regions")) {
                assertThat(html).as(name).contains("zebra-crossing");
              }
            });
  }

  /** Elements and the names of their attributes, in order. */
  private static List<String> structure(String html) {
    List<String> found = new ArrayList<>();
    Matcher tags = TAG.matcher(html);
    while (tags.find()) {
      StringBuilder tag = new StringBuilder(tags.group(1));
      Matcher attributes = ATTRIBUTE.matcher(tags.group(2));
      int end = 0;
      while (attributes.find() && attributes.start() == end) {
        tag.append(' ').append(attributes.group(1));
        end = attributes.end();
      }
      assertThat(tags.group(2).substring(end)).as(tags.group()).isBlank();
      found.add(tag.toString());
    }
    assertThat(html.chars().filter(c -> c == '<').count()).isEqualTo(found.size());
    return found;
  }
}
