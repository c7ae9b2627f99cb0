package parallax.bench.core;

/** What goes wrong at the targets. */
public enum World {
  /** All is well. */
  QUIET("all fine"),
  /** One look in a hundred fails, at random. */
  NOISY("1 % of looks fail"),
  /** Two thousand targets that share no more than chance wants go down within one minute. */
  COLLAPSE("2,000 unrelated targets go down"),
  /** The two thousand targets behind one CDN, and no others, go down within one minute. */
  SHARED("2,000 targets of one CDN go down");

  private final String title;

  World(String title) {
    this.title = title;
  }

  /** Whether much goes down within a minute: what is looked at is that minute, again and again. */
  boolean isCollapse() {
    return this == COLLAPSE || this == SHARED;
  }

  /** As people read it in a table. */
  String title() {
    return title;
  }
}
