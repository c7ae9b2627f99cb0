package parallax.coordinator.picture;

/** Something to draw on; lengths in pixels from the upper left corner. */
interface Canvas {
  /** A filled rectangle. */
  void box(Tint tint, Box box);

  /**
   * One line of text.
   *
   * @param at where its base line begins, or ends
   */
  void text(Tint tint, At at, String text);

  /** A rectangle: its upper left corner and its size. */
  record Box(int x, int y, int width, int height) {}

  /** How text stands. */
  record At(int x, int y, int size, Side side, boolean bold) {
    At(int x, int y, int size) {
      this(x, y, size, Side.LEFT, false);
    }
  }

  /** Which end of a text is where it was put. */
  enum Side {
    LEFT,
    MIDDLE,
    RIGHT
  }
}
