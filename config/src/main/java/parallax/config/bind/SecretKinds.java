package parallax.config.bind;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import parallax.config.check.journey.Template;
import parallax.config.problem.Place;
import parallax.config.secret.ReferenceText;
import parallax.config.secret.ReferenceText.Captured;
import parallax.config.secret.ReferenceText.Content;
import parallax.config.secret.ReferenceText.Literal;
import parallax.config.secret.ReferenceText.Part;
import parallax.config.secret.ReferenceText.Variable;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;
import parallax.config.yaml.Yaml;

/** Values that may, or must, be references to secrets. No message ever shows what stands there. */
public final class SecretKinds {
  /** Regular expression (Java and ECMAScript) of text that is a reference and nothing else. */
  public static final String REFERENCE_PATTERN =
      "^\\$\\{(env:[A-Za-z_][A-Za-z0-9_]*|file:[^}]+)\\}$";

  private static final String BAD_REFERENCE =
      "holds a reference that is not known; allowed are ${env:NAME} and ${file:/path}, and a"
          + " literal ${ is written $${";

  private SecretKinds() {}

  /**
   * Text with its references replaced.
   *
   * @param hasReference whether any of it came from elsewhere
   * @param known false when a reference's value is not known here, so {@code value} is incomplete
   */
  public record Expanded(Secret value, boolean hasReference, boolean known) {}

  /** A secret: nothing but one reference. */
  public static Kind<Secret> reference() {
    return new Kind<>(
        new Form.Text(Optional.of(REFERENCE_PATTERN), 1, Kinds.MAX_TEXT),
        (node, reading) -> {
          boolean isReference =
              node instanceof Yaml.Scalar scalar
                  && scalar.type() == Yaml.Type.TEXT
                  && scalar.text().matches(REFERENCE_PATTERN);
          if (!isReference) {
            return reading.refuse(
                node.place(),
                "is a secret and can't be written here; write ${env:NAME} or ${file:/path}");
          }
          return expand((Yaml.Scalar) node, reading).map(Expanded::value);
        });
  }

  /** Text, a number or a boolean as written, in which references are replaced. */
  public static Kind<Expanded> expandable(int maxLength) {
    return expandable(maxLength, SecretKinds::expand);
  }

  private static <T> Kind<T> expandable(
      int maxLength, BiFunction<Yaml.Scalar, Reading, Optional<T>> expansion) {
    return new Kind<>(
        new Form.Written(maxLength),
        (node, reading) ->
            node instanceof Yaml.Scalar scalar
                    && scalar.type() != Yaml.Type.NOTHING
                    && scalar.text().length() <= maxLength
                ? expansion.apply(scalar, reading)
                : reading.refuse(
                    node.place(),
                    "must be text of at most "
                        + maxLength
                        + " characters; found "
                        + Reading.foundKind(node)));
  }

  /**
   * Text of a step.
   *
   * @param hasReference whether any of it comes from elsewhere
   * @param start what is written before the first reference
   */
  public record StepText(Template template, boolean hasReference, String start) {}

  /** Text, a number or a boolean as written; may also hold values that earlier steps capture. */
  public static Kind<StepText> template(int maxLength) {
    return expandable(maxLength, SecretKinds::pieces);
  }

  private static Optional<StepText> pieces(Yaml.Scalar scalar, Reading reading) {
    Optional<List<Part>> parts = ReferenceText.parse(scalar.text());
    if (parts.isEmpty()) {
      return reading.refuse(scalar.place(), BAD_REFERENCE);
    }
    if (parts.get().size() > Template.MAX_PIECES) {
      return reading.refuse(
          scalar.place(), "holds more than " + Template.MAX_PIECES / 2 + " references");
    }
    List<Template.Piece> pieces = new ArrayList<>();
    boolean hasReference = false;
    String start =
        !parts.get().isEmpty() && parts.get().getFirst() instanceof Literal(String text)
            ? text
            : "";
    for (Part part : parts.get()) {
      if (part instanceof Captured(String name)) {
        pieces.add(new Template.Captured(name));
        hasReference = true;
        continue;
      }
      Optional<Expanded> value = value(part, scalar.place(), reading);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      pieces.add(new Template.Fixed(value.get().value()));
      hasReference |= value.get().hasReference();
    }
    return Optional.of(new StepText(new Template(pieces), hasReference, start));
  }

  private static Optional<Expanded> expand(Yaml.Scalar scalar, Reading reading) {
    Optional<List<Part>> parts = ReferenceText.parse(scalar.text());
    if (parts.isEmpty()) {
      return reading.refuse(scalar.place(), BAD_REFERENCE);
    }
    StringBuilder text = new StringBuilder();
    boolean hasReference = false;
    boolean known = true;
    for (Part part : parts.get()) {
      Optional<Expanded> value = value(part, scalar.place(), reading);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      text.append(value.get().value().reveal());
      hasReference |= value.get().hasReference();
      known &= value.get().known();
    }
    return Optional.of(new Expanded(Secret.of(text.toString()), hasReference, known));
  }

  private static Optional<Expanded> value(Part part, Place place, Reading reading) {
    return switch (part) {
      case Literal(String text) -> Optional.of(new Expanded(Secret.of(text), false, true));
      case Variable(String name) -> answer(reading.secrets().variable(name), place, reading);
      case Content(String path) -> {
        try {
          yield answer(reading.secrets().file(place.file().resolveSibling(path)), place, reading);
        } catch (InvalidPathException e) {
          yield reading.refuse(place, "names a file that can't exist");
        }
      }
      case Captured _ -> reading.refuse(place, BAD_REFERENCE);
    };
  }

  private static Optional<Expanded> answer(
      SecretSource.Answer answer, Place place, Reading reading) {
    return switch (answer) {
      case SecretSource.Answer.Known(Secret value) -> Optional.of(new Expanded(value, true, true));
      case SecretSource.Answer.Missing(String why) ->
          reading.refuse(place, "can't be resolved: " + why);
      case SecretSource.Answer.Elsewhere(String why) -> {
        reading.problems().warning(place, "'" + reading.subject() + "': " + why + " here");
        yield Optional.of(new Expanded(Secret.of(""), true, false));
      }
    };
  }
}
