package parallax.coordinator.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.testing.Examples.NOON;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.runbook.Action;
import parallax.config.runbook.Runbook;
import parallax.config.runbook.Runbook.CauseMatch;
import parallax.config.secret.Secret;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notify.hook.Signature;
import parallax.coordinator.run.Guard;
import parallax.coordinator.run.Run;
import parallax.coordinator.runbook.local.LocalCommand;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.store.InMemoryStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Waiting;

/** What is run, with real processes and a real web server. */
final class RunnerTest {
  private static final Incident INCIDENT =
      Judged.incident(
          "abc",
          List.of(Examples.target("shop").name()),
          Scope.GLOBAL,
          Examples.cause(),
          NOON.minusSeconds(5),
          NOON,
          List.of(Examples.evidence("shop", Examples.REFUSED, NOON)));

  @TempDir Path folder;

  private final FaultyStore store = new FaultyStore(new InMemoryStore());
  private HttpServer web;
  private Runner runner;

  @BeforeEach
  void open() throws IOException {
    store.record(store.takeOver(), List.of(new Effect.IncidentChanged(INCIDENT)), NOON);
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.start();
    runner = runner();
  }

  @AfterEach
  void close() {
    runner.close();
    web.stop(0);
  }

  private Runner runner(LocalCommand... commands) {
    return new Runner(
        new Runner.Ports(
            store, () -> NOON, System::nanoTime, new LocalCommands(List.of(commands)), "1.2.3"));
  }

  private LocalCommand script(String name, Duration timeout, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return new LocalCommand(
        name, List.of("/bin/sh", file.toString(), "an argument"), timeout, Optional.of(folder));
  }

  private void allow(LocalCommand... commands) {
    runner.close();
    runner = runner(commands);
  }

  private static Action command(String name) {
    return new Action(name, new Action.Work.Command(name), Optional.empty());
  }

  private static Order order(Action action) {
    Runbook runbook =
        new Runbook(
            "shop-down",
            new TreeMap<>(),
            CauseMatch.ANY,
            Optional.empty(),
            Optional.empty(),
            List.of(action));
    return new Order(INCIDENT, runbook, action, "alice", NOON);
  }

  /** Runs it, and waits for what comes of it. */
  private Run.End ran(Action action) {
    assertThat(runner.byHand(order(action))).isInstanceOf(Asked.Started.class);
    return ended();
  }

  private Run.End ended() {
    Waiting.until(
        "the end of the run", () -> store.runs().runs(INCIDENT.id()).getLast().end().isPresent());
    return store.runs().runs(INCIDENT.id()).getLast().end().orElseThrow();
  }

  private List<String> steps() {
    return store.notebook(INCIDENT.id()).stream()
        .map(entry -> entry.what())
        .filter(Happening.Action.class::isInstance)
        .map(what -> ((Happening.Action) what).outcome())
        .toList();
  }

  @Test
  void aCommandGetsTheFactsAndNothingElseAndItsOutputIsKept() throws IOException {
    allow(
        script(
            "show",
            Duration.ofSeconds(30),
            "echo \"$1 in $(pwd) for $PARALLAX_TARGETS\"; echo oops >&2; env | cut -d= -f1; cat"));
    Run.End end = ran(command("show"));
    assertThat(end.outcome()).isEqualTo(Run.Outcome.DONE);
    List<String> lines = end.said().lines().toList();
    assertThat(lines.getFirst()).startsWith("finished: exit status 0 after ");
    assertThat(lines)
        .contains("an argument in " + folder.toRealPath() + " for shop", "oops")
        .contains("PARALLAX_INCIDENT", "PARALLAX_RUN");
    List<String> variables =
        lines.stream().filter(line -> line.matches("[A-Z_]+")).sorted().toList();
    assertThat(variables)
        .allMatch(
            name ->
                name.startsWith("PARALLAX_")
                    || List.of("PATH", "HOME", "LANG", "TZ", "PWD", "OLDPWD", "SHLVL", "_")
                        .contains(name));
    assertThat(steps())
        .containsExactly(
            "started: command show (/bin/sh with 2 arguments), for at most 30.0 s", end.said());
  }

  @Test
  void aCommandThatFailsSaysHow() throws IOException {
    allow(script("fail", Duration.ofSeconds(30), "echo no such shop; exit 3"));
    Run.End end = ran(command("fail"));
    assertThat(end.outcome()).isEqualTo(Run.Outcome.FAILED);
    assertThat(end.said()).startsWith("failed: exit status 3 after ").endsWith("\nno such shop");
  }

