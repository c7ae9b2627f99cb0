package parallax.probe.registration.whois;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.probe.registration.HostNames;
import parallax.probe.registration.date.DateRead;
import parallax.probe.registration.date.LenientDates;
import parallax.probe.registration.whois.table.KeyText;
import parallax.probe.registration.whois.table.Registry;
import parallax.probe.registration.whois.table.Registry.LineShape;
import parallax.probe.registration.whois.table.Role;
import parallax.probe.registration.whois.table.Section;
import parallax.probe.registration.whois.table.WhoisTables;

/**
 * Goes through the lines of an answer and keeps what has a known key, together with the section it
 * stands in. A section begins with a heading (a line of its own, or a key without value) or with
 * the first key of a paragraph, and ends with the next one, with a line further out, or with a
 * blank line after its content.
 */
final class EntryReader {
  /** Of one answer; the rest is not looked at. */
  static final int MAX_ENTRIES = 1_000;

  private static final Pattern REMARK = Pattern.compile("^\\s*(?:[%#;]|>>>).*");
  private static final Pattern RULE = Pattern.compile("^[\\s*=~_.+-]{3,}$");
  private static final Pattern BULLET = Pattern.compile("^\\s*(?:[*-]{1,2}|\u2022)\\s+");
  private static final int TAB_STOP = 8;

  private final WhoisTables tables;
  private final Registry registry;
  private final List<Entry> entries = new ArrayList<>();

  /** The heading whose lines these are. */
  private Heading heading = Heading.NONE;

  /** Whose object this paragraph is, where its first key tells. */
  private Optional<Section> object = Optional.empty();

  private boolean paragraphStarts = true;
  private boolean domainSeen;

  /** A list of name servers that goes on without a key on lines further in than this. */
  private int listIndent = Integer.MAX_VALUE;

  /**
   * @param role what its bare lines tell
   * @param filled whether anything has followed it
   */
  private record Heading(Section section, Optional<Role> role, int indent, boolean filled) {
    static final Heading NONE = new Heading(Section.DOMAIN, Optional.empty(), -1, false);

    Heading withContent() {
      return filled ? this : new Heading(section, role, indent, true);
    }
  }

  private EntryReader(WhoisTables tables, Registry registry) {
    this.tables = tables;
    this.registry = registry;
  }

  static List<Entry> read(List<String> lines, WhoisTables tables, Registry registry) {
    EntryReader reader = new EntryReader(tables, registry);
    for (String line : lines) {
      if (reader.entries.size() >= MAX_ENTRIES) {
        break;
      }
      reader.line(line);
    }
    return List.copyOf(reader.entries);
  }

  private void line(String raw) {
    if (raw.isBlank()) {
      blank();
      return;
    }
    shaped(raw);
    if (REMARK.matcher(raw).matches() || RULE.matcher(raw).matches()) {
      return;
    }
    String line = BULLET.matcher(raw).replaceFirst("").strip();
    int indent = indent(raw);
    Optional<KeyedLine> keyed = KeyedLine.of(line, tables);
    if (keyed.isPresent()) {
      if (keyed.get().value().isEmpty()) {
        heading(keyed.get().key(), indent);
      } else {
        keyed(keyed.get(), indent);
      }
    } else {
      bare(line, indent);
    }
    paragraphStarts = false;
  }

  private void shaped(String raw) {
    for (LineShape shape : registry.lines()) {
      Matcher matcher = shape.pattern().matcher(raw);
      if (matcher.matches()) {
        add(shape.role(), Section.DOMAIN, matcher.group(1));
      }
    }
  }

  private void blank() {
    paragraphStarts = true;
    object = Optional.empty();
    listIndent = Integer.MAX_VALUE;
    if (heading.filled()) {
      heading = Heading.NONE;
    }
  }

