package parallax.coordinator.access;

import java.util.Locale;
import java.util.Optional;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.words.Language;

/**
 * Somebody who came in, as pages need to know them.
 *
 * @param tellsApart whether people can sign in at all
 * @param forms what their forms are bound to; empty: they are offered none
 * @param language in which they read pages
 */
public record Visitor(Asker asker, boolean tellsApart, Optional<Forms> forms, Language language) {
  /** Somebody of whom nothing is known. */
  public static final Visitor ANYBODY = new Visitor(new Asker.Anybody(), false, Optional.empty());

  /** One who reads English. */
  public Visitor(Asker asker, boolean tellsApart, Optional<Forms> forms) {
    this(asker, tellsApart, forms, Language.EN);
  }

  /** What forms are bound to. */
  public record Forms(Seal seal, String id) {
    /** What a form carries. */
    public String token(byte[] mask) {
      return FormToken.of(seal, id, mask);
    }
  }

  /** Whether what is for this role is offered to them on pages. */
  public boolean may(Role role) {
    return forms.isPresent() && asker.role().filter(held -> held.includes(role)).isPresent();
  }

  /** What is the same for all who are shown the same, but for their names. */
  public String kind() {
    String role = asker.role().map(held -> held.name().toLowerCase(Locale.ROOT)).orElse("nobody");
    String shown = (forms.isPresent() ? " forms" : "") + (tellsApart ? " apart" : "");
    return role + shown + " " + language.tag();
  }
}
