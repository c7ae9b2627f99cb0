package parallax.coordinator.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.incident.Grouping;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.unit.UnitJudge;
import parallax.coordinator.core.watch.Dependency;

/**
 * Before a target is blamed for what only some probes see, they are looked at on other targets:
 * what fails there as well is our own trouble.
 */
final class CrossChecks {
  /** So many other targets are looked at. */
  private static final int TARGETS = 4;

  /** By so many of the probes. */
  private static final int PROBES = 6;

  /** More targets than this are not considered. */
  private static final int MAX_CONSIDERED = 256;

  /** So many of the last looks at the others count as well as the answers. */
  private static final int RECENT = 0xff;

  /** With so many of the answers failing it is our side. */
  private static final double OURS = 0.5;

  private CrossChecks() {}

  static boolean isOn(Unit unit) {
    return unit.phase() instanceof Phase.Suspected suspected && suspected.checking().isOn();
  }

  /** Asks the probes of a check that has just begun. */
  static Unit asked(Turn turn, TargetRecord record, Unit was, Unit unit) {
    if (!(unit.phase() instanceof Phase.Suspected suspected)
        || !suspected.checking().isOn()
        || isOn(was)) {
      return unit;
    }
    CheckKind check = unit.cadence().check();
    List<TargetName> others = others(turn, record, check, suspected);
    for (int slot : suspected.checking().slots().stream().limit(PROBES).toList()) {
      for (TargetName other : others) {
        turn.ask(other, check, slot);
      }
    }
    return unit.with(suspected.with(suspected.checking().against(others, turn.now)));
  }

  /**
   * Others that are looked at the same way and are not down; those that share least come first.
   * Where everybody is suspected those that share something say nothing: that what is shared is
   * down looks the same, and is likelier than trouble of all our probes at once.
   */
  private static List<TargetName> others(
      Turn turn, TargetRecord record, CheckKind check, Phase.Suspected suspected) {
    Layer layer = layer(suspected);
    List<Integer> suspects = suspected.checking().slots();
    boolean everybody =
        Judging.setting(turn, record).counting().stream()
            .allMatch(probe -> suspects.contains(probe.slot()));
    List<TargetRecord> apart = new ArrayList<>();
    List<TargetRecord> related = new ArrayList<>();
    List<TargetRecord> all = turn.records.firstValues(MAX_CONSIDERED);
    int start = Math.floorMod(record.name().hashCode(), Math.max(1, all.size()));
    for (int at = 0; at < all.size() && apart.size() < TARGETS; at++) {
      TargetRecord other = all.get((start + at) % all.size());
      boolean fits =
          !other.name().equals(record.name())
              && other.unit(check).filter(unit -> !unit.isFailing()).isPresent();
      if (fits) {
        (isRelated(record, other, layer) ? related : apart).add(other);
      }
    }
    if (!everybody) {
      apart.addAll(related);
    }
    return apart.stream().limit(TARGETS).map(TargetRecord::name).toList();
  }

  private static Layer layer(Phase.Suspected suspected) {
    return suspected.failures().isEmpty() ? Layer.HTTP : suspected.failures().getLast().layer();
  }

  /** Whether two targets stand on something that can fail at this layer. */
  private static boolean isRelated(TargetRecord one, TargetRecord other, Layer layer) {
    List<Dependency> others = other.dependencies();
    for (Dependency dependency : one.dependencies()) {
      if (Grouping.canCause(dependency.kind(), layer) && others.contains(dependency)) {
        return true;
      }
    }
    return false;
  }

  /** Looks at the answers. */
  static void look(Turn turn, TargetRecord record, int index) {
    Unit unit = record.units().get(index);
    if (!(unit.phase() instanceof Phase.Suspected suspected)) {
      return;
    }
    Phase.Checking checking = suspected.checking();
    Answers answers = answers(turn, checking, unit.cadence().check());
    if (answers.missing() > 0 && turn.now.isBefore(checking.until())) {
      Unit waiting = unit.with(suspected.with(checking.nextAt(turn.now.plusSeconds(1))));
      Judging.changed(turn, record, index, waiting);
      return;
    }
    if (answers.failed() > 0 && answers.failed() >= OURS * answers.given()) {
      for (int slot : answers.suspects()) {
        if (turn.fleet.probe(slot).sick().isEmpty()) {
          turn.fleet = turn.fleet.sick(slot, Optional.of(turn.now));
        }
      }
    }
    boolean told = answers.given() > 0 || checking.against().isEmpty();
    boolean believed =
        checking.slots().stream().anyMatch(slot -> turn.fleet.counts(slot, turn.now));
    boolean theirs = told && believed && answers.failed() == 0 && !answers.failedLately();
    Judging.carried(
        turn, record, index, UnitJudge.checked(unit, !theirs, Judging.setting(turn, record)));
  }

  /**
   * What was answered.
   *
   * @param suspects slots of probes of whose answers half or more failed
   */
  private record Answers(
      int given, int failed, int missing, boolean failedLately, List<Integer> suspects) {}

  private static Answers answers(Turn turn, Phase.Checking checking, CheckKind check) {
    int given = 0;
    int failed = 0;
    int missing = 0;
    boolean lately = false;
    List<Integer> suspects = new ArrayList<>();
    for (int slot : checking.slots().stream().limit(PROBES).toList()) {
      int own = 0;
      int ownFailed = 0;
      for (TargetName other : checking.against()) {
        Optional<Unit> unit = turn.record(other).flatMap(record -> record.unit(check));
        int index = unit.map(known -> known.looks().indexOf(slot)).orElse(-1);
        if (unit.isPresent() && !unit.get().isFailing()) {
          Looks looks = unit.get().looks();
          boolean answered =
              index >= 0 && looks.started(index, 0) >= checking.asked().toEpochMilli();
          own += answered ? 1 : 0;
          missing += answered ? 0 : 1;
          ownFailed += answered && LookCode.isFailed(looks.code(index, 0)) ? 1 : 0;
          lately |= index >= 0 && Integer.bitCount(looks.past(index) & RECENT) > 1;
        }
      }
      given += own;
      failed += ownFailed;
      if (own > 0 && ownFailed >= OURS * own) {
        suspects.add(slot);
      }
    }
    return new Answers(given, failed, missing, lately, suspects);
  }
}
