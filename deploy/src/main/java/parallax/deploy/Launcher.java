package parallax.deploy;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * What a launcher runs.
 *
 * @param itself makes what is run when no command is named
 * @param commands in the order in which help tells them
 */
record Launcher(Supplier<Runnable> itself, List<Named> commands) {
  /**
   * A command.
   *
   * @param name as the class's own annotation has it: reading it is what takes time
   * @param type made by picocli
   */
  record Named(String name, Class<?> type) {}

  Launcher {
    commands = List.copyOf(commands);
  }

  /** All commands, to be described. */
  CommandLine whole() {
    return with(commands);
  }

  /**
   * As much of it as a line needs: only the command that its first word names, or all when it names
   * none. Reading the annotations of all of them is a sixth of what a start takes.
   */
  CommandLine forLine(List<String> arguments) {
    return arguments.stream()
        .findFirst()
        .flatMap(name -> commands.stream().filter(one -> one.name().equals(name)).findFirst())
        .map(named -> with(List.of(named)))
        .orElseGet(this::whole);
  }

  private CommandLine with(List<Named> some) {
    CommandLine line = new CommandLine(itself.get());
    some.forEach(named -> line.addSubcommand(named.type()));
    return line;
  }
}
