package parallax.coordinator.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import parallax.coordinator.core.verdict.TargetState;

/** What is drawn can be read, whatever it is of. */
final class DrawingTest {
  private static final List<TargetState> STATES = List.of(TargetState.values());
  private static final Instant ONSET = Instant.parse("2021-10-04T15:40:00Z");

  /** Draws nothing, and keeps what it was told to. */
  private static final class Listing implements Canvas {
    private final List<Box> boxes = new ArrayList<>();
    private final List<At> places = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    @Override
    public void box(Tint tint, Box box) {
      boxes.add(box);
    }

    @Override
    public void text(Tint tint, At at, String text) {
      places.add(at);
      texts.add(text);
    }
  }

  private static Scene facebook() {
    Instant end = ONSET.plus(Duration.ofHours(7));
    return new Scene(
        "www.example.com works again",
        ONSET.minus(Duration.ofHours(1)),
        end,
        ZoneOffset.UTC,
        Vocabulary.ENGLISH,
        List.of(
            new Scene.Lane(
                "Verdict: www.example.com",
                true,
                List.of(
                    span(TargetState.UP, -60, 0),
                    span(TargetState.DOWN, 0, 360),
                    span(TargetState.UP, 360, 420))),
            new Scene.Lane("tokyo", false, List.of(span(TargetState.DOWN, 0, 350)))),
        List.of(
            new Scene.Mark(ONSET, "First sign"),
            new Scene.Mark(ONSET.plusSeconds(20), "Confirmed"),
            new Scene.Mark(ONSET.plusSeconds(21), "ops was told"),
            new Scene.Mark(ONSET.plus(Duration.ofHours(6)), "Over")));
  }

  private static Scene.Span span(TargetState state, long from, long to) {
    return new Scene.Span(
        state, ONSET.plus(Duration.ofMinutes(from)), ONSET.plus(Duration.ofMinutes(to)));
  }

  private static Listing listed(Scene scene) {
    Listing canvas = new Listing();
    Drawing.draw(scene, canvas);
    return canvas;
  }

