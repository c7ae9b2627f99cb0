package parallax.deploy.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import parallax.deploy.demo.Api.Overview;
import parallax.deploy.demo.Api.Trouble;
import parallax.deploy.demo.net.Places;
import parallax.deploy.demo.net.SmallInternet;
import parallax.deploy.demo.story.Expected;
import parallax.deploy.demo.story.Story;
import parallax.deploy.terminal.Style;

/** Breaks, waits for what Parallax says, mends. Used by one thread at a time. */
final class Player {
  /** How long all may take to be well at the start, and after something was mended. */
  private static final Duration WELL = Duration.ofSeconds(150);

  private static final Duration BEAT = Duration.ofMillis(500);

  private final SmallInternet internet;
  private final Api api;
  private final Letters letters;
  private final Screen screen;
  private final Time time;
  private SortedMap<String, String> shown = new TreeMap<>();

  /** Which time it is, and waiting. */
  interface Time extends InstantSource {
    /**
     * Waits.
     *
     * @throws Ended when the demo is over meanwhile
     */
    void pause(Duration time);
  }

  /** The demo ends. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended(String why) {
      super(why, null, false, false);
    }
  }

  Player(SmallInternet internet, Api api, Letters letters, Screen screen, Time time) {
    this.internet = internet;
    this.api = api;
    this.letters = letters;
    this.screen = screen;
    this.time = time;
  }

  /** Looks once, and shows which targets are in another state than before. */
  Optional<Overview> look() {
    Optional<Overview> seen = api.look();
    seen.ifPresent(this::show);
    return seen;
  }

  /** Ends when the demo does. */
  void rest() {
    time.pause(Duration.ZERO);
  }

  private void show(Overview overview) {
    SortedMap<String, String> now = new TreeMap<>();
    overview
        .targets()
        .forEach(
            (name, standing) -> {
              now.put(name, standing.state());
              String before = shown.getOrDefault(name, "");
              if (!before.equals(standing.state()) && !shown.isEmpty()) {
                screen.log("%-10s %s %s".formatted(name, painted(standing.state()), why(standing)));
              }
            });
    shown = now;
  }

  /** Why it is not up, without the time, which the line has already. */
  private static String why(Api.Standing standing) {
    String words = standing.words();
    int since = words.indexOf("; since ");
    return standing.state().equals("UP")
        ? ""
        : words.substring(0, since < 0 ? words.length() : since);
  }

  private String painted(String state) {
    Style style = screen.style();
    return switch (state) {
      case "UP" -> style.good(state);
      case "DOWN" -> style.bad(state);
      case "DEGRADED" -> style.warning(state);
      default -> style.faint(state);
    };
  }

  /** Waits until everything is well and the routes are known; false when that takes too long. */
  boolean awaitWell() {
    Optional<Overview> well = await(WELL, Overview::isWell);
    if (well.isEmpty()) {
      return false;
    }
    Instant until = time.instant().plus(WELL);
    while (time.instant().isBefore(until)) {
      if (api.seesRoutes("facebook", Places.NAME_SERVER_PREFIXES)) {
        return true;
      }
      time.pause(BEAT);
    }
    return false;
  }

  private Optional<Overview> await(Duration within, Predicate<Overview> wanted) {
    Instant until = time.instant().plus(within);
    while (true) {
      Optional<Overview> seen = look().filter(wanted);
      if (seen.isPresent() || !time.instant().isBefore(until)) {
        return seen;
      }
      time.pause(BEAT);
    }
  }

  /** Tells the story and breaks what it is about. */
  void breakIt(Story story) {
    screen.print("");
    screen.print(screen.style().strong(story.title()));
    story.past().forEach(line -> screen.print("  " + line));
    for (Story.Step step : story.steps()) {
      time.pause(step.after());
      step.act().accept(internet);
      screen.log(screen.style().strong("BREAK ") + step.told());
    }
    screen.print("  To watch:");
    story.watch().forEach(line -> screen.print("  - " + line));
  }

