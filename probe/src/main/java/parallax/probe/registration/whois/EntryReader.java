package parallax.probe.registration.whois;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.probe.registration.HostNames;
import parallax.probe.registration.date.DateRead;
import parallax.probe.registration.date.LenientDates;
import parallax.probe.registration.status.StateWords;
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

  /** Before a domain is named these speak of the WHOIS server itself. */
  private static final List<String> VAGUE_KEYS = List.of("server", "servers", "host", "hosts");

  private static final int TAB_STOP = 8;

  private final WhoisTables tables;
  private final Registry registry;
  private final List<Entry> entries = new ArrayList<>();

  /** The heading whose lines these are. */
  private Heading heading = Heading.NONE;

  /** The heading before that. */
  private Heading outer = Heading.NONE;

  /** Whose object this paragraph is, where its first key tells. */
  private Optional<Section> object = Optional.empty();

  private boolean paragraphStarts = true;
  private boolean domainSeen;
  private boolean serversSeen;
  private boolean repeated;

  /** Whether this is about a TLD, as the root's registry writes before it refers to another. */
  private boolean topLevelSeen;

  /** A list that goes on without a key, on lines further in than this. */
  private int listIndent = Integer.MAX_VALUE;

  private Role listRole = Role.NAME_SERVER;

  /**
   * @param role what its bare lines tell
   * @param startsParagraph whether a blank line stands before it
   * @param filled whether anything has followed it
   */
  private record Heading(
      Section section, Optional<Role> role, int indent, boolean startsParagraph, boolean filled) {
    static final Heading NONE = new Heading(Section.DOMAIN, Optional.empty(), -1, true, false);

    Heading withContent() {
      return filled ? this : new Heading(section, role, indent, startsParagraph, true);
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
        add(new Entry(shape.role(), "", Section.DOMAIN, matcher.group(1)));
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
    Optional<Role> role = role(key);
    Optional<Section> section = tables.heading(key);
    if (role.isEmpty() && section.isEmpty() && (!paragraphStarts || indent > heading.indent())) {
      // An empty field of whatever this is, not the beginning of something else.
      heading = heading.withContent();
      return;
    }
    Heading next =
        new Heading(section.orElse(Section.DOMAIN), role, indent, paragraphStarts, false);
    outer = heading;
    heading = next;
    listIndent = Integer.MAX_VALUE;
  }

  /** A key without value that nothing further in follows was an empty field after all. */
  private void leaveEmptyFields(int indent) {
    boolean field = !heading.filled() && !heading.startsParagraph();
    if (field && heading.indent() >= 0 && indent <= heading.indent()) {
      heading = outer.withContent();
    }
    if (heading.filled() && indent <= heading.indent() && heading.indent() > 0) {
      heading = Heading.NONE;
    }
  }

  private void keyed(KeyedLine line, int indent) {
    listIndent = Integer.MAX_VALUE;
    leaveEmptyFields(indent);
    boolean startsObject = paragraphStarts && heading.equals(Heading.NONE);
    Optional<Section> object = startsObject ? tables.object(line.key()) : Optional.empty();
    if (object.isPresent() && (domainSeen || object.get() != Section.REGISTRAR)) {
      this.object = object;
    }
    Section section = this.object.orElse(heading.section());
    heading = heading.withContent();
    Optional<Role> role = role(line.key());
    if (isName(line.key())) {
      role = nameOf(section, line.value());
    }
    if (role.isPresent()) {
      add(new Entry(role.get(), line.key(), section, line.value()));
      if (role.get() == Role.NAME_SERVER || role.get() == Role.STATUS) {
        listIndent = indent;
        listRole = role.get();
      }
    }
  }

  private static boolean isName(String key) {
    return switch (key) {
      case "name", "organization", "organisation", "organization name" -> true;
      default -> false;
    };
  }

  /** What a plain "name" names depends on where it stands. */
  private static Optional<Role> nameOf(Section section, String value) {
    return switch (section) {
      case REGISTRAR -> Optional.of(Role.REGISTRAR);
      case NAME_SERVERS -> firstHost(value) ? Optional.of(Role.NAME_SERVER) : Optional.empty();
      case DOMAIN, CONTACT, OTHER -> Optional.empty();
    };
  }

  private void bare(String line, int indent) {
    boolean another =
        listRole == Role.STATUS ? StateWords.shipped().known(line).isPresent() : firstHost(line);
    if (indent > listIndent && another) {
      add(new Entry(listRole, "", heading.section(), line));
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
    content(line, indent);
  }

  private boolean goesOn(Role role, int indent) {
    return heading.role().filter(role::equals).isPresent()
        && !heading.filled()
        && indent > heading.indent();
  }

  private void content(String line, int indent) {
    Optional<Role> role = heading.role();
    boolean first = !heading.filled();
    if (role.filter(Role.NAME_SERVER::equals).isPresent()) {
      if (firstHost(line)) {
        add(new Entry(Role.NAME_SERVER, "", heading.section(), line));
        heading = heading.withContent();
      }
      return;
    }
    boolean within = indent > heading.indent() || first;
    if (role.isPresent() && (role.get() == Role.STATUS ? isState(line, within) : first)) {
      Section section = role.get() == Role.REGISTRAR ? Section.REGISTRAR : Section.DOMAIN;
      add(new Entry(role.get(), "", section, line));
    }
    heading = heading.withContent();
  }

  private static boolean isState(String line, boolean within) {
    return StateWords.shipped().known(line).isPresent()
        || (within && line.length() <= StateWords.MAX_CHARS && !line.contains("www."));
  }

  private boolean isDated(KeyedLine line) {
    boolean date =
        switch (role(line.key()).orElse(Role.DOMAIN)) {
          case CREATED, UPDATED, EXPIRES, REGISTRAR_EXPIRES -> true;
          case DOMAIN, NAME_SERVER, STATUS, LOCK, REGISTRAR, NOTHING -> false;
        };
    return date && LenientDates.read(line.value(), registry.dates()) instanceof DateRead.Told;
  }

  private boolean isRole(String key, Role role) {
    return role(key).filter(role::equals).isPresent();
  }

  private static boolean firstHost(String line) {
    return HostNames.qualified(line.split("[\\s,;]", 2)[0]).isPresent();
  }

  /**
   * What follows a second mention of the domain, once its name servers are told, is another's word
   * on it: that of the registrar after the registry's, or remarks.
   */
  private void add(Entry entry) {
    boolean ofDomain = entry.role() == Role.DOMAIN && entry.section().isAboutDomain();
    boolean qualified = ofDomain && firstHost(entry.value());
    if (qualified && topLevelSeen) {
      entries.clear();
      serversSeen = false;
    }
    topLevelSeen = ofDomain ? !qualified && entry.value().indexOf('.') < 0 : topLevelSeen;
    repeated |= ofDomain && serversSeen;
    domainSeen |= ofDomain;
    serversSeen |= entry.role() == Role.NAME_SERVER;
    if (VAGUE_KEYS.contains(entry.key()) && !domainSeen) {
      return;
    }
    entries.add(
        repeated ? new Entry(entry.role(), entry.key(), Section.OTHER, entry.value()) : entry);
  }

  private Optional<Role> role(String key) {
    return Optional.ofNullable(registry.keys().get(key)).or(() -> tables.role(key));
  }

  private static int indent(String line) {
    int columns = 0;
    for (int at = 0; at < line.length() && line.charAt(at) <= ' '; at++) {
      columns += line.charAt(at) == '\t' ? TAB_STOP - columns % TAB_STOP : 1;
    }
    return columns;
  }
}
