package parallax.coordinator.core.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.EvidenceBook;
import parallax.coordinator.core.evidence.Track;

/**
 * From evidence to a verdict, as far as one vantage can honestly go. A unit is what one kind of
 * check says of a target; each probe holds an opinion of it only after it was confirmed ({@link
 * Course}), and the majority of the probes that know decides. The target is as bad as its worst
 * unit; its cause is the first domino ({@link FirstDomino}). Whatever this rule finds is
 * unconfirmed: it weighs no probe against another.
 */
public final class VerdictRule {
  private VerdictRule() {}

  /** What the evidence says. */
  public static Ruling decide(Target target, EvidenceBook book, Courses courses) {
    Units units = Units.of(target, courses);
    TargetState state = units.state();
    return switch (state) {
      case UP -> new Ruling(state, Optional.empty(), Optional.empty());
      case UNKNOWN -> new Ruling(state, Optional.empty(), FirstDomino.ofProbe(book, units));
      case DEGRADED, DOWN ->
          new Ruling(state, units.scope(), FirstDomino.of(target, state, units, book, courses));
    };
  }

  /** The ruling with what it rests on. */
  public static Verdict verdict(Grounds grounds, Ruling ruling, Instant since, Instant now) {
    Units units = Units.of(grounds.target(), grounds.courses());
    List<Evidence> evidence = evidence(grounds.book(), ruling.state(), units, now);
    return new Verdict(
        grounds.target().name(),
        ruling.state(),
        ruling.scope(),
        ruling.cause(),
        since,
        confidence(ruling.state(), evidence),
        evidence,
        rule(grounds, ruling.state(), units));
  }

  /** What a verdict rests on. */
  public record Grounds(Target target, EvidenceBook book, Courses courses) {}

  /**
   * When the looks that make the target DOWN began, by the coordinator's clock: the earliest start
   * of an unbroken row of failing looks, as far back as looks are kept. Empty when it is not DOWN.
   */
  public static Optional<Instant> onset(Grounds grounds) {
    Units units = Units.of(grounds.target(), grounds.courses());
    Optional<Instant> onset = Optional.empty();
    for (Track track : grounds.book().tracks()) {
      boolean counts =
          isState(units, track.check(), TargetState.DOWN)
              && grounds.courses().of(track.check(), track.probe()).held() == Standing.DOWN;
      for (Evidence look : counts ? track.looks() : List.<Evidence>of()) {
        if (!(look.observation().outcome() instanceof Outcome.Down)) {
          break;
        }
        Instant began = look.received().minus(look.observation().duration());
        onset = onset.filter(began::isAfter).or(() -> Optional.of(began));
      }
    }
    return onset;
  }

  /** Units in the state of the target speak for it; when it is UP or UNKNOWN all of them do. */
  private static List<Evidence> evidence(
      EvidenceBook book, TargetState state, Units units, Instant now) {
    List<Evidence> fresh = book.evidenceAt(now);
    List<Evidence> speaking =
        switch (state) {
          case UP, UNKNOWN -> fresh;
          case DEGRADED, DOWN ->
              fresh.stream()
                  .filter(look -> isInTrouble(units, look.observation().check()))
                  .toList();
        };
    return speaking.stream().limit(Verdict.MAX_EVIDENCE).toList();
  }

  private static boolean isInTrouble(Units units, CheckKind check) {
    return isState(units, check, TargetState.DOWN) || isState(units, check, TargetState.DEGRADED);
  }

  private static boolean isState(Units units, CheckKind check, TargetState state) {
    return units.unit(check).filter(unit -> unit.state() == state).isPresent();
  }

  /**
   * By the rule of succession, {@code (agreeing + 1) / (looks + 2)} over the evidence that could
   * tell: three failing looks of three give 0.8. It speaks of this vantage, not of the world.
   */
  private static double confidence(TargetState state, List<Evidence> evidence) {
    int looks = 0;
    int agreeing = 0;
    for (Evidence look : evidence) {
      boolean agrees =
          switch (look.observation().outcome()) {
            case Outcome.Up _ -> state == TargetState.UP;
            case Outcome.Degraded _ -> state == TargetState.DEGRADED;
            case Outcome.Down _ -> state == TargetState.DOWN;
            case Outcome.Inconclusive _ -> false;
          };
      looks += look.observation().outcome() instanceof Outcome.Inconclusive ? 0 : 1;
      agreeing += agrees ? 1 : 0;
    }
    return state == TargetState.UNKNOWN ? 0 : (agreeing + 1.0) / (looks + 2.0);
  }

  private static String rule(Grounds grounds, TargetState state, Units units) {
    return switch (state) {
      case UP -> "every kind of check succeeds";
      case UNKNOWN -> unknown(grounds, units);
      case DEGRADED, DOWN ->
          units.units().stream()
              .filter(unit -> unit.state() == state)
              .map(unit -> trouble(grounds, unit))
              .collect(Collectors.joining("; "));
    };
  }

  private static String trouble(Grounds grounds, Units.Unit unit) {
    boolean down = unit.state() == TargetState.DOWN;
    int needed = down ? Course.LOOKS_TO_DOWN : Course.LOOKS_TO_DEGRADED;
    String words =
        unit.check().label()
            + ": %d of %d looks in a row %s"
                .formatted(needed, needed, down ? "failed" : "were not as they should be");
    if (unit.probes() > 1) {
      int troubled = unit.down() + unit.degraded();
      words += ", for %d of %d probes".formatted(troubled, unit.probes());
    }
    return words + recovery(grounds, unit.check());
  }

  /** How far an unconfirmed recovery got. */
  private static String recovery(Grounds grounds, CheckKind check) {
    int fine = 0;
    for (Courses.Entry entry : grounds.courses().entries()) {
      boolean recovering =
          entry.check() == check
              && (entry.now().held() == Standing.DOWN || entry.now().held() == Standing.DOUBTED);
      fine = recovering ? Math.max(fine, entry.now().fine()) : fine;
    }
    return fine == 0
        ? ""
        : ", then %d of %d looks in a row that end it succeeded"
            .formatted(fine, Course.LOOKS_TO_RECOVER);
  }

  private static String unknown(Grounds grounds, Units units) {
    for (Units.Unit unit : units.units()) {
      if (unit.state() == TargetState.UNKNOWN) {
        String kind = unit.check().label();
        String recovery = recovery(grounds, unit.check());
        if (!recovery.isEmpty()) {
          return kind + ": was down when last seen" + recovery;
        }
        boolean couldNotTell =
            grounds.book().tracks().stream()
                .anyMatch(
                    track -> track.check() == unit.check() && track.inconclusive().isPresent());
        return kind + (couldNotTell ? ": the probe could not tell" : ": nothing fresh was seen");
      }
    }
    return "nothing looks at this target";
  }
}
