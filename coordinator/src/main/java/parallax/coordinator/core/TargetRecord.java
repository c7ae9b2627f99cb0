package parallax.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.observation.Observation;
import parallax.config.target.Target;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.EvidenceBook;
import parallax.coordinator.core.evidence.Freshness;
import parallax.coordinator.core.verdict.Course;
import parallax.coordinator.core.verdict.Courses;
import parallax.coordinator.core.verdict.Ruling;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.VerdictRule;

/**
 * All that is known of one target.
 *
 * @param checks what is looked at, in causal order
 * @param since when the state of {@code ruling} began
 * @param lastOnset when its last incident began
 * @param queued when this target is looked after even if nothing arrives; empty: not
 */
record TargetRecord(
    Target target,
    List<Watch> checks,
    EvidenceBook book,
    Courses courses,
    Ruling ruling,
    Instant since,
    Instant lastOnset,
    Optional<Instant> queued) {

  /** Times that differ by this differ in every record. */
  private static final Duration RESOLUTION = Duration.of(1, ChronoUnit.MICROS);

  /**
   * One kind of check.
   *
   * @param quietUntil no further look is asked for before this
   */
  record Watch(CheckKind check, Freshness freshness, Instant quietUntil) {
    static Watch of(Target target, CheckSpec spec) {
      return new Watch(spec.kind(), Freshness.of(target, spec), Instant.MIN);
    }
  }

  static TargetRecord start(Target target, Instant since) {
    return new TargetRecord(
        target,
        watches(target),
        EvidenceBook.empty(),
        Courses.none(),
        Ruling.UNKNOWN,
        since,
        Instant.MIN,
        Optional.empty());
  }

  private static List<Watch> watches(Target target) {
    return target.checks().stream().map(spec -> Watch.of(target, spec)).toList();
  }

  Optional<Watch> watch(CheckKind check) {
    for (Watch watch : checks) {
      if (watch.check() == check) {
        return Optional.of(watch);
      }
    }
    return Optional.empty();
  }

  /** Whether an observation speaks about something that is to be watched, and from there. */
  boolean expects(Observation observation) {
    return watch(observation.check()).isPresent()
        && target.isWatchedFrom(observation.vantage().region());
  }

  /** Whether the probe's looks of this kind do not count yet. */
  boolean isNewTo(Observation observation) {
    return !courses.contains(observation.check(), observation.vantage().probe());
  }

  /** This record with new evidence; empty when it tells nothing new. */
  Optional<TargetRecord> plus(Evidence evidence, boolean isDoubted, Instant now) {
    Course first = isDoubted ? Course.DOUBTED : Course.UNSEEN;
    return watch(evidence.observation().check())
        .flatMap(watch -> book.plus(evidence, watch.freshness(), now))
        .map(added -> withBook(added.book(), courses.after(added, first)));
  }

  /** This record without what is no longer fresh. */
  TargetRecord freshAt(Instant now) {
    return book.hasFadedAt(now) ? refreshed(now) : this;
  }

  /** The same where the clock was set back and evidence may be from the future. */
  TargetRecord refreshed(Instant now) {
    EvidenceBook fresh = book.freshAt(now);
    return withBook(fresh, courses.within(fresh));
  }

  /**
   * This record under a changed configuration: what was seen by a check that is now another one no
   * longer counts.
   */
  TargetRecord under(Target other) {
    List<Watch> watches = watches(other);
    EvidenceBook kept =
        book.keeping(
            check ->
                watches.stream()
                    .filter(watch -> watch.check() == check)
                    .filter(_ -> target.check(check).equals(other.check(check)))
                    .map(Watch::freshness)
                    .findFirst());
    return new TargetRecord(
        other, watches, kept, courses.within(kept), ruling, since, lastOnset, queued);
  }

  private TargetRecord withBook(EvidenceBook other, Courses otherCourses) {
    return new TargetRecord(target, checks, other, otherCourses, ruling, since, lastOnset, queued);
  }

  TargetRecord withRuling(Ruling other, Instant now) {
    Instant began = other.state() == ruling.state() ? since : now;
    return new TargetRecord(target, checks, book, courses, other, began, lastOnset, queued);
  }

  TargetRecord withLastOnset(Instant other) {
    return new TargetRecord(target, checks, book, courses, ruling, since, other, queued);
  }

  TargetRecord withQueued(Optional<Instant> other) {
    return new TargetRecord(target, checks, book, courses, ruling, since, lastOnset, other);
  }

  TargetRecord withQuiet(CheckKind check, Instant until) {
    List<Watch> watches =
        checks.stream()
            .map(
                watch ->
                    watch.check() == check ? new Watch(check, watch.freshness(), until) : watch)
            .toList();
    return new TargetRecord(target, watches, book, courses, ruling, since, lastOnset, queued);
  }

  /** What the evidence says. */
  Ruling judged() {
    return VerdictRule.decide(target, book, courses);
  }

  /**
   * When the trouble began that makes the target DOWN; empty when it is not. Late looks may end an
   * incident and begin another one out of the same failing looks: it comes after the other, so that
   * the two are never taken for one.
   */
  Optional<Instant> onset() {
    return VerdictRule.onset(grounds())
        .map(began -> began.isAfter(lastOnset) ? began : lastOnset.plus(RESOLUTION));
  }

  private VerdictRule.Grounds grounds() {
    return new VerdictRule.Grounds(target, book, courses);
  }

  Verdict verdict(Instant now) {
    return VerdictRule.verdict(grounds(), ruling, since, now);
  }
}
