package parallax.deploy.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parallax.deploy.command.Listen;
import parallax.deploy.demo.Api.Overview;
import parallax.deploy.demo.net.SmallInternet;
import parallax.deploy.demo.story.Expected;
import parallax.deploy.demo.story.Story;
import parallax.deploy.demo.story.Vantages;

/** The small internet, those who watch it, and who breaks it. */
final class DemoNode implements Player.Time, AutoCloseable {
  /** How long an end may take before it is made an end of. */
  static final Duration GOODBYE = Duration.ofSeconds(25);

  private static final Duration BEAT = Duration.ofMillis(500);
  private static final int MAX_TYPED = 16;

  private final InstantSource clock = InstantSource.system();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Deque<AutoCloseable> endings = new ArrayDeque<>();
  private final Screen screen;
  private final Letters letters;
  private final Fleet fleet;
  private final Player player;
  private boolean closed;

  /**
   * Starts all processes; the page is shown when this returns.
   *
   * @throws IOException when something does not start, with the reason
   */
  static DemoNode start(Listen listen, Screen screen) throws IOException {
    return new DemoNode(listen, screen);
  }

  private DemoNode(Listen listen, Screen screen) throws IOException {
    this.screen = screen;
    this.letters = new Letters(screen);
    try {
      DemoFolder folder = DemoFolder.in(Path.of(System.getProperty("java.io.tmpdir")));
      endings.push(folder);
      SmallInternet internet = new SmallInternet(clock, letters::take);
      endings.push(internet);
      fleet = new Fleet(folder, internet, clock);
      endings.push(fleet);
      fleet.lead(listen);
      screen.print("Page: " + fleet.page());
      fleet.look();
      Api api = new Api(fleet.page());
      endings.push(api);
      player = new Player(internet, api, letters, screen, this);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Waits until everything is well; false when it does not become so. */
  boolean settle() {
    Instant began = clock.instant();
    screen.print(
        "A small internet on loopback, and "
            + Vantages.ALL.size()
            + " probes in three regions that watch it.");
    boolean well = player.awaitWell();
    screen.print(
        well
            ? "All is well after " + Duration.between(began, clock.instant()).toSeconds() + " s."
            : screen.style().bad("It does not become well: see the page."));
    return well;
  }

  /** Plays stories one after another; whether Parallax said of all what it should. */
  boolean play(List<Story> stories) {
    boolean right = true;
    for (Story story : stories) {
      right &= player.play(story);
    }
    return right;
  }

  /** Does what is typed until that is over. */
  void obey(BufferedReader typed, Menu menu) {
    LinkedBlockingQueue<Menu.Choice> choices = new LinkedBlockingQueue<>(MAX_TYPED);
    Thread.ofPlatform().daemon().name("demo-typed").start(() -> read(typed, menu, choices));
    screen.print(menu.lines());
    Optional<Begun> begun = Optional.empty();
    while (true) {
      Optional<Overview> seen = player.look();
      begun = begun.flatMap(story -> followed(story, seen));
      Optional<Menu.Choice> choice = next(choices);
      if (choice.isEmpty()) {
        continue;
      }
      switch (choice.get()) {
        case Menu.Choice.Begin(Story story) -> {
          player.mend();
          begun = Optional.of(new Begun(story, letters.count(), clock.instant()));
          player.breakIt(story);
        }
        case Menu.Choice.Mend _ -> {
          begun = Optional.empty();
          player.mend();
        }
        case Menu.Choice.Show _ -> screen.print(menu.lines());
        case Menu.Choice.Unknown(String text) ->
            screen.print("There is no '" + text + "'; Enter shows what there is.");
        case Menu.Choice.Quit _ -> {
          return;
        }
      }
    }
  }

  /** A story that waits for its verdict. */
  private record Begun(Story story, int letters, Instant at) {}

  /** Shows the verdict when it has come; what is still waited for. */
  private Optional<Begun> followed(Begun begun, Optional<Overview> seen) {
    Expected expected = begun.story().expected();
    return seen.flatMap(overview -> player.verdict(overview, expected, begun.letters()))
        .map(
            trouble -> {
              player.tell(begun.story(), trouble, begun.at());
              screen.print("  m mends it.");
              return Optional.<Begun>empty();
            })
        .orElseGet(() -> Optional.of(begun));
  }

  private Optional<Menu.Choice> next(LinkedBlockingQueue<Menu.Choice> choices) {
    Menu.Choice choice;
    try {
      choice = choices.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Player.Ended("interrupted");
    }
    pause(Duration.ZERO);
    return Optional.ofNullable(choice);
  }

  private static void read(
      BufferedReader typed, Menu menu, LinkedBlockingQueue<Menu.Choice> choices) {
    try {
      for (String line = typed.readLine(); line != null; line = typed.readLine()) {
        choices.put(menu.read(line));
      }
      choices.put(new Menu.Choice.Quit());
    } catch (IOException e) {
      choices.clear();
      choices.add(new Menu.Choice.Quit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  URI page() {
    return fleet.page();
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void pause(Duration time) {
    try {
      if (over.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Player.Ended("the demo ends");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Player.Ended("interrupted");
    }
    fleet
        .lost()
        .ifPresent(
            name -> {
              throw new Player.Ended(name + " is not there any more");
            });
  }

  /** Ends everything, once; whoever comes later waits until it has. */
  @Override
  public void close() {
    over.countDown();
    synchronized (endings) {
      if (closed) {
        return;
      }
      closed = true;
      while (!endings.isEmpty()) {
        try {
          endings.pop().close();
        } catch (Exception e) {
          screen.print("parallax: " + e.getMessage());
        }
      }
    }
  }
}
