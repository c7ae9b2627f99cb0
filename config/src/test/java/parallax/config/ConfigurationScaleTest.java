package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationScaleTest {
  private static final int TARGETS = 10_000;
  private static final int WARM_UP = 5;

  /** Far more than it takes, so that a busy machine does not fail the build. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void tenThousandTargetsAreReadInATwinkling() throws IOException {
    StringBuilder bare = new StringBuilder("targets:\n");
    StringBuilder written = new StringBuilder("targets:\n");
    for (int index = 0; index < TARGETS / 2; index++) {
      bare.append("  - https://bare-").append(index).append(".example.com/health\n");
      written
          .append("  - name: shop-")
          .append(index)
          .append("\n    url: https://shop-")
          .append(index)
          .append(".example.com/health\n    labels: {team: web, tier: critical}\n")
          .append("    http: {expect: {status: 200, body: {contains: ok}}}\n");
    }
    Files.writeString(folder.resolve("bare.yaml"), bare);
    Files.writeString(folder.resolve("written.yaml"), written);
    Files.writeString(folder.resolve("defaults.yaml"), "defaults: {interval: 10s}\n");
    for (int round = 0; round < WARM_UP; round++) {
      load();
    }
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    assertThat(load()).isEqualTo(TARGETS);
    Duration spent = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    assertThat(spent).as("CPU for %d targets: %s", TARGETS, spent).isLessThan(LIMIT);
  }

  private int load() {
    Loaded loaded = ConfigurationLoader.load(folder, Fixtures.SECRETS);
    return ((Loaded.Valid) loaded).configuration().targets().size();
  }
}
