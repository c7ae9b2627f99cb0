package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.store.Samples.T0;
import static parallax.coordinator.store.Samples.incident;
import static parallax.coordinator.store.Samples.resolved;
import static parallax.coordinator.store.Samples.target;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.target.Region;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.run.Claim;
import parallax.coordinator.run.Guard;
import parallax.coordinator.run.Run;
import parallax.coordinator.run.RunWish;

/** What every store keeps of runs of actions, and of what users report. */
interface RunContract {
  IncidentId FIRST = new IncidentId("first");
  IncidentId SECOND = new IncidentId("second");
  Duration HOUR = Duration.ofHours(1);
  Duration DAY = Duration.ofDays(1);

  /** An empty store, the same one during a test. */
  Store store();

  private Epoch open() {
    Epoch epoch = store().takeOver();
    store()
        .record(
            epoch,
            List.of(
                new Effect.IncidentChanged(incident("first", "shop", T0)),
                new Effect.IncidentChanged(incident("second", "desk", T0))),
            T0);
    return epoch;
  }

  private static RunWish wish(IncidentId incident, String who, Instant at) {
    return new RunWish(
        incident, "shop-down", "restart", who, "command restart", at, Duration.ofMinutes(1));
  }

  private Claim byHand(IncidentId incident, Instant at) {
    return store().runs().claim(wish(incident, "alice", at), Optional.empty());
  }

  private Claim byItself(IncidentId incident, Epoch epoch, Instant at) {
    Guard guard = new Guard(epoch.number(), HOUR, 2, DAY);
    return store().runs().claim(wish(incident, Run.by("shop-down"), at), Optional.of(guard));
  }

  private static Run granted(Claim claim) {
    assertThat(claim).isInstanceOf(Claim.Granted.class);
    return ((Claim.Granted) claim).run();
  }

  private static Run.End done(Instant at) {
    return new Run.End(at, Run.Outcome.DONE, "finished: exit status 0\nall well");
  }

  @Test
  default void aRunIsWrittenDownFromItsBeginningToItsEndOnce() {
    open();
    Run run = granted(byHand(FIRST, T0));
    assertThat(run.automatic()).isFalse();
    assertThat(store().runs().runs(FIRST)).containsExactly(run);
    store().runs().ended(run.id(), done(T0.plusSeconds(2)));
    store().runs().ended(run.id(), new Run.End(T0.plusSeconds(9), Run.Outcome.FAILED, "no"));
    assertThat(store().runs().runs(FIRST))
        .extracting(Run::end)
        .containsExactly(Optional.of(done(T0.plusSeconds(2))));
    List<Entry> steps =
        store().notebook(FIRST).stream()
            .filter(entry -> entry.what().kind() == Happening.Kind.ACTION)
            .toList();
    assertThat(steps).extracting(Entry::who).containsExactly("alice", "runbook:shop-down");
    assertThat(steps)
        .extracting(Entry::what)
        .containsExactly(
            new Happening.Action("runbook shop-down, action restart", "started: command restart"),
            new Happening.Action(
                "runbook shop-down, action restart", "finished: exit status 0\nall well"));
    assertThat(store().runs().runsSince(T0)).hasSize(1);
    assertThat(store().runs().runsSince(T0.plusSeconds(1))).isEmpty();
  }

