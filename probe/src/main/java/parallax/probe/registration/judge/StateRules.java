package parallax.probe.registration.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import parallax.config.observation.Reason;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.judge.Judged.Said;
import parallax.probe.registration.status.DomainState;
import parallax.probe.registration.status.StateWords;

/** What the states of a registration amount to. */
final class StateRules {
  private StateRules() {}

  static List<Said> judge(GoodRecord record, Demand demand, Delegated delegated, Instant now) {
    RegistrationFacts facts = record.facts();
    Set<String> expected =
        demand.policy().statuses().stream().map(StateRules::letters).collect(Collectors.toSet());
    List<Said> said = new ArrayList<>();
    for (String raw : facts.rawStatuses()) {
      DomainState state = StateWords.shipped().stateOf(raw);
      boolean fine =
          expected.contains(letters(raw))
              || state.eppName().map(StateRules::letters).filter(expected::contains).isPresent();
      if (!fine) {
        judge(state, raw, record, delegated, now)
            .filter(each -> !said.contains(each))
            .ifPresent(said::add);
      }
    }
    for (String lock : demand.policy().locks()) {
      if (!isThere(lock, facts)) {
        said.add(Said.degraded(Reason.REGISTRATION_LOCK_MISSING, lock + " is expected"));
      }
    }
    return said;
  }

  private static boolean isThere(String lock, RegistrationFacts facts) {
    Set<DomainState> states = facts.states();
    Optional<DomainState> wanted = StateWords.shipped().known(lock);
    return wanted.filter(states::contains).isPresent()
        || facts.rawStatuses().stream().anyMatch(raw -> letters(raw).equals(letters(lock)))
        || facts.locks().stream().anyMatch(held -> letters(held).equals(letters(lock)));
  }

  private static String letters(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
  }

  private static Optional<Said> judge(
      DomainState state, String raw, GoodRecord record, Delegated delegated, Instant now) {
    String words = who(record, raw);
    return switch (state) {
      case CLIENT_HOLD -> Optional.of(Said.down(Reason.REGISTRATION_CLIENT_HOLD, words));
      case SERVER_HOLD -> Optional.of(Said.down(Reason.REGISTRATION_SERVER_HOLD, words));
      case SUSPENDED, FAILED -> Optional.of(Said.down(Reason.REGISTRATION_SUSPENDED, words));
      case REDEMPTION_PERIOD, PENDING_RESTORE, QUARANTINE ->
          Optional.of(Said.down(Reason.REGISTRATION_REDEMPTION, words));
      case PENDING_DELETE, TO_BE_RELEASED ->
          Optional.of(Said.down(Reason.REGISTRATION_PENDING_DELETE, words));
      case DELETED -> Optional.of(Said.down(Reason.REGISTRATION_ABSENT, words));
      case EXPIRED -> Optional.of(Said.down(Reason.REGISTRATION_EXPIRED, words));
      case INACTIVE, NOT_DELEGATED ->
          Optional.of(
              delegated == Delegated.THERE
                  ? Said.degraded(Reason.REGISTRATION_NOT_DELEGATED, words)
                  : Said.down(Reason.REGISTRATION_NOT_DELEGATED, words));
      case TO_BE_SUSPENDED ->
          Optional.of(Said.degraded(Reason.REGISTRATION_TO_BE_SUSPENDED, words));
      case AUTO_RENEW_PERIOD -> Optional.of(renewed(record, now));
      case UNKNOWN ->
          Optional.of(Said.degraded(Reason.REGISTRATION_UNKNOWN_STATE, "\"" + raw + "\""));
      case PENDING_CREATE, PENDING_TRANSFER, SERVER_RENEW_PROHIBITED, BLOCKED, DISPUTED, RESERVED ->
          Optional.of(Said.degraded(Reason.REGISTRATION_STATUS_CHANGED, words));
      case OK,
          LINKED,
          PENDING_UPDATE,
          PENDING_RENEW,
          ADD_PERIOD,
          RENEW_PERIOD,
          TRANSFER_PERIOD,
          CLIENT_DELETE_PROHIBITED,
          CLIENT_RENEW_PROHIBITED,
          CLIENT_TRANSFER_PROHIBITED,
          CLIENT_UPDATE_PROHIBITED,
          SERVER_DELETE_PROHIBITED,
          SERVER_TRANSFER_PROHIBITED,
          SERVER_UPDATE_PROHIBITED,
          REGISTERED,
          LOCKED ->
          Optional.empty();
    };
  }

  /** The registry has moved its date on; whether somebody has paid only the registrar knows. */
  private static Said renewed(GoodRecord record, Instant now) {
    Expiry paid = record.facts().dates().registrarExpiry();
    Optional<RegistryDate> until = paid.when();
    if (until.isEmpty()) {
      return Said.noted(
          Reason.REGISTRATION_RENEWAL_UNPAID, "the registrar does not tell until when it is paid");
    }
    String words = "paid until " + until.get().text() + who(record, "");
    return Deadlines.isSurelyPast(until.get(), now)
        ? Said.down(Reason.REGISTRATION_RENEWAL_UNPAID, words)
        : Said.noted(Reason.REGISTRATION_RENEWAL_UNPAID, words);
  }

  /** The state in the registry's words, and whom to turn to. */
  static String who(GoodRecord record, String raw) {
    String registrar =
        record
            .facts()
            .registrar()
            .map(name -> "registrar " + name)
            .orElse("registry " + record.registry());
    String contact = record.contact().map(known -> " (" + known.words() + ")").orElse("");
    return raw.isEmpty() ? "; " + registrar + contact : raw + "; " + registrar + contact;
  }
}
