package parallax.coordinator.notify.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.letter.Letter;

/**
 * A letter as chats show it: cleaned, bounded, most important first. Texts are not escaped. Pure.
 *
 * @param headline with a sign for the grade, and for a drill, in front
 * @param cut whether some of it was left out
 */
record Sheet(String headline, List<Item> items, List<Link> links, boolean cut) {
  /** The headline in UTF-16 units, without what stands in front. */
  static final int MAX_HEADLINE = 600;

  private static final int MAX_NAME = 60;
  private static final int MAX_TEXT = 300;
  private static final int MAX_LINES = 12;
  private static final int MAX_LINKS = 4;

  Sheet {
    items = List.copyOf(items);
    links = List.copyOf(links);
  }

  /** What stands below the headline. */
  sealed interface Item {
    /** Over the lines that follow. */
    record Title(String text) implements Item {}

    record Fact(String name, String text) implements Item {}

    record Bullet(String text) implements Item {}
  }

  /**
   * Somewhere to go on.
   *
   * @param target http or https, in ASCII
   */
  record Link(String words, String target) {}

  static Sheet of(Letter letter) {
    Headings headings = Headings.of(letter.language());
    List<Item> items = new ArrayList<>();
    letter.facts().stream()
        .limit(MAX_LINES)
        .map(fact -> new Item.Fact(Line.of(fact.name(), MAX_NAME), Line.of(fact.text(), MAX_TEXT)))
        .forEach(items::add);
    section(items, headings.against(), letter.against());
    section(items, headings.evidence(), letter.evidence());
    section(items, headings.targets(), letter.members());
    if (letter.moreMembers() > 0) {
      items.add(new Item.Bullet(headings.more(letter.moreMembers())));
    }
    List<Link> links = new ArrayList<>();
    for (Letter.Link link : letter.links().stream().limit(MAX_LINKS).toList()) {
      Line.target(link).ifPresent(url -> links.add(new Link(words(link.words(), headings), url)));
    }
    boolean unmarked = letter.drill() && !letter.headline().startsWith(Letter.DRILL);
    String drill = unmarked ? headings.drill() + " · " : "";
    String headline = Line.of(letter.headline(), MAX_HEADLINE);
    return new Sheet(sign(letter.grade()) + " " + drill + headline, items, links, false);
  }

  private static String words(String words, Headings headings) {
    String line = Line.of(words, MAX_NAME);
    return line.isEmpty() ? headings.link() : line;
  }

  private static void section(List<Item> items, String title, List<String> texts) {
    List<Item> lines =
        texts.stream()
            .limit(MAX_LINES)
            .map(text -> Line.of(text, MAX_TEXT))
            .filter(line -> !line.isEmpty())
            .<Item>map(Item.Bullet::new)
            .toList();
    if (!lines.isEmpty()) {
      items.add(new Item.Title(title));
      items.addAll(lines);
    }
  }

  /** As many of its items, from the top, as cost no more in all than the budget. */
  Sheet within(int budget, ToIntFunction<Item> cost) {
    List<Item> fitting = new ArrayList<>();
    int left = budget;
    for (Item item : items) {
      left -= cost.applyAsInt(item);
      if (left < 0) {
        return new Sheet(headline, fitting, links, true);
      }
      fitting.add(item);
    }
    return this;
  }

  private static String sign(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> "🔴";
      case WARNING -> "🟠";
      case NOTE -> "🔵";
      case GOOD -> "🟢";
    };
  }

  /** The few words of chats that no letter brings along. */
  private record Headings(
      String evidence,
      String against,
      String targets,
      String drill,
      String link,
      String beforeMore,
      String afterMore) {

    static Headings of(Letter.Language language) {
      return switch (language) {
        case ENGLISH ->
            new Headings(
                "Evidence", "What speaks against it", "Targets", "DRILL", "Open", "and ", " more");
        case JAPANESE -> new Headings("根拠", "反証", "対象", "訓練", "開く", "ほか ", " 件");
      };
    }

    /** So many more than are named. */
    String more(int count) {
      return beforeMore + count + afterMore;
    }
  }
}