  private static String svg(Scene scene) {
    SvgCanvas canvas = new SvgCanvas(Drawing.WIDTH, Drawing.height(scene), "en", scene.headline());
    Drawing.draw(scene, canvas);
    return canvas.svg();
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aTimeOfTroubleStandsWhereItWas() throws Exception {
    NodeList all = parsed(svg(facebook())).getElementsByTagNameNS("*", "rect");
    List<Element> down = new ArrayList<>();
    for (int index = 0; index < all.getLength(); index++) {
      Element each = (Element) all.item(index);
      if (each.getAttribute("class").equals("p-down")
          && Integer.parseInt(each.getAttribute("height")) > 14) {
        down.add(each);
      }
    }
    // The hour before is an eighth of the whole, six hours are six eighths.
    assertThat(down).hasSize(2);
    assertThat(Integer.parseInt(down.getFirst().getAttribute("x"))).isEqualTo(208 + 736 / 8);
    assertThat(Integer.parseInt(down.getFirst().getAttribute("width"))).isEqualTo(736 * 6 / 8);
  }

  @Test
  void whatHappenedIsNumberedAndExplained() {
    assertThat(listed(facebook()).texts)
        .contains(
            "1", "2", "3", "4", "15:40:20  Confirmed", "21:40:00  Over", "Verdict: www.example.com")
        .contains("UP", "DEGRADED", "DOWN", "UNKNOWN");
  }

  @Test
  void numbersOfWhatHappenedAtOnceStandBesideEachOther() {
    List<Integer> places =
        listed(facebook()).places.stream()
            .filter(at -> at.side() == Canvas.Side.MIDDLE && at.bold())
            .map(Canvas.At::x)
            .toList();
    assertThat(places).hasSize(4).isSorted();
    for (int index = 1; index < places.size(); index++) {
      assertThat(places.get(index) - places.get(index - 1)).isGreaterThanOrEqualTo(18);
    }
  }

  @Test
  void timesAreThoseOfTheReader() {
    Scene utc = facebook();
    Scene tokyo =
        new Scene(
            utc.headline(),
            utc.from(),
            utc.to(),
            ZoneId.of("Asia/Tokyo"),
            Vocabulary.JAPANESE,
            utc.lanes(),
            utc.marks());
    assertThat(listed(tokyo).texts)
        .contains("00:40:20  Confirmed", "停止")
        .anyMatch(text -> text.startsWith("2021-10-04 23:40:00 JST"));
  }

  @ParameterizedTest
  @CsvSource({"1", "59", "240", "7200", "86399", "2592000", "31536000"})
  void theAxisHasAFewRoundTimesHoweverLongItLasted(long seconds) {
    Scene scene =
        new Scene(
            "x",
            ONSET.plusMillis(1),
            ONSET.plusSeconds(seconds),
            ZoneOffset.UTC,
            Vocabulary.ENGLISH,
            List.of(),
            List.of());
    long times =
        listed(scene).places.stream().filter(at -> at.side() == Canvas.Side.MIDDLE).count();
    assertThat(times).isLessThanOrEqualTo(8);
    assertThat(times).isGreaterThanOrEqualTo(seconds < 10 ? 0 : 1);
  }

  @Test
  void nothingIsDrawnOutsideWhateverItIsOf() {
    RandomGenerator random = new Random(42);
    for (int round = 0; round < 2_000; round++) {
      Scene scene = any(random);
      int height = Drawing.height(scene);
      Listing canvas = listed(scene);
      assertThat(canvas.boxes)
          .allMatch(
              box ->
                  box.x() >= 0
                      && box.y() >= 0
                      && box.width() > 0
                      && box.x() + box.width() <= Drawing.WIDTH
                      && box.y() + box.height() <= height);
      assertThat(canvas.places)
          .allMatch(at -> at.x() >= 0 && at.x() <= Drawing.WIDTH && at.y() <= height && at.y() > 0);
    }
  }

  private static Scene any(RandomGenerator random) {
    Duration length = Duration.ofMillis(1 + random.nextLong(100_000_000_000L));
    List<Scene.Lane> lanes = new ArrayList<>();
    for (int lane = random.nextInt(20); lane > 0; lane--) {
      List<Scene.Span> spans = new ArrayList<>();
      for (int span = random.nextInt(5); span > 0; span--) {
        Instant from = around(random, length);
        TargetState state = STATES.get(random.nextInt(STATES.size()));
        spans.add(new Scene.Span(state, from, from.plusMillis(random.nextLong(1_000_000))));
      }
      lanes.add(new Scene.Lane("lane " + lane, random.nextBoolean(), spans));
    }
    List<Scene.Mark> marks = new ArrayList<>();
    for (int mark = random.nextInt(15); mark > 0; mark--) {
      marks.add(new Scene.Mark(around(random, length), "mark " + mark));
    }
    return new Scene(
        "any", ONSET, ONSET.plus(length), ZoneOffset.UTC, Vocabulary.ENGLISH, lanes, marks);
  }

  /** Mostly inside, sometimes before and behind. */
  private static Instant around(RandomGenerator random, Duration length) {
    return ONSET.plusMillis((long) (length.toMillis() * (random.nextDouble() * 1.4 - 0.2)));
  }

  @Test
  void hostileTextIsTextAndIsCutOff() throws Exception {
    String hostile = "</text><script>alert(1)</script>\u0000\u202e\"'&" + "長".repeat(5_000);
    Scene known = facebook();
    String svg =
        svg(
            new Scene(
                hostile,
                known.from(),
                known.to(),
                known.zone(),
                known.words(),
                List.of(new Scene.Lane(hostile, true, List.of())),
                List.of(new Scene.Mark(ONSET, hostile))));
    Document read = parsed(svg);
    assertThat(read.getElementsByTagNameNS("*", "script").getLength()).isZero();
    assertThat(read.getElementsByTagNameNS("*", "text").item(0).getTextContent())
        .startsWith("</text><script>")
        .endsWith("…")
        .hasSizeLessThan(102);
  }

  @Test
  void thePngIsTheSameDrawing() throws Exception {
    Scene scene = facebook();
    byte[] png;
    try (PngCanvas canvas = new PngCanvas(Drawing.WIDTH, Drawing.height(scene))) {
      Drawing.draw(scene, canvas);
      png = canvas.png();
    }
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(2 * Drawing.WIDTH);
    assertThat(image.getHeight()).isEqualTo(2 * Drawing.height(scene));
    assertThat(png.length).isLessThan(64 * 1024);
    // In the midst of the outage, in the lane of the verdict; and of the margin.
    assertThat(image.getRGB(2 * 500, 2 * (62 + 22 + 8)) & 0xffffff).isEqualTo(Tint.DOWN.rgb());
    assertThat(image.getRGB(2, 2) & 0xffffff).isEqualTo(Tint.PAPER.rgb());
    // Letters are there: ink somewhere in the headline.
    long ink = 0;
    for (int x = 0; x < 400; x++) {
      for (int y = 20; y < 60; y++) {
        ink += (image.getRGB(x, y) & 0xffffff) == Tint.INK.rgb() ? 1 : 0;
      }
    }
    assertThat(ink).isGreaterThan(100);
  }
}
