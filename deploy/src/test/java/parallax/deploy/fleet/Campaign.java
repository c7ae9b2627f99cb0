package parallax.deploy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * Faults one after the other, and the count of what came of them. One target fails and works again
 * in turn; what is told of it must be just that. The others never fail.
 */
final class Campaign {
  /** Which one fails and works again; the others must never be accused. */
  static final String FAILING = "shop-6";

  static final List<String> CONTROLS = List.of("shop-1", "shop-2", "shop-3", "shop-4", "shop-5");

  /** The time after which decisions are made again. */
  static final Duration RECOVERED = Duration.ofSeconds(15);

  /**
   * Asks for faults that take long: {@code short}, each once or so, {@code full}, or how often each
   * at most.
   */
  static final String PROPERTY = "parallax.campaign";

  /** What it may say. */
  static final String ASKED = "short|full|[0-9]{1,4}";

  private static final String SAID = System.getProperty(PROPERTY, "");
  private static final boolean FULL = SAID.equals("full");
  private static final boolean COUNTED =
      !SAID.isEmpty() && SAID.chars().allMatch(Character::isDigit);
  private static final Path FIGURES = Path.of("target/campaign.tsv").toAbsolutePath();
  private static final Duration TOLD = Duration.ofSeconds(45);
  private static final Duration DRAINED = Duration.ofSeconds(60);
  private static final long SEED = 20_261_121;

  private final String name;
  private final Fleet fleet;
  private final Tables tables;
  private final Receiver receiver;
  private final Random random = new Random(SEED);
  private final Map<String, String> figures = new LinkedHashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<String> passedOver = new ArrayList<>();
  private final Before before;
  private int transitions;
  private boolean failing;

  Campaign(String name, Fleet fleet, Tables tables, Receiver receiver) {
    this.name = name;
    this.fleet = fleet;
    this.tables = tables;
    this.receiver = receiver;
    this.before = settled();
  }

  /** What earlier campaigns left. */
  private record Before(Map<String, Long> missing, long told, long copies, long ambiguous) {}

  /** An observation that a dead probe had on its disk. */
  private record Waiting(String probe, long boot, long sequence) {}

  /** What came earlier is over: the target works, and all was told. */
  private Before settled() {
    Awaitility.await("all is told that was decided earlier")
        .atMost(TOLD)
        .until(
            () ->
                tables.messages().stream()
                    .allMatch(message -> message.delivered() || message.givenUp()));
    List<Receiver.Told> told = receiver.of(FAILING);
    if (!told.isEmpty() && told.getLast().event().equals("down")) {
      Awaitility.await("the end of what failed earlier")
          .atMost(TOLD)
          .until(() -> receiver.of(FAILING).getLast().event().equals("up"));
    }
    return new Before(
        tables.missing(), receiver.of(FAILING).size(), receiver.copies(), tables.ambiguousSends());
  }

  /** How often, in the usual build and in a whole campaign. */
  static int rounds(int usual, int full) {
    return FULL ? full : COUNTED ? Math.min(full, Integer.parseInt(SAID)) : usual;
  }

  /** Whether faults come more than once. */
  static boolean isRepeated() {
    return FULL || COUNTED;
  }

  /** How long, in the usual build and in a whole campaign. */
  static Duration lasting(Duration usual, Duration full) {
    return FULL ? full : usual;
  }

  Fleet fleet() {
    return fleet;
  }

  Tables tables() {
    return tables;
  }

  Receiver receiver() {
    return receiver;
  }

  /** A number from 0, below {@code bound}: the same in each run. */
  int draw(int bound) {
    return random.nextInt(bound);
  }

  /** The member that decides. */
  String leader() {
    return Awaitility.await("somebody decides")
        .atMost(TOLD)
        .until(this::leading, Optional::isPresent)
        .orElseThrow();
  }

  /** Nobody while two say so: one of them has not noticed yet. */
  private Optional<String> leading() {
    List<String> all = Fleet.COORDINATORS.stream().filter(fleet::leads).toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  /** Has this member decide: the others are started anew, and so become younger than it is. */
  void awaitLeader(String member) {
    for (int tries = 0; tries < Fleet.COORDINATORS.size(); tries++) {
      String leader = leader();
      if (leader.equals(member)) {
        return;
      }
      fleet.script("term", leader);
      fleet.start(leader);
      fleet.awaitReady(leader);
    }
    assertThat(leader()).isEqualTo(member);
  }

  List<String> membersBut(String one) {
    return Fleet.COORDINATORS.stream().filter(member -> !member.equals(one)).toList();
  }

  /** The target fails, or works again if it failed; does not wait for anything. */
  void turn() {
    failing = !failing;
    transitions++;
    fleet.web(FAILING, failing ? "500" : "ok");
  }

  /** Waits until every turn was told, and returns how long that took. */
  Duration awaitTold(Duration atMost) {
    long start = System.nanoTime();
    Awaitility.await(transitions + " messages about " + FAILING)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> told() >= transitions);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  Duration awaitTold() {
    return awaitTold(TOLD);
  }

  private long told() {
    return receiver.of(FAILING).size() - before.told();
  }

  /** Remembers what a dead probe has on its disk: all of it must arrive. */
  void remember(String probe) {
    try {
      Path scratch = Files.createTempDirectory("parallax-spool");
      for (Spools.Waiting each : Spools.left(fleet.file(probe), scratch)) {
        waiting.add(new Waiting(probe, each.boot(), each.sequence()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something that is worth telling about this campaign. */
  void figure(String what, Object value) {
    figures.put(what, String.valueOf(value));
  }

  /** Nothing was lost and nothing doubled. */
  void verify() {
    if (failing) {
      turn();
    }
    awaitTold();
    fleet.makeWhole(tables);
    Awaitility.await("every observation is recorded")
        .atMost(DRAINED)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(lost()).isLessThanOrEqualTo(0));
    List<String> accused = tables.accusations(CONTROLS);
    long copies = receiver.copies() - before.copies();
    long ambiguous = tables.ambiguousSends() - before.ambiguous();
    figure("observations lost", lost());
    figure("observations on disks of killed probes", waiting.size());
    figure("transitions", transitions);
    figure("alerts lost", transitions - told());
    figure("alerts doubled", told() - transitions);
    figure("extra copies", copies);
    figure("ambiguous sends", ambiguous);
    figure("wrong verdicts", accused.size());
    print();
    assertThat(waiting).as("on disks of killed probes").allMatch(this::arrived);
    assertThat(told()).as("messages").isEqualTo(transitions);
    assertThat(copies).as("copies").isLessThanOrEqualTo(ambiguous);
    assertThat(accused).as("verdicts on what never failed").isEmpty();
  }

  /** Of this probe nothing is expected to arrive that was not acknowledged. */
  void passOver(String probe) {
    passedOver.add(probe);
  }

  private long lost() {
    return tables.missing().entrySet().stream()
        .filter(run -> passedOver.stream().noneMatch(probe -> run.getKey().startsWith(probe)))
        .mapToLong(run -> run.getValue() - before.missing().getOrDefault(run.getKey(), 0L))
        .sum();
  }

  private boolean arrived(Waiting each) {
    return tables.has(each.probe(), each.boot(), each.sequence());
  }

  /** Also kept in a file, since builds are not always watched. */
  private void print() {
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (what, value) ->
            text.append(name).append('\t').append(what).append('\t').append(value).append('\n'));
    System.out.print(text);
    try {
      Files.writeString(FIGURES, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
