package parallax.probe.registration.status;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the state that a registry's word stands for. */
public final class StateWords {
  /** Longer texts are sentences. */
  public static final int MAX_CHARS = 160;

  private static final int ASCII = 0x80;
  private static final String RESOURCE = "/parallax/probe/registration/status/states.txt";
  private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]+");
  private static final Pattern EXPLAINED =
      Pattern.compile("\\s*(?:\\(?\\s*https?:.*|\\(.*|\\[.*|--?(?: .*)?)$");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private static final StateWords SHIPPED = load();

  private final Map<String, DomainState> byLetters;

  private StateWords(List<String> lines) {
    Map<String, DomainState> states = new HashMap<>();
    for (DomainState state : DomainState.values()) {
      states.put(letters(state.eppName().orElse(state.name())), state);
    }
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> cells = List.of(line.split("\t"));
        DomainState state = DomainState.valueOf(cells.getFirst());
        for (String word : cells.getLast().split(", *")) {
          states.put(letters(word), state);
        }
      }
    }
    this.byLetters = Collections.unmodifiableMap(states);
  }

  /** The spellings that come with Parallax. */
  public static StateWords shipped() {
    return SHIPPED;
  }

  private static StateWords load() {
    try (InputStream in =
            Objects.requireNonNull(StateWords.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new StateWords(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state that {@code word} names, {@link DomainState#UNKNOWN} when it is none we know. */
  public DomainState stateOf(String word) {
    return known(word).orElse(DomainState.UNKNOWN);
  }

  /** As {@link #stateOf}, or nothing. */
  public Optional<DomainState> known(String word) {
    if (word.length() > MAX_CHARS) {
      return Optional.empty();
    }
    String whole = letters(word);
    return Optional.ofNullable(byLetters.get(whole))
        .or(() -> Optional.ofNullable(byLetters.get(letters(withoutExplanation(word)))));
  }

  /** Without the link or the words in brackets that follow a state. */
  public static String withoutExplanation(String word) {
    if (word.length() > MAX_CHARS) {
      return word;
    }
    String bare = EXPLAINED.matcher(word).replaceFirst("").strip();
    return bare.isEmpty() ? word.strip() : bare;
  }

  private static String letters(String word) {
    if (word.chars().allMatch(letter -> letter < ASCII)) {
      return NOT_LETTERS.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("");
    }
    String plain = MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFKD)).replaceAll("");
    return NOT_LETTERS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