  @Test
  default void ofManyWhoWantTheSameAtOnceOneGetsIt() throws Exception {
    open();
    List<Claim> claims = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Claim>> calls =
          IntStream.range(0, 8).<Callable<Claim>>mapToObj(_ -> () -> byHand(FIRST, T0)).toList();
      for (Future<Claim> each : threads.invokeAll(calls)) {
        claims.add(each.get());
      }
    }
    assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.Running.class::isInstance).hasSize(7);
    assertThat(byHand(SECOND, T0)).isInstanceOf(Claim.Granted.class);
  }

  @Test
  default void whoeverTakesOverNeverRunsItAgain() {
    Epoch older = open();
    granted(byItself(FIRST, older, T0));
    Epoch newer = store().takeOver();
    Instant soon = T0.plusSeconds(1);
    assertThat(byItself(FIRST, newer, soon)).isInstanceOf(Claim.Running.class);
    assertThat(byItself(SECOND, newer, soon)).isEqualTo(new Claim.TooOften(T0.plus(HOUR)));
    assertThat(byItself(SECOND, older, T0.plus(HOUR))).isEqualTo(new Claim.Outdated());
    assertThat(store().runs().runs(FIRST)).hasSize(1);
  }

  @Test
  default void aRunWhoseCoordinatorDiedIsUnknownAndOnlyPeopleRepeatIt() {
    Epoch epoch = open();
    Run run = granted(byItself(FIRST, epoch, T0));
    Instant late = run.until();
    assertThat(store().runs().giveUp(late.minusMillis(1))).isEmpty();
    assertThat(store().runs().giveUp(late)).extracting(Run::id).containsExactly(run.id());
    assertThat(store().runs().giveUp(late)).isEmpty();
    assertThat(store().runs().runs(FIRST).getFirst().end().orElseThrow().outcome())
        .isEqualTo(Run.Outcome.UNKNOWN);
    Happening.Action said = (Happening.Action) store().notebook(FIRST).getLast().what();
    assertThat(said.outcome()).contains("nobody knows what came of it");
    Instant muchLater = T0.plus(HOUR);
    assertThat(byItself(FIRST, epoch, muchLater)).isInstanceOf(Claim.Unsure.class);
    assertThat(byItself(SECOND, epoch, muchLater)).isInstanceOf(Claim.Granted.class);
    assertThat(byHand(FIRST, muchLater)).isInstanceOf(Claim.Granted.class);
  }

  @Test
  default void evenBeforeAnybodyNoticedThatItsCoordinatorDied() {
    Epoch epoch = open();
    granted(byItself(FIRST, epoch, T0));
    assertThat(byItself(FIRST, store().takeOver(), T0.plus(HOUR))).isInstanceOf(Claim.Unsure.class);
  }

  @Test
  default void whatIsSaidLateIsBetterThanUnknown() {
    open();
    Run run = granted(byHand(FIRST, T0));
    store().runs().giveUp(run.until());
    store().runs().ended(run.id(), done(run.until().plusSeconds(5)));
    assertThat(store().runs().runs(FIRST).getFirst().end())
        .contains(done(run.until().plusSeconds(5)));
  }

  @Test
  default void whatRunsByItselfCoolsDownAndIsLimitedWhateverItIsFor() {
    Epoch epoch = open();
    Run run = granted(byItself(FIRST, epoch, T0));
    store().runs().ended(run.id(), done(T0.plusSeconds(1)));
    assertThat(byItself(SECOND, epoch, T0.plus(HOUR).minusSeconds(1)))
        .isEqualTo(new Claim.TooOften(T0.plus(HOUR)));
    Run second = granted(byItself(SECOND, epoch, T0.plus(HOUR)));
    store().runs().ended(second.id(), done(T0.plus(HOUR)));
    assertThat(byItself(FIRST, epoch, T0.plus(HOUR.multipliedBy(3))))
        .isEqualTo(new Claim.TooOften(T0.plus(DAY)));
    // People are not limited, and what they ran does not count as run by itself.
    Run byHand = granted(byHand(FIRST, T0.plus(HOUR.multipliedBy(3))));
    store().runs().ended(byHand.id(), done(T0.plus(HOUR.multipliedBy(3))));
    assertThat(byItself(FIRST, epoch, T0.plus(DAY))).isInstanceOf(Claim.Granted.class);
  }

  @Test
  default void itDoesNotRunByItselfRightAfterSomebodyRanIt() {
    Epoch epoch = open();
    Run run = granted(byHand(FIRST, T0));
    store().runs().ended(run.id(), done(T0));
    assertThat(byItself(SECOND, epoch, T0.plusSeconds(60)))
        .isEqualTo(new Claim.TooOften(T0.plus(HOUR)));
  }

  @Test
  default void nothingRunsForWhatIsOverOrWasNever() {
    Epoch epoch = open();
    store()
        .record(
            epoch,
            List.of(
                new Effect.IncidentChanged(
                    resolved(incident("first", "shop", T0), T0.plusSeconds(60)))),
            T0.plusSeconds(60));
    assertThat(byHand(FIRST, T0.plusSeconds(61))).isEqualTo(new Claim.Over());
    assertThat(byHand(new IncidentId("none"), T0)).isEqualTo(new Claim.Over());
    assertThat(store().runs().runsSince(T0)).isEmpty();
  }

  @Test
  default void whatUsersReportIsKeptNewestFirst() {
    UserReport older = new UserReport(target("shop"), T0, Optional.empty(), "slow\nand down");
    UserReport newer =
        new UserReport(target("shop"), T0.plusSeconds(1), Optional.of(new Region("tokyo")), "");
    store().reports().report(older);
    store().reports().report(newer);
    assertThat(store().reports().reports(T0, T0.plusSeconds(2))).containsExactly(newer, older);
    assertThat(store().reports().reports(T0, T0.plusSeconds(1))).containsExactly(older);
    assertThat(older.text()).isEqualTo("slow and down");
  }
}
