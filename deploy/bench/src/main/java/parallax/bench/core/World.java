package parallax.bench.core;

/** What goes wrong at the targets. */
public enum World {
  /** All is well. */
  QUIET("all fine"),
  /** One look in a hundred fails, at random. */
  NOISY("1 % of looks fail"),
  /** Two thousand targets that share no more than chance wants go down within one minute. */
  COLLAPSE("2,000 unrelated targets go down");

  private final String title;

  World(String title) {
    this.title = title;
  }

  /** As people read it in a table. */
  String title() {
    return title;
  }
}
