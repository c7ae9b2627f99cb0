package parallax.deploy.demo;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parallax.deploy.command.Listen;
import parallax.deploy.demo.net.SmallInternet;
import parallax.deploy.demo.story.Vantages;

/** The small internet, those who watch it, and who breaks it. */
final class DemoNode implements AutoCloseable {
  /** How long an end may take before it is made an end of. */
  static final Duration GOODBYE = Duration.ofSeconds(25);

  private final InstantSource clock = InstantSource.system();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Deque<AutoCloseable> endings = new ArrayDeque<>();
  private final Screen screen;
  private final Letters letters;
  private boolean closed;

  DemoNode(Screen screen) {
    this.screen = screen;
    this.letters = new Letters(screen);
  }

  /**
   * Starts everything and waits until all is well.
   *
   * @return what can be played with; empty when it does not become well
   * @throws IOException when something does not start, with the reason
   */
  Optional<Stage> start(Listen listen) throws IOException {
    DemoFolder folder = kept(DemoFolder.in(Path.of(System.getProperty("java.io.tmpdir"))));
    SmallInternet internet = kept(new SmallInternet(clock, letters::take));
    Fleet fleet = kept(new Fleet(folder, internet, clock));
    fleet.lead(listen);
    screen.print("Page: " + fleet.page());
    fleet.look();
    screen.print("Metrics: " + fleet.metrics().stream().map(URI::toString).collect(joining(" ")));
    Api api = kept(new Api(fleet.page()));
    Player player = new Player(internet, api, letters, screen, new Watch(fleet));
    Instant began = clock.instant();
    screen.print(
        "A small internet on loopback, and "
            + Vantages.ALL.size()
            + " probes in three regions that watch it.");
    if (!player.awaitWell()) {
      screen.print(screen.style().bad("It does not become well: see the page."));
      return Optional.empty();
    }
    screen.print(
        "All is well after " + Duration.between(began, clock.instant()).toSeconds() + " s.");
    return Optional.of(new Stage(player, letters, screen, clock));
  }

  /** Has it closed at the end, or at once when that is over. */
  private <T extends AutoCloseable> T kept(T opened) {
    synchronized (endings) {
      endings.push(opened);
      if (closed) {
        end();
        throw new Player.Ended("the demo ends");
      }
    }
    return opened;
  }

  /** The time, as long as all processes are there. */
  private final class Watch implements Player.Time {
    private final Fleet fleet;

    Watch(Fleet fleet) {
      this.fleet = fleet;
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
  }

  /** Ends everything, once; whoever comes later waits until it has. */
  @Override
  public void close() {
    over.countDown();
    synchronized (endings) {
      closed = true;
      end();
    }
  }

  private void end() {
    while (!endings.isEmpty()) {
      try {
        endings.pop().close();
      } catch (Exception e) {
        screen.print("parallax: " + e.getMessage());
      }
    }
  }
}
