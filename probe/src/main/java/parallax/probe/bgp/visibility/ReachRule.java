package parallax.probe.bgp.visibility;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** From what was, what is seen and the time to what is: a function. */
final class ReachRule {
  /** Fewer voters at a collector do not tell whether it is out. */
  private static final int MIN_AT_COLLECTOR = 3;

  /**
   * While it comes back, a moment with up to so many times as many missing as are fine does not
   * begin the wait anew: peers that still settle would hold it up for as long as one of them does.
   * What begins at a share ends at a lower one, and how much lower follows from what is fine: with
   * nine in ten visible, eight in ten are a dip.
   */
  private static final double MISSING_IN_A_DIP = 2;

  private final VisibilitySettings.ReachLimits reach;
  private final VisibilitySettings.SourceLimits source;

  ReachRule(VisibilitySettings settings) {
    this.reach = settings.reach();
    this.source = settings.source();
  }

  ReachState step(ReachState before, Sight sight, Instant now) {
    Tally tally = sight.tally();
    boolean warm =
        tally.baseline() >= source.warmUpVoters()
            || (tally.baseline() > 0 && !now.isBefore(before.begun().plus(source.warmUp())));
    boolean known = warm && tally.baseline() > 0;
    if (before.standing() == Reach.LEARNING && !known) {
      return shown(before, sight.blind() ? Reach.BLIND : Reach.LEARNING, now, new TreeSet<>());
    }
    if (sight.blind() || tally.known() == 0) {
      return shown(frozen(before), Reach.BLIND, now, out(tally));
    }
    if (sight.canariesMoved()) {
      return shown(frozen(before), Reach.LOCAL_COLLECTOR, now, out(tally));
    }
    ReachState.Timers timers = timers(before, sight, tally, now);
    Standing next = standing(before, timers, tally, now);
    boolean trouble = next.reach() != Reach.VISIBLE || timers.low().isPresent();
    ReachState state =
        new ReachState(
            before.begun(),
            next.reach(),
            next.since(),
            before.shown(),
            before.shownSince(),
            timers,
            trouble ? losses(before, sight, next) : before.losses(),
            next.reach() == Reach.WITHDRAWN ? sight.coveredBy() : Optional.empty(),
            before.collectors());
    return shownOf(state, tally, now);
  }

  private record Standing(Reach reach, Instant since) {}

  private ReachState.Timers timers(ReachState before, Sight sight, Tally tally, Instant now) {
    ReachState.Timers was = before.timers();
    double visible = tally.visible();
    boolean burst =
        before.standing() == Reach.VISIBLE
            && sight.losses(before.standingSince()).size() >= reach.burst()
            && sight.collectorsLost(before.standingSince()) >= reach.collectors();
    boolean low = visible < reach.visible() || burst;
    boolean well = visible >= reach.visible();
    boolean dip = visible >= leastInADip();
    boolean one = low && concentrated(tally).isPresent();
    boolean gone =
        visible <= reach.gone()
            && tally.known() >= reach.minKnown()
            && tally.collectorsLost() >= reach.collectors();
    return new ReachState.Timers(
        since(low, was.low(), now),
        since(gone, was.gone(), now),
        since(well || (was.back().isPresent() && dip), was.back(), now),
        since(visible < reach.recovering(), was.below(), now),
        since(one || !out(tally).isEmpty(), was.local(), now));
  }

  /** Half of them and fewer, by {@code recovering}, are no dip whatever is fine. */
  private double leastInADip() {
    return Math.max(reach.recovering(), 1 - MISSING_IN_A_DIP * (1 - reach.visible()));
  }

