package parallax.probe.registration.whois.table;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parallax.probe.registration.date.DateContext;
import parallax.probe.registration.date.DateOrder;
import parallax.probe.registration.whois.table.Registry.Layout;
import parallax.probe.registration.whois.table.Registry.LineShape;

/** The tables that come with Parallax, looked up by key, heading and TLD. */
public final class WhoisTables {
  private static final WhoisTables SHIPPED = new WhoisTables();
  private static final int SETTING = 1;
  private static final String LINE = "line.";
  private static final String KEY = "key.";

  private final Map<String, Role> roles = new HashMap<>();
  private final Set<String> firstWords = new HashSet<>();
  private final Map<String, Section> headings = new HashMap<>();
  private final Map<String, Section> objects = new HashMap<>();
  private final Map<String, List<List<String>>> settings = new HashMap<>();
  private final Phrases phrases;

  private WhoisTables() {
    for (List<String> row : TableLines.of("keys.tsv")) {
      Role role = Role.valueOf(row.getFirst());
      for (String key : spellings(row)) {
        roles.put(key, role);
        firstWords.add(key.split(" ", 2)[0]);
      }
    }
    for (List<String> row : TableLines.of("sections.tsv")) {
      Section section = Section.valueOf(row.get(SETTING));
      Map<String, Section> kind = row.getFirst().equals("object") ? objects : headings;
      spellings(row).forEach(word -> kind.put(word, section));
    }
    for (List<String> row : TableLines.of("registries.tsv")) {
      for (String tld : row.getFirst().split(", *")) {
        settings.computeIfAbsent(tld, _ -> new ArrayList<>()).add(row);
      }
    }
    this.phrases = new Phrases(TableLines.of("phrases.tsv"));
  }

  /** The one set of tables; it never changes. */
  public static WhoisTables shipped() {
    return SHIPPED;
  }

  private static List<String> spellings(List<String> row) {
    return List.of(row.getLast().split(", *")).stream().map(KeyText::of).toList();
  }

  /** What the value of {@code key}, written as by {@link KeyText}, tells. */
  public Optional<Role> role(String key) {
    return Optional.ofNullable(roles.get(key));
  }

  /** Whether some key of a role begins with {@code word}. */
  public boolean startsKey(String word) {
    return firstWords.contains(KeyText.of(word));
  }

  /** Whose data follow a heading of this key. */
  public Optional<Section> heading(String key) {
    return Optional.ofNullable(headings.get(key));
  }

  /** Whose data an object is that begins with this key. */
  public Optional<Section> object(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  public Phrases phrases() {
    return phrases;
  }

  /** The registry of {@code tld}, a suffix such as {@code jp} or {@code co.uk}. */
  public Registry registry(String tld) {
    String lower = tld.toLowerCase(Locale.ROOT);
    String name = lower.startsWith(".") ? lower.substring(1) : lower;
    SortedMap<String, String> known = new TreeMap<>();
    List<LineShape> lines = new ArrayList<>();
    // From the most general to the longest suffix, so that the latter has the last word.
    collect("*", known, lines);
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      collect(name.substring(dot + 1), known, lines);
    }
    collect(name, known, lines);
    DateOrder order = DateOrder.valueOf(known.getOrDefault("order", "UNKNOWN"));
    ZoneId zone =
        Optional.ofNullable(known.get("zone")).<ZoneId>map(ZoneId::of).orElse(ZoneOffset.UTC);
    Layout layout = Layout.valueOf(known.getOrDefault("layout", "KEYS_AND_VALUES"));
    return new Registry(
        new DateContext(order, zone), charset(known.get("charset")), layout, lines, keys(known));
  }

  private void collect(String suffix, SortedMap<String, String> known, List<LineShape> lines) {
    for (List<String> row : settings.getOrDefault(suffix, List.of())) {
      String setting = row.get(SETTING);
      if (setting.startsWith(LINE)) {
        Role role = Role.valueOf(setting.substring(LINE.length()));
        lines.add(new LineShape(role, Pattern.compile(row.getLast())));
      } else {
        known.put(setting, row.getLast());
      }
    }
  }

  private static SortedMap<String, Role> keys(SortedMap<String, String> known) {
    SortedMap<String, Role> keys = new TreeMap<>();
    known.forEach(
        (setting, role) -> {
          if (setting.startsWith(KEY)) {
            keys.put(setting.substring(KEY.length()), Role.valueOf(role));
          }
        });
    return keys;
  }

  /** Some runtimes come without the charsets of the Far East; then bytes stay readable as bytes. */
  private static Charset charset(@Nullable String name) {
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.ISO_8859_1;
  }
}