  /** Makes everything well again. */
  void mend() {
    internet.repair();
    screen.log(screen.style().strong("MEND  ") + "Everything works again.");
  }

  /**
   * Plays a story from its beginning to its end.
   *
   * @return whether Parallax said what it should, and that it was over
   */
  boolean play(Story story) {
    int before = letters.count();
    Instant broken = time.instant();
    breakIt(story);
    Optional<Trouble> verdict = awaitVerdict(story.expected(), before);
    verdict.ifPresentOrElse(
        trouble -> tell(story, trouble, broken), () -> screen.print(missed(story, before)));
    Instant mended = time.instant();
    mend();
    if (!awaitWell()) {
      screen.print(screen.style().bad("NOT WELL  ") + story.name() + ": " + seen());
      return false;
    }
    screen.print(
        screen.style().good("RECOVERED ") + story.name() + " after " + since(mended) + " s");
    return verdict.isPresent() && isQuiet(story.expected(), before);
  }

  /** Waits for the verdict; empty when it does not come in time. */
  private Optional<Trouble> awaitVerdict(Expected expected, int lettersBefore) {
    return await(
            expected.within(), overview -> verdict(overview, expected, lettersBefore).isPresent())
        .flatMap(overview -> verdict(overview, expected, lettersBefore));
  }

  /** The verdict, if it has come. */
  Optional<Trouble> verdict(Overview overview, Expected expected, int lettersBefore) {
    return overview.open().stream()
        .filter(trouble -> isIt(expected, trouble, lettersBefore))
        .findFirst();
  }

  private boolean isIt(Expected expected, Trouble trouble, int lettersBefore) {
    boolean right =
        trouble.scope().equals(expected.scope())
            && trouble.targets().equals(expected.targets())
            && (expected.layers().isEmpty() || expected.layers().contains(trouble.layer()))
            && trouble.culprit().equals(expected.culprit());
    return right && (!expected.rings() || calls(lettersBefore).contains(trouble.id()));
  }

  /** The incidents of which somebody was called. */
  private List<String> calls(int lettersBefore) {
    return letters.since(lettersBefore).stream()
        .filter(letter -> letter.box().equals(Letters.PHONE))
        .map(Letters.Letter::incident)
        .toList();
  }

  private boolean isQuiet(Expected expected, int lettersBefore) {
    if (expected.rings() || calls(lettersBefore).isEmpty()) {
      return true;
    }
    screen.print(screen.style().bad("CALLED ") + "somebody was called, and nobody should be");
    return false;
  }

  /** Shows a verdict. */
  void tell(Story story, Trouble trouble, Instant broken) {
    screen.print(
        screen.style().bad("VERDICT   ")
            + story.name()
            + " after "
            + since(broken)
            + " s: "
            + trouble.words());
    if (!trouble.detail().isEmpty()) {
      screen.print("  " + trouble.detail());
    }
    if (!story.expected().rings()) {
      screen.print("  Nobody was called.");
    }
  }

  /** What is said when a verdict has not come in time. */
  List<String> missed(Story story, int lettersBefore) {
    Expected wanted = story.expected();
    return List.of(
        screen.style().bad("NO VERDICT ")
            + story.name()
            + " within "
            + wanted.within().toSeconds()
            + " s",
        "  wanted: "
            + wanted.scope()
            + " "
            + wanted.layers()
            + ", culprit "
            + wanted.culprit()
            + ", hit: "
            + wanted.targets(),
        "  seen:   " + seen() + ", " + calls(lettersBefore).size() + " calls");
  }

  private String seen() {
    return api.look()
        .map(
            overview -> {
              List<String> bad =
                  overview.targets().entrySet().stream()
                      .filter(target -> !target.getValue().state().equals("UP"))
                      .map(target -> target.getKey() + " " + target.getValue().state())
                      .toList();
              List<String> open = overview.open().stream().map(Trouble::words).toList();
              return "targets " + bad + ", incidents " + open;
            })
        .orElse("no answer of the coordinator");
  }

  private long since(Instant then) {
    return Duration.between(then, time.instant()).toSeconds();
  }
}
