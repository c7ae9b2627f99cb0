package parallax.coordinator.silence;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.target.TargetName;
import parallax.config.text.RegexText;

/** What one label of a target must be. */
public sealed interface LabelMatcher {
  /** Stands for the target's name, and not for a label. */
  String TARGET = "target";

  /** The longest value, in UTF-16 code units: that of a target's name. */
  int MAX_VALUE = 2048;

  int MAX_VALUES = 100;

  /** One of these values. */
  record OneOf(String label, List<String> values) implements LabelMatcher {
    public OneOf {
      values = values.stream().distinct().toList();
      if (values.isEmpty() || values.size() > MAX_VALUES) {
        throw new IllegalArgumentException("values of " + label + ": " + values.size());
      }
    }
  }

  /** A value that the pattern matches from its beginning to its end. */
  record Like(String label, Pattern pattern) implements LabelMatcher {}

  String label();

  /** A pattern of RE2, or why it is none. */
  sealed interface Read {
    record Good(LabelMatcher matcher) implements Read {}

    record Bad(String why) implements Read {}
  }

  /** The matcher for a pattern. */
  static Read like(String label, String pattern) {
    return switch (RegexText.compile(pattern)) {
      case RegexText.Compiled.Good(Pattern compiled) -> new Read.Good(new Like(label, compiled));
      case RegexText.Compiled.Bad(String why) -> new Read.Bad(why);
    };
  }

  /** Whether a target is meant, as far as this label goes; one without the label is not. */
  default boolean matches(TargetName target, SortedMap<String, String> labels) {
    Optional<String> value =
        label().equals(TARGET)
            ? Optional.of(target.value())
            : Optional.ofNullable(labels.get(label()));
    return value.isPresent() && accepts(value.get());
  }

  private boolean accepts(String value) {
    return switch (this) {
      case OneOf one -> one.values().contains(value);
      case Like like -> like.pattern().matches(value);
    };
  }
}