  @Test
  void whatCannotBeStartedFails() {
    allow(
        new LocalCommand(
            "gone", List.of("/nowhere/at-all"), Duration.ofSeconds(9), Optional.empty()));
    Run.End end = ran(command("gone"));
    assertThat(end.outcome()).isEqualTo(Run.Outcome.FAILED);
    assertThat(end.said()).isEqualTo("failed: cannot be started");
  }

  @Test
  void aCommandThatLastsTooLongIsKilledWithWhatItStarted() throws IOException {
    Path children = folder.resolve("children");
    allow(
        script(
            "hang",
            Duration.ofSeconds(1),
            "trap '' TERM; (trap '' TERM; echo $$ >> %1$s; sleep 600; sleep 600) &\n"
                    .formatted(children)
                + "sleep 601 & echo $! >> %1$s; echo waiting; wait; wait".formatted(children)));
    Run.End end = ran(command("hang"));
    assertThat(end.outcome()).isEqualTo(Run.Outcome.TIMED_OUT);
    assertThat(end.said()).startsWith("timed out after 1.0 s, killed: ").endsWith("waiting");
    for (String pid : Files.readAllLines(children)) {
      Waiting.until(
          "the end of " + pid,
          () -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void aChildThatLivesOnHoldsNobodyUp() throws IOException {
    Path child = folder.resolve("child");
    allow(
        script(
            "daemon",
            Duration.ofSeconds(30),
            "sleep 600 & echo $! > %s; echo started".formatted(child)));
    Run.End end = ran(command("daemon"));
    assertThat(end.said()).startsWith("finished: exit status 0").endsWith("\nstarted");
    ProcessHandle left =
        ProcessHandle.of(Long.parseLong(Files.readString(child).strip())).orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroyForcibly();
  }

  @Test
  void muchOutputIsCutAndWhatIsNoTextIsReplaced() throws IOException {
    allow(
        script(
            "loud",
            Duration.ofSeconds(30),
            "echo first; i=0; while [ $i -lt 40000 ]; do echo 0123456789; i=$((i+1)); done;"
                + " printf 'la\\000st\\033[2J\\342\\200\\256\\n'"));
    Run.End end = ran(command("loud"));
    assertThat(end.said())
        .hasSizeLessThanOrEqualTo(Run.MAX_SAID)
        .contains("\nfirst\n0123456789\n")
        .contains(" bytes left out]")
        .endsWith("la\ufffdst\ufffd[2J\ufffd");
  }

  @Test
  void whatIsNotInTheFileOfThisMachineIsRefusedAndThatIsWrittenDown() {
    Asked asked = runner.byHand(order(command("rm")));
    assertThat(asked).isInstanceOf(Asked.Refused.class);
    assertThat(((Asked.Refused) asked).cause()).isEqualTo(Asked.Cause.FORBIDDEN);
    assertThat(runner.dryRun(order(command("rm")))).isInstanceOf(Asked.Refused.class);
    String why = "the command 'rm' is not in the file of commands of this coordinator";
    assertThat(steps()).containsExactly("refused: " + why, "dry run, refused: " + why);
    assertThat(store.runs().runs(INCIDENT.id())).isEmpty();
  }

  @Test
  void aDryRunDoesNothingAndSaysWhatWouldBeDone() throws IOException {
    Path touched = folder.resolve("touched");
    allow(script("touch", Duration.ofSeconds(30), "touch " + touched));
    String what = "command touch (/bin/sh with 2 arguments), for at most 30.0 s";
    assertThat(runner.dryRun(order(command("touch")))).isEqualTo(new Asked.Would(what));
    assertThat(steps()).containsExactly("dry run, nothing was done: " + what);
    assertThat(store.runs().runs(INCIDENT.id())).isEmpty();
    ran(command("touch"));
    assertThat(touched).exists();
  }

  @Test
  void aSecondRunIsRefusedWhileTheFirstOneLasts() throws IOException {
    Path go = folder.resolve("go");
    allow(
        script(
            "wait",
            Duration.ofSeconds(60),
            "while [ ! -e %s ]; do sleep 0.05; done; echo went".formatted(go)));
    assertThat(runner.byHand(order(command("wait")))).isInstanceOf(Asked.Started.class);
    Asked second = runner.byHand(order(command("wait")));
    assertThat(((Asked.Refused) second).cause()).isEqualTo(Asked.Cause.RUNNING);
    Files.createFile(go);
    assertThat(ended().said()).endsWith("went");
    assertThat(steps()).hasSize(3).anyMatch(step -> step.startsWith("refused: it runs already"));
    ran(command("wait"));
  }

  @Test
  void whoIsEndedEndsWhatItRuns() throws IOException {
    Path pid = folder.resolve("pid");
    allow(script("long", Duration.ofMinutes(9), "echo $$ > %s; sleep 600".formatted(pid)));
    runner.byHand(order(command("long")));
    Waiting.until("its process", () -> Files.exists(pid) && pid.toFile().length() > 0);
    ProcessHandle process =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    runner.close();
    Run.End end = ended();
    assertThat(end.said()).isEqualTo("failed: the coordinator was ended");
    Waiting.until("its end", () -> !process.isAlive());
    assertThat(runner.byHand(order(command("long")))).isInstanceOf(Asked.Refused.class);
  }

  @Test
  void whatRanIsWrittenDownWhenTheRecordIsBack() throws IOException {
    Path go = folder.resolve("go");
    Path went = folder.resolve("went");
    allow(
        script(
            "wait",
            Duration.ofSeconds(60),
            "while [ ! -e %s ]; do sleep 0.05; done; touch %s".formatted(go, went)));
    runner.byHand(order(command("wait")));
    store.fail(true);
    Files.createFile(go);
    Waiting.until("a failure", () -> store.failures() > 0);
    assertThat(went).exists();
    store.fail(false);
    assertThat(ended().outcome()).isEqualTo(Run.Outcome.DONE);
  }

  private Action webhook(String path, Optional<Secret> secret, Duration timeout) {
    String url = "http://127.0.0.1:" + web.getAddress().getPort() + path;
    return new Action(
        "hook", new Action.Work.Webhook(Secret.of(url), secret, timeout), Optional.empty());
  }

  private void answer(String path, int status, BlockingQueue<String> bodies) {
    web.createContext(
        path,
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          bodies.add(exchange.getRequestHeaders().getFirst(Signature.HEADER) + "\n" + body);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  @Test
  void aWebhookGetsASignedDocumentOnce() throws InterruptedException {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    answer("/good", 204, bodies);
    Secret secret = Secret.of("0123456789abcdef");
    Run.End end = ran(webhook("/good", Optional.of(secret), Duration.ofSeconds(20)));
    assertThat(end).isEqualTo(new Run.End(NOON, Run.Outcome.DONE, "finished: status 204"));
    String[] taken = bodies.take().split("\n", 2);
    assertThat(taken[0]).isEqualTo(Signature.of(secret, NOON, taken[1]));
    JsonObject document = new JsonObject(taken[1]);
    assertThat(document.getString("event")).isEqualTo("runbook");
    assertThat(document.getString("runbook")).isEqualTo("shop-down");
    assertThat(document.getString("who")).isEqualTo("alice");
    assertThat(document.getJsonObject("incident").getString("id")).isEqualTo("abc");
    assertThat(bodies).isEmpty();
    assertThat(steps().getFirst())
        .isEqualTo("started: a JSON document to its webhook, for at most 20.0 s");
  }

  @Test
  void aWebhookThatRefusesOrSaysNothingFails() {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    answer("/bad", 500, bodies);
    Run.End failed = ran(webhook("/bad", Optional.empty(), Duration.ofSeconds(20)));
    assertThat(failed.outcome()).isEqualTo(Run.Outcome.FAILED);
    assertThat(failed.said()).isEqualTo("failed: status 500");
    assertThat(bodies).hasSize(1).allMatch(body -> body.startsWith("null\n"));
    CountDownLatch over = new CountDownLatch(1);
    web.createContext(
        "/silent",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    Run.End late = ran(webhook("/silent", Optional.empty(), Duration.ofSeconds(1)));
    over.countDown();
    assertThat(late.outcome()).isEqualTo(Run.Outcome.TIMED_OUT);
    assertThat(late.said()).isEqualTo("timed out after 1.0 s: no answer in time");
  }

  @Test
  void whatNobodyAskedForIsWrittenDownOnlyWhenItRunsOrIsForbidden() {
    Guard outdated = new Guard(0, Duration.ofHours(1), 3, Duration.ofDays(1));
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    answer("/auto", 200, bodies);
    Order order = order(webhook("/auto", Optional.empty(), Duration.ofSeconds(20)));
    assertThat(((Asked.Refused) runner.byItself(order, outdated)).cause())
        .isEqualTo(Asked.Cause.NOT_NOW);
    assertThat(steps()).isEmpty();
    assertThat(runner.byItself(order(command("rm")), outdated)).isInstanceOf(Asked.Refused.class);
    assertThat(steps()).hasSize(1).allMatch(step -> step.startsWith("refused: "));
  }
}
