package parallax.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.coordinator.configuration.StoreApprovals;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Recorded;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;

/** {@code parallax plan} and {@code parallax config} as an operator types them. */
final class PlanCommandTest {
  private static final Pattern APPROVE = Pattern.compile("config approve ([0-9a-f]{16})");

  @TempDir Path folder;

  private record Ran(int status, String out, String err) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = ParallaxMain.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  private String write(String name, String yaml) {
    try {
      return Files.writeString(folder.resolve(name + ".yaml"), yaml).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String targets(String name, int count) {
    List<String> lines =
        IntStream.range(0, count).mapToObj("  - https://t%03d.example.com/"::formatted).toList();
    return write(name, "targets:\n" + String.join("\n", lines) + "\n");
  }

  private Ran held(String... more) {
    String before = targets("before", 200);
    String after = targets("after", 100);
    return more.length == 0 ? run("plan", before, after) : run("plan", before, after, more[0]);
  }

  @Test
  void saysWhatWouldBeWatchedAndToldOtherwise() {
    String before =
        write(
            "before",
            """
            targets:
              - {name: shop, url: "https://shop.example.com/", interval: 30s}
              - {name: old, url: "https://old.example.com/"}
            receivers: [{name: ops, webhook: {url: "https://hooks.example.com/one-secret"}}]
            """);
    String after =
        write(
            "after",
            """
            targets:
              - {name: shop, url: "https://shop.example.com/", interval: 10s}
              - {name: new, url: "https://new.example.com/"}
            receivers: [{name: ops, webhook: {url: "https://hooks.example.com/two-secret"}}]
            watchdog: {url: "https://watch.example.com/three-secret"}
            """);
    Ran ran = run("plan", before, after);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("- old  https://old.example.com/")
        .contains("+ new  https://new.example.com/, told: ops")
        .contains("~ shop", "interval", "watchdog")
        .contains("1 added, 1 removed, 1 changed; 2 targets before, 2 after")
        .contains("it would be applied")
        .doesNotContain("-secret");
    Ran same = run("plan", before, before);
    assertThat(same.status()).isZero();
    assertThat(same.out()).contains("nothing would change");
  }

  @Test
  void saysSoToPrograms() {
    Ran ran = run("plan", targets("before", 3), targets("after", 4), "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    JsonObject plan = new JsonObject(ran.out());
    assertThat(plan.getBoolean("applied")).isTrue();
    assertThat(plan.getJsonArray("held")).isEqualTo(new JsonArray());
    assertThat(plan.getInteger("targetsBefore")).isEqualTo(3);
    assertThat(plan.getInteger("targetsAfter")).isEqualTo(4);
    JsonObject added = plan.getJsonArray("added").getJsonObject(0);
    assertThat(added.getString("url")).isEqualTo("https://t003.example.com/");
    assertThat(plan.getJsonArray("removed")).isEqualTo(new JsonArray());
  }

  @Test
  void aChangeThatTakesTooMuchAwayIsHeld() {
    Ran ran = held();
    assertThat(ran.status()).isOne();
    assertThat(ran.out()).contains("held back: it removes 100 of 200 targets (50 %)");
    assertThat(APPROVE.matcher(ran.out()).find()).isTrue();
    JsonObject plan = new JsonObject(held("--json").out());
    assertThat(plan.getBoolean("applied")).isFalse();
    assertThat(plan.getJsonArray("held").getString(0)).startsWith("it removes 100 of 200");
    assertThat(plan.getJsonArray("removed")).hasSize(100);
  }

  @Test
  void aConfigurationWithProblemsIsNoPlan() {
    String good = targets("good", 1);
    String bad = write("bad", "targets: [https://a.example.com/]\ntargest: []\n");
    Ran ran = run("plan", good, bad);
    assertThat(ran.status()).isOne();
    assertThat(ran.out()).contains("bad.yaml:2:1: unknown key 'targest'");
    assertThat(ran.err()).contains("problems: 1");
    JsonObject json = new JsonObject(run("plan", good, bad, "--json").out());
    assertThat(json.getBoolean("applied")).isFalse();
    assertThat(json.getJsonArray("problems")).hasSize(1);
    assertThat(run("plan", bad, good).status()).isOne();
  }

  @Test
  void aRepositoryThatCannotBeHadIsSaid() {
    String none = folder.resolve("none.git") + "@0123456789abcdef0123456789abcdef01234567";
    Ran ran = run("plan", none, targets("good", 1));
    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("parallax: ");
  }

  @Test
  void bothAreNeeded() {
    assertThat(run("plan", targets("good", 1)).status()).isEqualTo(2);
    assertThat(run("config").status()).isEqualTo(2);
  }

  @Test
  void whatIsHeldIsApprovedByItsWholeName() {
    Matcher named = APPROVE.matcher(held().out());
    assertThat(named.find()).isTrue();
    String name = named.group(1);
    Path data = folder.resolve("data");
    try (Store running = SqliteStore.open(data)) {
      Instant now = Instant.parse("2026-11-21T12:00:00Z");
      StoreApprovals approvals = new StoreApprovals(running, () -> now);
      assertThat(approvals.cover(name)).isFalse();
      Ran ran = run("config", "approve", name, "--by=ann", "--data=" + data);
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.out()).startsWith(name + " is approved by ann until ");
    }
    try (Store store = SqliteStore.open(data)) {
      Instant until = approvedUntil(run("config", "approve", name, "--data=" + data));
      assertThat(new StoreApprovals(store, () -> until.minus(Duration.ofDays(1))).cover(name))
          .isTrue();
      assertThat(new StoreApprovals(store, () -> until.plus(Duration.ofDays(1))).cover(name))
          .isFalse();
      assertThat(new StoreApprovals(store, () -> until).cover("0123456789abcdef")).isFalse();
    }
  }

  @Test
  void anApprovalIsOfOneNameOnlyAndKeepsTheLeaderLeading() {
    Path data = folder.resolve("data");
    String held = "0123456789abcdef0123456789abcdef01234567";
    String other = "0123456789abcdef0123456789abcdef01234568";
    try (Store store = SqliteStore.open(data)) {
      Epoch leads = store.takeOver();
      // The other one is of nothing that waits, which this command cannot know; it helps nobody.
      Instant until = approvedUntil(run("config", "approve", other, "--data=" + data));
      StoreApprovals approvals = new StoreApprovals(store, () -> until);
      assertThat(approvals.cover(held)).isFalse();
      assertThat(approvals.cover(other)).isTrue();
      assertThat(approvals.cover(other.substring(0, 16))).isFalse();
      assertThat(run("config", "approve", held, "--data=" + data).status()).isZero();
      assertThat(approvals.cover(held)).isTrue();
      assertThat(store.record(leads, List.of(), until)).isEqualTo(new Recorded.Written());
    }
  }

  @Test
  void whatIsApprovedAlreadyMayBeApprovedAgainAndBothStandInTheAuditLog() {
    Path data = folder.resolve("data");
    String name = "0123456789abcdef";
    SqliteStore.open(data).close();
    Instant first = approvedUntil(run("config", "approve", name, "--by=ann", "--data=" + data));
    Instant second = approvedUntil(run("config", "approve", name, "--by=bob", "--data=" + data));
    assertThat(second).isAfterOrEqualTo(first);
    assertThat(run("audit-log", "verify", "--data=" + data).out()).startsWith("2 rows, unbroken");
    try (Store store = SqliteStore.open(data)) {
      assertThat(new StoreApprovals(store, () -> first).cover(name)).isTrue();
    }
  }

  @Test
  void whereThereIsNoRecordNothingIsApproved() {
    Path data = folder.resolve("nowhere");
    Ran ran = run("config", "approve", "0123456789abcdef", "--data=" + data);
    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.err()).contains("there is no record at " + data);
    assertThat(data).doesNotExist();
    assertThat(run("config").status()).isEqualTo(2);
    assertThat(run("config", "approve").status()).isEqualTo(2);
  }

