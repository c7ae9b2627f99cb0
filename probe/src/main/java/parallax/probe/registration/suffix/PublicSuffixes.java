package parallax.probe.registration.suffix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import parallax.probe.registration.HostNames;

/**
 * The Public Suffix List: the suffixes of registries, and apart from them those below which private
 * bodies hand out names. Names come and go as A-labels; U-labels are understood.
 */
public final class PublicSuffixes {
  /** A list longer than this is not one; it has some 16,000 lines. */
  static final int MAX_LINES = 200_000;

  /** Fewer rules mean a cut or empty file. */
  static final int MIN_RULES = 1_000;

  private static final String SHIPPED =
      "/parallax/probe/registration/suffix/public_suffix_list.dat.gz";
  private static final String BEGIN_ICANN = "===BEGIN ICANN DOMAINS===";
  private static final String BEGIN_PRIVATE = "===BEGIN PRIVATE DOMAINS===";
  private static final String END_PRIVATE = "===END PRIVATE DOMAINS===";

  /** The line of the day it was made: {@code // VERSION: 2026-02-13_08-45-50_UTC}. */
  private static final String VERSION = "// VERSION: ";

  private static final DateTimeFormatter VERSION_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss_'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private enum Kind {
    PLAIN,
    /** Any one label before it belongs to the suffix. */
    WILDCARD,
    /** Not a suffix, though a wildcard says so. */
    EXCEPTION
  }

  private enum Part {
    REGISTRY,
    PRIVATE
  }

  private record Rule(Kind kind, String name) {}

  private final Map<Rule, Part> rules;
  private final Optional<Instant> published;

  private PublicSuffixes(Map<Rule, Part> rules, Optional<Instant> published) {
    this.rules = Collections.unmodifiableMap(rules);
    this.published = published;
  }

  /** The list that comes with Parallax. */
  public static PublicSuffixes shipped() {
    try (InputStream in =
            Objects.requireNonNull(PublicSuffixes.class.getResourceAsStream(SHIPPED), SHIPPED);
        Reader text = new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8)) {
      return read(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code file} says; empty when it does not look like a whole list. */
  public static Optional<PublicSuffixes> read(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    if (!text.contains(BEGIN_ICANN) || !text.contains(END_PRIVATE)) {
      return Optional.empty();
    }
    try {
      PublicSuffixes list = read(new StringReader(text));
      return Optional.of(list).filter(known -> known.size() >= MIN_RULES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rules it has. */
  public int size() {
    return rules.size();
  }

  /** When it was made, where it says so itself. */
  public Optional<Instant> published() {
    return published;
  }

  private static PublicSuffixes read(Reader text) throws IOException {
    Map<Rule, Part> rules = new HashMap<>();
    Part part = Part.PRIVATE;
    Optional<Instant> published = Optional.empty();
    try (BufferedReader lines = new BufferedReader(text)) {
      String line = lines.readLine();
      for (int count = 0; line != null && count < MAX_LINES; count++) {
        if (line.contains(BEGIN_ICANN)) {
          part = Part.REGISTRY;
        } else if (line.contains(BEGIN_PRIVATE)) {
          part = Part.PRIVATE;
        } else if (line.startsWith(VERSION)) {
          published = version(line.substring(VERSION.length()).strip());
        } else if (!line.isBlank() && !line.startsWith("//")) {
          Optional<Rule> rule = rule(line.strip().split("\\s", 2)[0]);
          Part of = part;
          rule.ifPresent(known -> rules.putIfAbsent(known, of));
        }
        line = lines.readLine();
      }
    }
    return new PublicSuffixes(rules, published);
  }

  private static Optional<Instant> version(String text) {
    try {
      return Optional.of(VERSION_TIME.parse(text, Instant::from));
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  private static Optional<Rule> rule(String text) {
    if (text.startsWith("!")) {
      return HostNames.of(text.substring(1)).map(name -> new Rule(Kind.EXCEPTION, name));
    }
    if (text.startsWith("*.")) {
      return HostNames.of(text.substring(2)).map(name -> new Rule(Kind.WILDCARD, name));
    }
    return HostNames.of(text).map(name -> new Rule(Kind.PLAIN, name));
  }

  /** What a registry knows: one label below the longest suffix of a registry. */
  public Optional<String> registrableName(String name) {
    return below(name, false);
  }

  /** One label below the longest suffix, be it of a registry or of a private body. */
  public Optional<String> siteName(String name) {
    return below(name, true);
  }

  /** The suffix of {@code name} at whose registry it is, or would be, registered. */
  public Optional<String> registrySuffix(String name) {
    return HostNames.of(name).map(known -> suffix(known, false));
  }

  private Optional<String> below(String name, boolean privateToo) {
    if (name.startsWith(".")) {
      return Optional.empty();
    }
    return HostNames.of(name)
        .flatMap(
            known -> {
              int labels = known.length() - suffix(known, privateToo).length() - 1;
              return labels <= 0
                  ? Optional.empty()
                  : Optional.of(known.substring(known.lastIndexOf('.', labels - 1) + 1));
            });
  }

  /** The rule with most labels has the last word; without any the last label is a suffix. */
  private String suffix(String name, boolean privateToo) {
    String candidate = name;
    // Each round takes a label away; a name has at most 127.
    for (int dot = name.indexOf('.'); dot >= 0; dot = candidate.indexOf('.')) {
      String parent = candidate.substring(dot + 1);
      if (has(Kind.EXCEPTION, candidate, privateToo)) {
        return parent;
      }
      if (has(Kind.PLAIN, candidate, privateToo) || has(Kind.WILDCARD, parent, privateToo)) {
        return candidate;
      }
      candidate = parent;
    }
    return candidate;
  }

  private boolean has(Kind kind, String name, boolean privateToo) {
    Part part = rules.get(new Rule(kind, name));
    return part == Part.REGISTRY || (privateToo && part == Part.PRIVATE);
  }
}
