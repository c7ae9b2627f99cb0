package parallax.probe.audit.origin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.observation.Printable;
import parallax.probe.audit.facts.Origin.AutonomousSystem;
import parallax.probe.net.Cidr;

/** Reads one line of a table of routes. Pure. */
sealed interface OriginLine {
  /** More origins of one prefix than this are no route. */
  int MAX_ORIGINS = 16;

  /** A table has two columns or three. */
  int MAX_COLUMNS = 4;

  /** What was found is shown up to here. */
  int MAX_SHOWN = 40;

  /** Nothing but a comment. */
  record Blank() implements OriginLine {}

  /** A route. */
  record Route(Cidr prefix, SortedSet<Long> systems) implements OriginLine {
    public Route {
      systems = Collections.unmodifiableSortedSet(new TreeSet<>(systems));
    }
  }

  /**
   * Neither.
   *
   * @param column from 1, in UTF-16 code units
   */
  record Bad(int column, String message) implements OriginLine {}

  /** A word and where it begins, from 0. */
  record Word(int at, String text) {}

  /**
   * {@code prefix TAB length TAB asn} as CAIDA's pfx2as has it, several origins joined by {@code _}
   * and sets by {@code ,}; or {@code prefix/length asn}, with or without {@code AS} in front.
   */
  static OriginLine read(String line) {
    int comment = line.indexOf('#');
    List<Word> words = words(comment < 0 ? line : line.substring(0, comment));
    if (words.isEmpty()) {
      return new Blank();
    }
    Word first = words.getFirst();
    boolean slash = first.text().indexOf('/') >= 0;
    int wanted = slash ? 2 : 3;
    if (words.size() != wanted) {
      int at = words.size() > wanted ? words.get(wanted).at() : line.length();
      return new Bad(
          at + 1,
          slash
              ? "needs a prefix and its origin: 192.0.2.0/24 64500"
              : "needs prefix, length and origin: 192.0.2.0 24 64500");
    }
    Word origin = words.getLast();
    Optional<SortedSet<Long>> systems = systems(origin.text());
    if (systems.isEmpty()) {
      return new Bad(origin.at() + 1, "not the number of an autonomous system: " + shown(origin));
    }
    try {
      String prefix = slash ? first.text() : first.text() + "/" + words.get(1).text();
      return new Route(Cidr.parse(prefix), systems.get());
    } catch (IllegalArgumentException e) {
      return new Bad(
          first.at() + 1, Printable.bounded(String.valueOf(e.getMessage()), 2 * MAX_SHOWN));
    }
  }

  private static String shown(Word word) {
    return Printable.bounded(word.text(), MAX_SHOWN);
  }

  private static List<Word> words(String line) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < line.length() && words.size() < MAX_COLUMNS) {
      int end = at;
      while (end < line.length() && !isSpace(line.charAt(end))) {
        end++;
      }
      if (end > at) {
        words.add(new Word(at, line.substring(at, end)));
      }
      at = end + 1;
    }
    return words;
  }

  private static boolean isSpace(char character) {
    return character == ' ' || character == '\t' || character == '\r';
  }

  private static Optional<SortedSet<Long>> systems(String text) {
    SortedSet<Long> systems = new TreeSet<>();
    for (String part : text.split("[_,]", MAX_ORIGINS + 1)) {
      Optional<Long> number = number(part);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      systems.add(number.get());
    }
    return Optional.of(systems);
  }

  /** {@code 64500} or {@code AS64500}; empty when it is none. */
  static Optional<Long> number(String text) {
    String digits = text.toUpperCase(Locale.ROOT).startsWith("AS") ? text.substring(2) : text;
    boolean plain =
        !digits.isEmpty()
            && digits.length() <= 10
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return Optional.of(plain)
        .filter(Boolean::booleanValue)
        .map(_ -> Long.parseLong(digits))
        .filter(number -> number >= 1 && number <= AutonomousSystem.MAX_NUMBER);
  }
}