  private void heading(String key, int indent) {
    Optional<Role> role = tables.role(key);
    Section section =
        tables.heading(key).orElse(role.isPresent() ? Section.DOMAIN : otherHeading(indent));
    if (role.isEmpty() && tables.heading(key).isEmpty() && indent > heading.indent()) {
      // An empty field of whatever this is, not the beginning of something else.
      heading = heading.withContent();
      return;
    }
    heading = new Heading(section, role, indent, false);
    listIndent = Integer.MAX_VALUE;
  }

  private Section otherHeading(int indent) {
    return indent <= heading.indent() ? Section.DOMAIN : heading.section();
  }

  private void keyed(KeyedLine line, int indent) {
    listIndent = Integer.MAX_VALUE;
    if (heading.filled() && indent <= heading.indent() && heading.indent() > 0) {
      heading = Heading.NONE;
    }
    boolean startsObject = paragraphStarts && heading == Heading.NONE;
    Optional<Section> object = startsObject ? tables.object(line.key()) : Optional.empty();
    if (object.isPresent() && (domainSeen || object.get() != Section.REGISTRAR)) {
      this.object = object;
    }
    Section section = this.object.orElse(heading.section());
    heading = heading.withContent();
    Optional<Role> role = tables.role(line.key());
    if (section == Section.REGISTRAR && isName(line.key())) {
      role = Optional.of(Role.REGISTRAR);
    }
    if (role.isPresent()) {
      add(role.get(), section, line.value());
      if (role.get() == Role.NAME_SERVER) {
        listIndent = indent;
      }
    }
  }

  private static boolean isName(String key) {
    return key.equals("name") || key.equals("organization") || key.equals("organisation");
  }

  private void bare(String line, int indent) {
    if (indent > listIndent && firstHost(line)) {
      add(Role.NAME_SERVER, heading.section(), line);
      return;
    }
    Optional<KeyedLine> begun = KeyedLine.beginning(line, tables);
    if (begun.isPresent() && isDated(begun.get())) {
      keyed(begun.get(), indent);
      return;
    }
    String key = KeyText.of(line);
    boolean isHeading = tables.heading(key).isPresent() || isRole(key, Role.NAME_SERVER);
    if (isHeading && !goesOn(Role.REGISTRAR, indent)) {
      heading(key, indent);
      return;
    }
    content(line);
  }

  private boolean goesOn(Role role, int indent) {
    return heading.role().filter(role::equals).isPresent()
        && !heading.filled()
        && indent > heading.indent();
  }

  private void content(String line) {
    Optional<Role> role = heading.role();
    boolean first = !heading.filled();
    if (role.filter(Role.NAME_SERVER::equals).isPresent()) {
      if (firstHost(line)) {
        add(Role.NAME_SERVER, heading.section(), line);
        heading = heading.withContent();
      }
      return;
    }
    if (role.isPresent() && (first || role.get() == Role.STATUS)) {
      add(role.get(), role.get() == Role.REGISTRAR ? Section.REGISTRAR : Section.DOMAIN, line);
    }
    heading = heading.withContent();
  }

  private boolean isDated(KeyedLine line) {
    boolean date =
        switch (tables.role(line.key()).orElse(Role.DOMAIN)) {
          case CREATED, UPDATED, EXPIRES, REGISTRAR_EXPIRES -> true;
          case DOMAIN, NAME_SERVER, STATUS, LOCK, REGISTRAR -> false;
        };
    return date
        && LenientDates.read(line.value(), registry.dates()) instanceof DateRead.Told;
  }

  private boolean isRole(String key, Role role) {
    return tables.role(key).filter(role::equals).isPresent();
  }

  private static boolean firstHost(String line) {
    return HostNames.qualified(line.split("[\\s,;]", 2)[0]).isPresent();
  }

  private void add(Role role, Section section, String value) {
    domainSeen |= role == Role.DOMAIN;
    entries.add(new Entry(role, section, value));
  }

  private static int indent(String line) {
    int columns = 0;
    for (int at = 0; at < line.length() && line.charAt(at) <= ' '; at++) {
      columns += line.charAt(at) == '\t' ? TAB_STOP - columns % TAB_STOP : 1;
    }
    return columns;
  }
}
