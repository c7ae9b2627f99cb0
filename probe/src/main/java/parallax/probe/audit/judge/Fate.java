package parallax.probe.audit.judge;

import java.util.Comparator;

/** One thing without which a host is lost. */
record Fate(Kind kind, String what) implements Comparable<Fate> {
  private static final Comparator<Fate> ORDER =
      Comparator.comparing(Fate::kind).thenComparing(Fate::what);

  /** What kind of thing; the narrower first. */
  enum Kind {
    ADDRESS("address "),
    PREFIX("prefix "),
    DOMAIN("domain "),
    SYSTEM(""),
    PROVIDER("provider "),
    NAME_SERVERS("name servers of "),
    REGISTRAR("registrar "),
    AUTHORITY("certificate authority "),
    TOP_LEVEL("top-level domain .");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Whether who shares this shares {@code wider} as a matter of course. */
    boolean implies(Kind wider) {
      return switch (this) {
        case ADDRESS -> wider == PREFIX || wider == SYSTEM || wider == PROVIDER;
        case PREFIX -> wider == SYSTEM;
        case DOMAIN -> wider == NAME_SERVERS || wider == REGISTRAR || wider == TOP_LEVEL;
        case SYSTEM, PROVIDER, NAME_SERVERS, REGISTRAR, AUTHORITY, TOP_LEVEL -> false;
      };
    }
  }

  @Override
  public int compareTo(Fate other) {
    return ORDER.compare(this, other);
  }

  /** For people. */
  String words() {
    return kind.words + what;
  }
}