  @Test
  void aRecordIsNamedOnceAndItsPasswordIsNotRepeated() throws IOException {
    String name = "0123456789abcdef";
    assertThat(run("config", "approve", name, "--data=a", "--database=postgresql://h/d").status())
        .isEqualTo(2);
    Ran none = run("config", "approve", name, "--database-file=" + folder.resolve("none"));
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("--database-file: cannot read");
    Path file = Files.writeString(folder.resolve("database"), "mysql://ann:hush-hush@h/d\n");
    Ran wrong = run("config", "approve", name, "--database-file=" + file);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--database").doesNotContain("hush-hush");
    Files.writeString(file, "postgresql://ann:hush-hush@127.0.0.1:1/none\n");
    Ran away = run("config", "approve", name, "--database-file=" + file);
    assertThat(away.status()).isEqualTo(3);
    assertThat(away.err()).doesNotContain("hush-hush");
  }

  private static Instant approvedUntil(Ran ran) {
    String out = ran.out().strip();
    return Instant.parse(out.substring(out.lastIndexOf(' ') + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3f2a91c",
        "0123456789abcdef0123456789abcdef0123456",
        "0123456789ABCDEF",
        "main",
        "0123456789abcdef0"
      })
  void aNameThatIsNotWholeIsRefused(String name) {
    Path data = folder.resolve("data");
    Ran ran = run("config", "approve", name, "--data=" + data);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("in full", name);
    assertThat(data).doesNotExist();
  }
}
