package parallax.coordinator.words;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places for values: {@code {0}}, {@code {1}} and so on, each once at most. What is put
 * into it is never looked at again, so a name with braces stays one.
 */
final class Template {
  private static final Pattern SLOT = Pattern.compile("\\{(\\d)}");

  /** One more than there are slots. */
  private final List<String> literals = new ArrayList<>();

  private final List<Integer> slots = new ArrayList<>();
  private int letters;

  Template(String text) {
    Matcher slot = SLOT.matcher(text);
    int from = 0;
    while (slot.find()) {
      literals.add(text.substring(from, slot.start()));
      slots.add(Integer.parseInt(slot.group(1)));
      from = slot.end();
    }
    literals.add(text.substring(from));
    literals.forEach(each -> letters += each.length());
  }

  /** How many characters it has beside its values. */
  int letters() {
    return letters;
  }

  /** The numbers of its slots, in order. */
  List<Integer> slots() {
    return slots.stream().sorted().toList();
  }

  /**
   * The text with its values.
   *
   * @throws IndexOutOfBoundsException when one is missing
   */
  String filled(Object... values) {
    if (slots.isEmpty()) {
      return literals.getFirst();
    }
    StringBuilder text = new StringBuilder(letters + 16 * slots.size());
    text.append(literals.getFirst());
    for (int index = 0; index < slots.size(); index++) {
      text.append(values[slots.get(index)]).append(literals.get(index + 1));
    }
    return text.toString();
  }

  /** The values by which it is this text, each as short as may be; in time linear in the text. */
  Optional<List<String>> valuesIn(String text) {
    if (slots.isEmpty()) {
      return text.equals(literals.getFirst()) ? Optional.of(List.of()) : Optional.empty();
    }
    if (!text.startsWith(literals.getFirst())) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>(Collections.nCopies(Collections.max(slots) + 1, ""));
    int from = literals.getFirst().length();
    for (int index = 0; index < slots.size(); index++) {
      String literal = literals.get(index + 1);
      boolean last = index == slots.size() - 1;
      int end = last ? text.length() - literal.length() : text.indexOf(literal, from);
      if (end < from || !text.startsWith(literal, end)) {
        return Optional.empty();
      }
      values.set(slots.get(index), text.substring(from, end));
      from = end + literal.length();
    }
    return Optional.of(values);
  }
}
