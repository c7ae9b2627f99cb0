package parallax.coordinator.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.picture.Canvas.At;
import parallax.coordinator.picture.Canvas.Box;
import parallax.coordinator.picture.Canvas.Side;

/**
 * Lays a scene out. States are told by height as well as by colour, as on the pages: full for down,
 * three quarters for degraded, half for up, a line for unknown, nothing where nothing is on record.
 * What happened is a numbered line through all lanes, and a row of the legend.
 */
final class Drawing {
  static final int WIDTH = 960;

  private static final int MARGIN = 16;
  private static final int PLOT = 208;
  private static final int PLOT_WIDTH = WIDTH - PLOT - MARGIN;
  private static final int HEAD = 62;
  private static final int NUMBERS = 22;
  private static final int VERDICT = 28;
  private static final int SIGHT = 20;
  private static final int GAP = 5;
  private static final int AXIS = 24;
  private static final int ROW = 19;
  private static final int MARKS_IN_ROW = 2;
  private static final int FOOT = 26;

  private static final int LARGE = 16;
  private static final int USUAL = 13;
  private static final int SMALL = 12;

  /** Widths of a text's letters, in halves of a full one; what is longer is cut off. */
  private static final int HEAD_LETTERS = 100;

  private static final int NAME_LETTERS = 24;
  private static final int MARK_LETTERS = 40;

  /** From here on letters are as wide as they are high. */
  private static final int FIRST_FULL = 0x1100;

  /** Two numbers that are nearer stand beside each other. */
  private static final int APART = 18;

  /** The lengths of time between two lines of the axis. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(30));

  private static final int MOST_LINES = 7;

  /** What is shorter needs no dates to be told when it was. */
  private static final Duration ONE_DATE = Duration.ofHours(23);

  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DATED =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

  private final Scene scene;
  private final Canvas canvas;

  private Drawing(Scene scene, Canvas canvas) {
    this.scene = scene;
    this.canvas = canvas;
  }

  /** How high it will be. */
  static int height(Scene scene) {
    return HEAD + NUMBERS + lanesHeight(scene) + AXIS + rows(scene) * ROW + FOOT;
  }

  private static int lanesHeight(Scene scene) {
    return scene.lanes().stream().mapToInt(lane -> size(lane) + GAP).sum();
  }

  private static int rows(Scene scene) {
    return Math.ceilDiv(scene.marks().size(), MARKS_IN_ROW);
  }

  private static int size(Scene.Lane lane) {
    return lane.isVerdict() ? VERDICT : SIGHT;
  }

  static void draw(Scene scene, Canvas canvas) {
    Drawing drawing = new Drawing(scene, canvas);
    canvas.box(Tint.PAPER, new Box(0, 0, WIDTH, height(scene)));
    drawing.head();
    int lanes = HEAD + NUMBERS;
    int axis = lanes + lanesHeight(scene);
    drawing.axis(lanes, axis);
    int top = lanes;
    for (Scene.Lane lane : scene.lanes()) {
      drawing.lane(lane, top);
      top += size(lane) + GAP;
    }
    drawing.marks(axis);
    drawing.legend(height(scene) - FOOT + 15);
  }

  private void head() {
    canvas.text(
        Tint.INK, new At(MARGIN, 26, LARGE, Side.LEFT, true), cut(scene.headline(), HEAD_LETTERS));
    canvas.text(
        Tint.FAINT,
        new At(MARGIN, 47, USUAL),
        written(WHOLE, scene.from())
            + " – "
            + written(WHOLE, scene.to())
            + " ("
            + scene.words().of(scene.length())
            + ")");
  }

  private void lane(Scene.Lane lane, int top) {
    int size = size(lane);
    canvas.text(
        Tint.INK,
        new At(PLOT - 10, top + size - size / 4, SMALL, Side.RIGHT, lane.isVerdict()),
        cut(lane.name(), NAME_LETTERS));
    canvas.box(Tint.GRID, new Box(PLOT, top + size, PLOT_WIDTH, 1));
    for (Scene.Span span : lane.spans()) {
      if (!span.to().isAfter(scene.from()) || !span.from().isBefore(scene.to())) {
        continue;
      }
      int left = position(span.from());
      int width = Math.max(1, position(span.to()) - left);
      state(span.state(), new Box(left, top, width, size));
    }
  }

  private void state(TargetState state, Box room) {
    int height =
        switch (state) {
          case DOWN -> room.height();
          case DEGRADED -> room.height() * 3 / 4;
          case UP -> room.height() / 2;
          case UNKNOWN -> 2;
        };
    canvas.box(
        Tint.of(state), new Box(room.x(), room.y() + room.height() - height, room.width(), height));
  }

