package parallax.config.bind;

import java.util.List;
import java.util.Optional;

/** How a value is written: what an editor can check without knowing what it means. */
public sealed interface Form {
  /**
   * Text.
   *
   * @param pattern a regular expression that Java and ECMAScript read alike
   */
  record Text(Optional<String> pattern, int minLength, int maxLength) implements Form {}

  /** Text, a number or a boolean, taken as written. */
  record Written(int maxLength) implements Form {}

  /** A scalar of JSON. */
  record AnyScalar() implements Form {}

  record WholeNumber(long min, long max) implements Form {}

  /** One of some words; a word that looks like a number or a boolean may be written as one. */
  record Choice(List<String> words) implements Form {
    public Choice {
      words = List.copyOf(words);
    }
  }

  record ListOf(Form item, int min, int max) implements Form {}

  /** A list, or its only item by itself. */
  record OneOrMany(Form item, int max) implements Form {}

  /** A mapping with keys of the user's own. */
  record Table(String keyPattern, Form value, int max) implements Form {}

  /** A mapping with keys of ours. */
  record Fields(Shape shape) implements Form {}

  record Either(List<Form> forms) implements Form {
    public Either {
      forms = List.copyOf(forms);
    }
  }
}
