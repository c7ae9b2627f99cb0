package parallax.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parallax.deploy.cluster.MemberLab.Member;

/** What was called safe is there for the next leader, once, whatever happens to one member. */
final class MembersIT {
  /** Asks for faults that take long, as those of a whole fleet do. */
  private static final String LONGER = "parallax.campaign";

  private static final Duration LONG = Duration.ofSeconds(60);
  private MemberLab lab;

  @BeforeEach
  void start() {
    lab = new MemberLab();
    for (int index = 0; index < MemberLab.MEMBERS; index++) {
      Member member = lab.start(index);
      await().atMost(LONG).until(() -> !member.lines("started").isEmpty());
    }
    await().atMost(LONG).until(() -> history().lastCaughtUp().isPresent());
    lab.members().forEach(member -> member.say("load"));
    await().atMost(LONG).until(() -> history().safe().size() > 500);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  @EnabledIfSystemProperty(named = LONGER, matches = "short|full|[0-9]{1,4}")
  void theLeaderIsCutOffBothWays() {
    cut(
        "full cut of the leader",
        () -> {
          for (int other = 1; other < MemberLab.MEMBERS; other++) {
            lab.cut(0, other);
            lab.cut(other, 0);
          }
        });
  }

  @Test
  @EnabledIfSystemProperty(named = LONGER, matches = "short|full|[0-9]{1,4}")
  void theLeaderIsHeardByNobodyButHearsAll() {
    cut(
        "one-way cut of the leader",
        () -> {
          for (int other = 1; other < MemberLab.MEMBERS; other++) {
            lab.cut(0, other);
          }
        });
  }

  private void cut(String what, Runnable cut) {
    long term = history().lastCaughtUp().orElseThrow();
    long begun = System.nanoTime();
    cut.run();
    await().atMost(LONG).until(() -> history().lastCaughtUp().orElse(0) > term);
    long next = history().lastCaughtUp().orElseThrow();
    long decided = History.last(lab.members().get(1), "caughtUp") - begun;
    long stopped = History.last(lab.members().get(0), "leads") - begun;
    lab.heal();
    long healed = System.nanoTime();
    await().atMost(LONG).until(() -> safeSince(lab.members().get(0), healed) > 0 && followsAgain());
    print(
        what,
        "old leader stopped after %.1f s, new one had read all after %.1f s",
        stopped / 1e9,
        decided / 1e9);
    judge(what, next);
  }

  private static long safeSince(Member member, long since) {
    return member.lines("safe").stream()
        .filter(line -> Long.parseLong(line.split(" ")[0]) > since)
        .count();
  }

  private boolean followsAgain() {
    return lab.members().get(0).lines("follow").getLast().endsWith("m1");
  }

  @Test
  void theLeaderIsSuspendedForHalfAMinute() {
    Member leader = lab.members().get(0);
    long term = history().lastCaughtUp().orElseThrow();
    MemberLab.signal(leader, "STOP");
    long stopped = System.nanoTime();
    await().atMost(LONG).until(() -> history().lastCaughtUp().orElse(0) > term);
    long next = history().lastCaughtUp().orElseThrow();
    long decided = History.last(lab.members().get(1), "caughtUp") - stopped;
    await().atMost(LONG).until(() -> System.nanoTime() - stopped > 30e9);
    MemberLab.signal(leader, "CONT");
    long resumed = System.nanoTime();
    await().atMost(LONG).until(() -> safeSince(leader, resumed) > 0 && followsAgain());
    print("30 s suspended", "new leader had read all after %.1f s%s", decided / 1e9, "");
    judge("30 s suspended", next);
  }

  @Test
  void theLeaderIsKilledAndThenOneMore() {
    long term = history().lastCaughtUp().orElseThrow();
    long begun = System.nanoTime();
    MemberLab.signal(lab.members().get(0), "KILL");
    await().atMost(LONG).until(() -> history().lastCaughtUp().orElse(0) > term);
    long next = history().lastCaughtUp().orElseThrow();
    long decided = History.last(lab.members().get(1), "caughtUp") - begun;
    judgeSoon("kill -9 of the leader", next);
    print("kill -9 of the leader", "new one had read all after %.1f s%s", decided / 1e9, "");

    MemberLab.signal(lab.members().get(1), "KILL");
    long alone = System.nanoTime();
    Member last = lab.members().get(2);
    await().atMost(LONG).until(() -> !lab.members().get(1).process().isAlive());
    await().atMost(LONG).until(() -> last.lines("keep").size() > 20);
    assertThat(History.last(last, "leads")).as("one of three never leads").isZero();
    Member again = lab.start(0);
    await().atMost(LONG).until(() -> history().lastCaughtUp().orElse(0) > next);
    long after = History.last(last, "caughtUp") - alone;
    print("kill -9 of two", "with one back, all had been read after %.1f s%s", after / 1e9, "");
    again.say("load");
    judge("kill -9 of two of three", history().lastCaughtUp().orElseThrow());
  }

  private History history() {
    return new History(lab.members());
  }

  /** Everything that was called safe was read by this term's leader, once. */
  private void judge(String what, long term) {
    lab.members().stream().filter(member -> member.process().isAlive()).forEach(m -> m.say("rest"));
    judgeSoon(what, term);
    History history = history();
    assertThat(history.overlaps()).as("leaders at the same time").isZero();
    print(what, "%d safe, kept %s", history.safe().size(), history.kept());
    print(what, "slowest receipt %d ms%s", history.slowestReceipt(), "");
  }

  private void judgeSoon(String what, long term) {
    SortedSet<String> safe = history().safe();
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              TreeSet<String> missing = new TreeSet<>(safe);
              missing.removeAll(history().read(term).keySet());
              assertThat(missing).as(what + ": safe and never read in term " + term).isEmpty();
            });
    Map<String, Integer> read = history().read(term);
    List<String> notOnce = safe.stream().filter(id -> read.getOrDefault(id, 0) != 1).toList();
    assertThat(notOnce).as(what + ": safe and not read exactly once").isEmpty();
    assertThat(history().lastCaughtUp()).isEqualTo(OptionalLong.of(term));
  }

  private static void print(String what, String format, Object one, Object two) {
    System.out.println(what + ": " + String.format(Locale.ROOT, format, one, two));
  }
}
