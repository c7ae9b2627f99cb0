package parallax.coordinator.notify.letter;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one receiver is told of an incident at one moment, in its language. Every text is plain: one
 * line, without control or bidirectional characters, bounded, and what it says may come from
 * anyone. So whoever renders it escapes it.
 *
 * @param key the same for every attempt to deliver it: for receivers that drop repetitions
 * @param incident its identity; letters of one incident belong to one conversation
 * @param number of this letter in the conversation with this receiver, from 1
 * @param headline the first sentence: what, for whom, since when, what broke first, how sure
 * @param facts what is known, most important first
 * @param evidence what it rests on, newest first
 * @param against what speaks against it
 * @param members the targets that are hit, the first few
 * @param moreMembers how many more there are
 * @param links where to read on, the incident's page first
 * @param labels for machines: scope, layer, reason, culprit, and those that all targets share
 */
public record Letter(
    String key,
    String incident,
    int number,
    Occasion occasion,
    Grade grade,
    boolean drill,
    Language language,
    String headline,
    List<Fact> facts,
    List<String> evidence,
    List<String> against,
    List<String> members,
    int moreMembers,
    List<Link> links,
    SortedMap<String, String> labels,
    Times times) {

  /** What the headline of a drill begins with, in every language. */
  public static final String DRILL = "[DRILL]";

  public Letter {
    facts = List.copyOf(facts);
    evidence = List.copyOf(evidence);
    against = List.copyOf(against);
    members = List.copyOf(members);
    links = List.copyOf(links);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Why it is written. */
  public enum Occasion {
    OPENED,
    /** It seemed to be over, and is not. */
    REOPENED,
    /** Its cause, scope or members are others than was told. */
    CHANGED,
    /** It lasts. */
    REMINDER,
    /** Nobody has acknowledged it. */
    ESCALATED,
    ACKNOWLEDGED,
    RESOLVED,
    /** Somebody tries the receiver. */
    TEST;

    /** Whether it is over, as far as the receiver is concerned. */
    public boolean isEnd() {
      return this == RESOLVED;
    }
  }

  /** How bad it is. */
  public enum Grade {
    /** Users cannot use it. */
    CRITICAL,
    /** Some users, or slower, or soon. */
    WARNING,
    /** Nothing is hit: a warning that runs out, trouble of our own side. */
    NOTE,
    /** Over. */
    GOOD
  }

  /** In which receivers are told. */
  public enum Language {
    ENGLISH,
    JAPANESE
  }

  /** Something known, with what it is called: {@code Scope}, {@code for everybody}. */
  public record Fact(String name, String text) {}

  /**
   * Somewhere to go on.
   *
   * @param target http or https
   */
  public record Link(String words, URI target) {}

  /**
   * When.
   *
   * @param onset of the trouble
   * @param written when the letter was decided on
   */
  public record Times(Instant onset, Optional<Instant> resolved, Instant written) {}
}
