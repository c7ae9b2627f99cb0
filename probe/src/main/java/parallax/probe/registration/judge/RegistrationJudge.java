package parallax.probe.registration.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.registration.judge.Judged.Said;
import parallax.probe.registration.judge.Judged.Weight;

/** Judges what is known of a registration. */
public final class RegistrationJudge {
  /** A name that is said to be free is believed to be so at the second look. */
  private static final int LOOKS = 2;

  private RegistrationJudge() {}

  /**
   * What is to be said of {@code known}.
   *
   * @param delegated whether the parent zone has the domain
   */
  public static Judged judge(Knowledge known, Demand demand, Delegated delegated, Instant now) {
    if (delegated == Delegated.BACK) {
      return outdated(judge(known, demand, Delegated.THERE, now));
    }
    if (known.absent().isPresent()) {
      return absent(known, demand, delegated, now);
    }
    if (known.good().isEmpty()) {
      Optional<Said> due = Deadlines.provisional(Optional.empty(), demand, now);
      return due.filter(said -> said.weight() != Weight.NOTED)
          .map(said -> new Judged(List.of(said), Optional.empty()))
          .orElseGet(() -> untold(known));
    }
    GoodRecord record = known.good().get();
    if (record.isStale(now)) {
      Duration age = Duration.between(record.at(), now);
      return Judged.untold(
          Reason.REGISTRATION_STALE,
          "told "
              + age.toDays()
              + " days ago"
              + known.trouble().map(finding -> "; since then: " + finding.words()).orElse(""));
    }
    List<Said> said = new ArrayList<>(StateRules.judge(record, demand, delegated, now));
    boolean explained = said.stream().anyMatch(each -> each.weight() == Weight.DOWN);
    if (delegated == Delegated.GONE && !explained) {
      said.add(JoinedCause.withheld(record, demand, now));
    }
    said.addAll(Deadlines.expiry(record, demand, now));
    Deadlines.provisional(known.good(), demand, now).ifPresent(said::add);
    known.changes().stream()
        .filter(change -> change.isShown(now))
        .map(Change::said)
        .forEach(said::add);
    return new Judged(said, Optional.empty());
  }

  /**
   * What keeps a domain out of its parent zone (RFC 5731 section 2.3) does not hold any more once
   * it is delegated again, whatever was told before.
   */
  private static Judged outdated(Judged told) {
    return new Judged(
        told.said().stream().map(RegistrationJudge::outdated).toList(), told.untold());
  }

  private static Said outdated(Said said) {
    Finding finding = said.finding();
    return said.weight() == Weight.DOWN
        ? Said.degraded(
            finding.reason(), finding.detail() + "; told before the parent zone delegated it again")
        : said;
  }

  private static Judged absent(Knowledge known, Demand demand, Delegated delegated, Instant now) {
    Knowledge.Absence absence = known.absent().orElseThrow();
    String words = absence.registry() + " says it is not registered";
    if (delegated == Delegated.THERE) {
      return Judged.untold(
          Reason.REGISTRATION_UNCONFIRMED, words + ", yet its parent zone delegates it");
    }
    boolean confirmed = delegated == Delegated.GONE || absence.times() >= LOOKS;
    boolean old = absence.last().plus(GoodRecord.LASTS).isBefore(now);
    if (old) {
      return Judged.untold(Reason.REGISTRATION_STALE, words + ", days ago");
    }
    return confirmed
        ? new Judged(List.of(JoinedCause.deleted(known, demand)), Optional.empty())
        : Judged.untold(Reason.REGISTRATION_UNCONFIRMED, words + "; asked again before it counts");
  }

  private static Judged untold(Knowledge known) {
    Finding why =
        known.trouble().orElse(new Finding(Reason.REGISTRATION_NO_ANSWER, "not looked up yet"));
    return new Judged(List.of(), Optional.of(why));
  }
}
