package parallax.deploy.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.ParallaxMain;
import parallax.deploy.packing.Packed;
import parallax.deploy.packing.Shell;

/** Follows the guide word by word, as far as that is possible on one machine without a network. */
final class GuideIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> PAGES =
      List.of(
          "README.md", "docs/install.md", "docs/operating.md", "docs/upkeep.md", "docs/sizing.md");
  private static final String PARALLAX = "deploy/parallax ";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** Where commands of shells are put together, and so parsed by nobody else. */
  private static final Pattern END = Pattern.compile("\\s(?:#|&&|\\||&|>|…).*| &$");

  @TempDir private Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void everyCommandOfTheGuideWorks(TestReporter reporter) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root makes namespaces");
    for (String program : List.of("unshare", "ip", "curl", "python3", "dpkg-deb", "apt")) {
      assumeTrue(Shell.find(program).isPresent(), program + " is not installed");
    }
    Shell shell = new Shell(folder);
    Map<String, String> own = Map.of("PATH", System.getenv("PATH"));
    String overlay = "mount -t tmpfs t /mnt && mkdir /mnt/u /mnt/w && mount -t overlay o -o";
    String tried = overlay + " lowerdir=/opt,upperdir=/mnt/u,workdir=/mnt/w /opt";
    List<String> apart = List.of("unshare", "--mount", "--net", "sh", "-c", tried);
    assumeTrue(shell.run(own, apart).status() == 0, "no namespaces or overlays here");

    Path packed = Packed.folder();
    StringBuilder script = new StringBuilder();
    try (InputStream in = GuideIT.class.getResourceAsStream("follow.sh")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      script.append(new String(bytes, StandardCharsets.UTF_8));
    }
    List<Block> blocks = blocks();
    blocks.forEach(block -> script.append('\n').append(block.script()));
    script.append("end\necho 'ALL DONE'\n");
    Path file = Files.writeString(folder.resolve("guide.sh"), script);
    Shell.Ended ended =
        shell.run(
            own,
            List.of(
                "unshare",
                "--mount",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "bash",
                file.toString(),
                ROOT.toString(),
                packed.toString()));
    ended
        .said()
        .lines()
        .filter(line -> line.startsWith("NOT RUN"))
        .forEach(line -> reporter.publishEntry("guide", line));
    assertThat(ended.said()).contains("ALL DONE");
    assertThat(ended.status()).as(ended.said()).isZero();
    for (Block block : blocks) {
      assertThat(ended.said()).contains("### " + block.place());
    }
  }

  @Test
  void whatIsNotRunIsUnderstoodAtLeast() throws IOException {
    int commands = 0;
    for (Block block : blocks()) {
      if (!(block.how() instanceof Block.How.Left)) {
        continue;
      }
      for (String line : block.commands().replace("\\\n", " ").lines().toList()) {
        if (line.startsWith(PARALLAX)) {
          commands++;
          String[] words = words(END.matcher(line.substring(PARALLAX.length())).replaceFirst(""));
          assertThatCode(() -> ParallaxMain.commands().parseArgs(words))
              .as(block.place() + ": " + line)
              .doesNotThrowAnyException();
        }
      }
    }
    assertThat(commands).isGreaterThan(5);
  }

  @Test
  void noPageHasCommandsThatNobodyKnowsOf() throws IOException {
    for (String page : PAGES) {
      List<String> lines = Files.readAllLines(ROOT.resolve(page));
      boolean inside = false;
      for (int at = 0; at < lines.size(); at++) {
        if (lines.get(at).startsWith("```")) {
          inside = !inside;
          String next = lines.get(Math.min(at + 1, lines.size() - 1));
          assertThat(inside && lines.get(at).equals("```") && next.startsWith("deploy/"))
              .as(page + ":" + (at + 1) + ": commands are marked sh")
              .isFalse();
        }
      }
    }
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (String page : PAGES) {
      blocks.addAll(Block.of(ROOT.resolve(page), page));
    }
    return blocks;
  }

  private static String[] words(String line) {
    return WORD.matcher(line.strip())
        .results()
        .map(
            word ->
                word.group(1) != null
                    ? word.group(1)
                    : word.group(2) != null ? word.group(2) : word.group(3))
        .toArray(String[]::new);
  }
}