  private int position(Instant at) {
    long passed = Math.clamp(between(scene.from(), at), 0, scene.length().toMillis());
    return PLOT + (int) (passed * PLOT_WIDTH / scene.length().toMillis());
  }

  private static long between(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
  }

  private void axis(int top, int bottom) {
    Duration step =
        STEPS.stream()
            .filter(each -> scene.length().dividedBy(each) < MOST_LINES)
            .findFirst()
            .orElse(scene.length());
    DateTimeFormatter format =
        step.compareTo(Duration.ofHours(6)) >= 0
            ? DAY
            : step.compareTo(Duration.ofMinutes(1)) >= 0 ? MINUTE : CLOCK;
    long length = step.toMillis();
    // Lines stand where the clock of the zone shows round times.
    long shift = shift(scene.zone(), scene.from());
    long first = Math.ceilDiv(scene.from().toEpochMilli() + shift, length) * length - shift;
    for (long at = first; at <= scene.to().toEpochMilli(); at += length) {
      Instant instant = Instant.ofEpochMilli(at);
      int x = position(instant);
      canvas.box(Tint.GRID, new Box(x, top, 1, bottom - top));
      canvas.text(
          Tint.FAINT, new At(x, bottom + 14, SMALL, Side.MIDDLE, false), written(format, instant));
    }
  }

  private static long shift(ZoneId zone, Instant at) {
    return Duration.ofSeconds(zone.getRules().getOffset(at).getTotalSeconds()).toMillis();
  }

  /** Numbers above the lanes, and what each stands for beneath them. */
  private void marks(int axis) {
    List<Integer> places = places();
    for (int index = 0; index < scene.marks().size(); index++) {
      Scene.Mark mark = scene.marks().get(index);
      int x = position(mark.at());
      String number = Integer.toString(index + 1);
      canvas.text(Tint.INK, new At(places.get(index), HEAD + 14, SMALL, Side.MIDDLE, true), number);
      canvas.box(Tint.INK, new Box(x, HEAD + 18, 1, axis - HEAD - 18));
      int column = index % MARKS_IN_ROW;
      int row = index / MARKS_IN_ROW;
      int left = MARGIN + column * (WIDTH - 2 * MARGIN) / MARKS_IN_ROW;
      int line = axis + AXIS + row * ROW + 13;
      canvas.text(Tint.INK, new At(left, line, USUAL, Side.LEFT, true), number);
      canvas.text(
          Tint.INK,
          new At(left + 18, line, USUAL),
          written(scene.length().compareTo(ONE_DATE) < 0 ? CLOCK : DATED, mark.at())
              + "  "
              + cut(mark.words(), MARK_LETTERS));
    }
  }

  /** Where the numbers stand, so that none hides another. */
  private List<Integer> places() {
    List<Integer> places = new ArrayList<>();
    int last = 0;
    for (Scene.Mark mark : scene.marks()) {
      last = Math.max(position(mark.at()), last + APART);
      places.add(last);
    }
    int most = WIDTH - MARGIN;
    for (int index = places.size() - 1; index >= 0; index--) {
      places.set(index, Math.min(places.get(index), most));
      most = places.get(index) - APART;
    }
    return places;
  }

  private void legend(int line) {
    int left = PLOT;
    for (TargetState state :
        List.of(TargetState.UP, TargetState.DEGRADED, TargetState.DOWN, TargetState.UNKNOWN)) {
      state(state, new Box(left, line - 12, 28, 14));
      canvas.text(Tint.INK, new At(left + 36, line, SMALL), scene.words().of(state));
      left += 150;
    }
  }

  private String written(DateTimeFormatter format, Instant at) {
    ZoneId zone = scene.zone().normalized();
    // An offset of nothing would be written as the letter that ISO 8601 has for it.
    ZoneId named = zone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone;
    return format.format(ZonedDateTime.ofInstant(at, named));
  }

  /** As much of a text as there is room for. */
  static String cut(String text, int room) {
    int used = 0;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      used += text.codePointAt(at) >= FIRST_FULL ? 2 : 1;
      if (used > room) {
        return shorter(text, room - 1) + "…";
      }
    }
    return text;
  }

  private static String shorter(String text, int room) {
    int used = 0;
    int at = 0;
    while (at < text.length()) {
      used += text.codePointAt(at) >= FIRST_FULL ? 2 : 1;
      if (used > room) {
        break;
      }
      at = text.offsetByCodePoints(at, 1);
    }
    return text.substring(0, at);
  }
}