  private Standing standing(ReachState before, ReachState.Timers timers, Tally tally, Instant now) {
    boolean well = tally.visible() >= reach.visible();
    Standing same = new Standing(before.standing(), before.standingSince());
    boolean withdrawn = before.standing() == Reach.WITHDRAWN;
    if (!withdrawn && held(timers.gone(), reach.goneFor(), now)) {
      return new Standing(Reach.WITHDRAWN, timers.gone().orElse(now));
    }
    return switch (before.standing()) {
      case VISIBLE ->
          held(timers.low(), reach.partialFor(), now) && concentrated(tally).isEmpty()
              ? new Standing(Reach.PARTIAL, timers.low().orElse(now))
              : same;
      case PARTIAL ->
          well && held(timers.back(), reach.restoredFor(), now)
              ? new Standing(Reach.VISIBLE, timers.back().orElse(now))
              : same;
      case WITHDRAWN ->
          tally.visible() > reach.recovering() ? new Standing(Reach.RECOVERING, now) : same;
      case RECOVERING -> {
        if (well && held(timers.back(), reach.restoredFor(), now)) {
          yield new Standing(Reach.VISIBLE, timers.back().orElse(now));
        }
        yield held(timers.below(), reach.partialFor(), now)
            ? new Standing(Reach.PARTIAL, timers.below().orElse(now))
            : same;
      }
      case LEARNING, FALLBACK, LOCAL_COLLECTOR, BLIND -> new Standing(Reach.VISIBLE, now);
    };
  }

  /** The first loss of this time and the last; a new time begins where all was well before. */
  private static ReachState.Losses losses(ReachState before, Sight sight, Standing next) {
    boolean goesOn = before.standing() != Reach.VISIBLE || before.timers().low().isPresent();
    Instant since = next.reach() == Reach.VISIBLE ? before.standingSince() : before.begun();
    List<Instant> now = sight.losses(since);
    ReachState.Losses was = goesOn ? before.losses() : ReachState.Losses.NONE;
    return new ReachState.Losses(
        Stream.concat(was.first().stream(), now.stream()).min(Instant::compareTo),
        Stream.concat(was.last().stream(), now.stream()).max(Instant::compareTo));
  }

  private ReachState shownOf(ReachState state, Tally tally, Instant now) {
    NavigableSet<String> out = out(tally);
    concentrated(tally).ifPresent(out::add);
    boolean quiet = state.standing() == Reach.VISIBLE;
    if (quiet && held(state.timers().local(), reach.goneFor(), now)) {
      return shown(state, Reach.LOCAL_COLLECTOR, state.timers().local().orElse(now), out);
    }
    boolean covered = state.standing() == Reach.WITHDRAWN && state.coveredBy().isPresent();
    Reach told = covered ? Reach.FALLBACK : state.standing();
    return shown(state, told, state.standingSince(), new TreeSet<>());
  }

  private static ReachState shown(
      ReachState state, Reach told, Instant since, NavigableSet<String> collectors) {
    return new ReachState(
        state.begun(),
        state.standing(),
        state.standingSince(),
        told,
        told == state.shown() ? state.shownSince() : since,
        state.timers(),
        state.losses(),
        state.coveredBy(),
        collectors);
  }

  /** While nothing can be said nothing goes on either. */
  private static ReachState frozen(ReachState state) {
    return new ReachState(
        state.begun(),
        state.standing(),
        state.standingSince(),
        state.shown(),
        state.shownSince(),
        ReachState.Timers.NONE,
        state.losses(),
        state.coveredBy(),
        state.collectors());
  }

  /** The collector that has as good as all losses, where the others see the prefix well. */
  private Optional<String> concentrated(Tally tally) {
    for (var one : tally.byCollector().entrySet()) {
      Tally others = tally.without(one.getKey());
      boolean most = one.getValue().lost() >= source.concentrated() * Math.max(1, tally.lost());
      boolean fine = others.known() >= MIN_AT_COLLECTOR && others.visible() >= reach.visible();
      if (most && fine) {
        return Optional.of(one.getKey());
      }
    }
    return Optional.empty();
  }

  /** Collectors whose sessions are as good as all down. */
  private NavigableSet<String> out(Tally tally) {
    NavigableSet<String> out = new TreeSet<>();
    tally
        .byCollector()
        .forEach(
            (collector, count) -> {
              int all = count.known() + count.unknown();
              boolean most = count.unknown() >= source.concentrated() * all;
              if (all >= MIN_AT_COLLECTOR && most) {
                out.add(collector);
              }
            });
    return out;
  }

  private static Optional<Instant> since(boolean holds, Optional<Instant> was, Instant now) {
    return holds ? was.or(() -> Optional.of(now)) : Optional.empty();
  }

  private static boolean held(Optional<Instant> since, Duration time, Instant now) {
    return since.isPresent() && !now.isBefore(since.get().plus(time));
  }
}
