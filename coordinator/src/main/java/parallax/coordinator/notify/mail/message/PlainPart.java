package parallax.coordinator.notify.mail.message;

import java.util.List;
import parallax.coordinator.notify.letter.Letter;

/** A letter in plain text, for terminals, watches and screen readers. */
final class PlainPart {
  private final Letter letter;
  private final Words words;
  private final StringBuilder out = new StringBuilder();

  PlainPart(Letter letter, Words words) {
    this.letter = letter;
    this.words = words;
  }

  String text() {
    if (letter.drill()) {
      line(words.of("drill.banner"));
      line("");
    }
    line(words.of(letter.grade()) + " · " + words.of(letter.occasion()));
    line(Bounds.text(letter.headline()));
    line("");
    Bounds.items(letter.facts())
        .forEach(fact -> line(Bounds.text(fact.name()) + ": " + Bounds.text(fact.text())));
    list("members", Bounds.members(letter, words));
    list("evidence", Bounds.items(letter.evidence()));
    list("against", Bounds.items(letter.against()));
    list(
        "links",
        Bounds.links(letter).stream()
            .map(link -> Bounds.text(link.words()) + ": " + link.target().toASCIIString())
            .toList());
    line("");
    // The mark by which mail programs know a signature, RFC 3676 section 4.3.
    line("-- ");
    line(Bounds.footer(letter, words));
    return out.toString();
  }

  private void list(String title, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    line("");
    line(words.of(title) + ":");
    items.forEach(item -> line("- " + Bounds.text(item)));
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }
}
