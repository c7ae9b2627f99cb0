package parallax.deploy.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parallax.deploy.demo.Api.Overview;
import parallax.deploy.demo.Api.Trouble;
import parallax.deploy.demo.story.Expected;
import parallax.deploy.demo.story.Story;

/** A small internet on which all is well, for whoever wants to break it. */
final class Stage {
  private static final Duration BEAT = Duration.ofMillis(500);
  private static final int MAX_TYPED = 16;

  private final Player player;
  private final Letters letters;
  private final Screen screen;
  private final InstantSource clock;

  Stage(Player player, Letters letters, Screen screen, InstantSource clock) {
    this.player = player;
    this.letters = letters;
    this.screen = screen;
    this.clock = clock;
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

  /** Shows the verdict when it has come, or that none has; what is still waited for. */
  private Optional<Begun> followed(Begun begun, Optional<Overview> seen) {
    Expected expected = begun.story().expected();
    Optional<Trouble> verdict =
        seen.flatMap(overview -> player.verdict(overview, expected, begun.letters()));
    boolean late = !clock.instant().isBefore(begun.at().plus(expected.within()));
    if (verdict.isEmpty() && !late) {
      return Optional.of(begun);
    }
    verdict.ifPresentOrElse(
        trouble -> player.tell(begun.story(), trouble, begun.at()),
        () -> screen.print(player.missed(begun.story(), begun.letters())));
    screen.print("  m mends it.");
    return Optional.empty();
  }

  private Optional<Menu.Choice> next(LinkedBlockingQueue<Menu.Choice> choices) {
    Menu.Choice choice;
    try {
      choice = choices.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Player.Ended("interrupted");
    }
    player.rest();
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
}
