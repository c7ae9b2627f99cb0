package parallax.config.bind;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.observation.Printable;
import parallax.config.problem.Place;
import parallax.config.problem.Problems;
import parallax.config.secret.SecretSource;
import parallax.config.yaml.Yaml;

/**
 * What readers need at hand.
 *
 * @param planned keys that are read, checked and then refused, as {@code shape.key}
 * @param subject the key whose value is being read, for messages
 */
public record Reading(
    Problems problems, SecretSource secrets, SortedSet<String> planned, String subject) {
  /** How much of a wrong value is shown. */
  private static final int MAX_SHOWN = 60;

  public Reading {
    planned = Collections.unmodifiableSortedSet(new TreeSet<>(planned));
  }

  /** The same reading, one key further. */
  public Reading of(String key) {
    return new Reading(problems, secrets, planned, key);
  }

  /** Notes that {@code node} is not what {@code must} says, and shows it. */
  public <T> Optional<T> wrong(Yaml node, String must) {
    return refuse(node.place(), must + "; found " + found(node));
  }

  /** Notes what the value of {@link #subject} must be, without showing what it is. */
  public <T> Optional<T> refuse(Place place, String must) {
    problems.error(place, "'" + subject + "' " + must);
    return Optional.empty();
  }

  /** What {@code node} is, in words, with a bounded part of its text. */
  public static String found(Yaml node) {
    return switch (node) {
      case Yaml.Mapping _ -> "a mapping";
      case Yaml.Sequence _ -> "a list";
      case Yaml.Scalar scalar ->
          switch (scalar.type()) {
            case NOTHING -> "nothing";
            case TEXT -> quoted(scalar.text());
            case WHOLE_NUMBER, NUMBER, BOOLEAN -> Printable.bounded(scalar.text(), MAX_SHOWN);
          };
    };
  }

  /** A bounded part of {@code text}, harmless to print. */
  public static String quoted(String text) {
    return "\"" + Printable.bounded(text, MAX_SHOWN) + "\"";
  }

  /** What {@code node} is, in words, without its text: for values that may be secrets. */
  public static String foundKind(Yaml node) {
    return node instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT
        ? "text"
        : node instanceof Yaml.Scalar value && value.type() != Yaml.Type.NOTHING
            ? "a number or boolean"
            : found(node);
  }
}
