package parallax.deploy.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parallax.deploy.endtoend.Programs;

/** A bare repository, and somebody who works on it with git itself. */
final class Upstream {
  private final Path bare;
  private final Path work;

  Upstream(Path folder) {
    bare = folder.resolve("monitoring.git");
    work = folder.resolve("work");
    git(folder, "init", "-q", "--bare", "-b", "main", bare.toString());
    git(folder, "init", "-q", "-b", "main", work.toString());
    git(work, "remote", "add", "origin", bare.toString());
  }

  Path bare() {
    return bare;
  }

  /** Pushes a commit in which the file has this content, and returns the commit's hash. */
  String push(String file, String content) {
    try {
      Files.writeString(work.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git(work, "add", file);
    git(
        work,
        "-c",
        "user.name=Alice",
        "-c",
        "user.email=alice@example.net",
        "commit",
        "-q",
        "-m",
        "Change " + file);
    git(work, "push", "-q", "origin", "main");
    return git(work, "rev-parse", "HEAD").strip();
  }

  private static String git(Path in, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Programs.require("git"), "-C", in.toString()));
    command.addAll(List.of(arguments));
    return Programs.run(command);
  }
}
