package parallax.deploy.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parallax.deploy.ParallaxMain;
import parallax.deploy.ProbeMain;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Version;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes {@code parallax.1} and the completion for bash, {@code parallax}, into a folder. */
final class ManualMain {
  private ManualMain() {}

  /** The arguments: {@code probe} or {@code main}, a folder, and the date of the page. */
  static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("parallax: which part, a folder, and a date");
      System.exit(ExitCode.USAGE.status());
    }
    CommandLine commands =
        "probe".equals(arguments[0]) ? ProbeMain.commands() : ParallaxMain.commands();
    write(commands, Path.of(arguments[1]), arguments[2]);
  }

  static void write(CommandLine commands, Path folder, String date) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("parallax.1"), ManualPage.of(commands, Version.NUMBER, date));
    Files.writeString(folder.resolve("parallax"), AutoComplete.bash("parallax", commands));
  }
}
