package parallax.probe.registration.status;

import java.util.Optional;

/**
 * States of a registration: those of EPP (RFC 5731 section 2.3, RFC 3915 section 3.1, as RFC 8056
 * maps them) and those that registries add. {@link #UNKNOWN} is a state too: it is told, never
 * taken for fine.
 */
public enum DomainState {
  OK("ok", Resolving.YES, Severity.FINE, Actor.UNKNOWN),
  LINKED("linked", Resolving.NOT_TOLD, Severity.FINE, Actor.UNKNOWN),
  CLIENT_HOLD("clientHold", Resolving.NO, Severity.CRITICAL, Actor.REGISTRAR),
  SERVER_HOLD("serverHold", Resolving.NO, Severity.CRITICAL, Actor.REGISTRY),
  INACTIVE("inactive", Resolving.NO, Severity.CRITICAL, Actor.UNKNOWN),
  REDEMPTION_PERIOD("redemptionPeriod", Resolving.NO, Severity.CRITICAL, Actor.LIFE_CYCLE),
  PENDING_DELETE("pendingDelete", Resolving.NO, Severity.CRITICAL, Actor.LIFE_CYCLE),
  PENDING_RESTORE("pendingRestore", Resolving.NOT_YET, Severity.CRITICAL, Actor.REGISTRAR),
  PENDING_CREATE("pendingCreate", Resolving.NOT_YET, Severity.WARNING, Actor.REGISTRY),
  PENDING_TRANSFER("pendingTransfer", Resolving.YES, Severity.WARNING, Actor.REGISTRAR),
  PENDING_UPDATE("pendingUpdate", Resolving.YES, Severity.NOTED, Actor.REGISTRY),
  PENDING_RENEW("pendingRenew", Resolving.YES, Severity.NOTED, Actor.REGISTRY),
  ADD_PERIOD("addPeriod", Resolving.YES, Severity.NOTED, Actor.LIFE_CYCLE),
  AUTO_RENEW_PERIOD("autoRenewPeriod", Resolving.YES, Severity.WARNING, Actor.LIFE_CYCLE),
  RENEW_PERIOD("renewPeriod", Resolving.YES, Severity.NOTED, Actor.LIFE_CYCLE),
  TRANSFER_PERIOD("transferPeriod", Resolving.YES, Severity.NOTED, Actor.LIFE_CYCLE),
  CLIENT_DELETE_PROHIBITED(
      "clientDeleteProhibited", Resolving.NOT_TOLD, Severity.FINE, Actor.REGISTRAR),
  CLIENT_RENEW_PROHIBITED(
      "clientRenewProhibited", Resolving.NOT_TOLD, Severity.NOTED, Actor.REGISTRAR),
  CLIENT_TRANSFER_PROHIBITED(
      "clientTransferProhibited", Resolving.NOT_TOLD, Severity.FINE, Actor.REGISTRAR),
  CLIENT_UPDATE_PROHIBITED(
      "clientUpdateProhibited", Resolving.NOT_TOLD, Severity.FINE, Actor.REGISTRAR),
  SERVER_DELETE_PROHIBITED(
      "serverDeleteProhibited", Resolving.NOT_TOLD, Severity.FINE, Actor.REGISTRY),
  SERVER_RENEW_PROHIBITED(
      "serverRenewProhibited", Resolving.NOT_TOLD, Severity.WARNING, Actor.REGISTRY),
  SERVER_TRANSFER_PROHIBITED(
      "serverTransferProhibited", Resolving.NOT_TOLD, Severity.FINE, Actor.REGISTRY),
  SERVER_UPDATE_PROHIBITED(
      "serverUpdateProhibited", Resolving.NOT_TOLD, Severity.FINE, Actor.REGISTRY),

  /** Registered, by a word that says no more than that. */
  REGISTERED(Resolving.NOT_TOLD, Severity.FINE, Actor.UNKNOWN),
  /** Locked by registry or registrar, in words that do not say against what. */
  LOCKED(Resolving.NOT_TOLD, Severity.FINE, Actor.UNKNOWN),
  /** Registered and never, or not any more, given name servers. */
  NOT_DELEGATED(Resolving.NO, Severity.CRITICAL, Actor.UNKNOWN),
  /** Taken out of the zone by the registry; the registration still stands. */
  SUSPENDED(Resolving.NO, Severity.CRITICAL, Actor.REGISTRY),
  /** Cancelled for the end of a period, and resolving until then. */
  TO_BE_SUSPENDED(Resolving.YES, Severity.CRITICAL, Actor.LIFE_CYCLE),
  EXPIRED(Resolving.NO, Severity.CRITICAL, Actor.LIFE_CYCLE),
  /** Ended, and kept for its last holder for some weeks. */
  QUARANTINE(Resolving.NO, Severity.CRITICAL, Actor.LIFE_CYCLE),
  TO_BE_RELEASED(Resolving.NO, Severity.CRITICAL, Actor.LIFE_CYCLE),
  DELETED(Resolving.NO, Severity.CRITICAL, Actor.LIFE_CYCLE),
  /** DENIC: registered with data that the registry cannot put into the zone. */
  FAILED(Resolving.NO, Severity.CRITICAL, Actor.REGISTRY),
  BLOCKED(Resolving.NOT_TOLD, Severity.WARNING, Actor.REGISTRY),
  DISPUTED(Resolving.NOT_TOLD, Severity.WARNING, Actor.REGISTRY),
  /** Kept back by the registry itself. */
  RESERVED(Resolving.NOT_TOLD, Severity.WARNING, Actor.REGISTRY),
  /** A word that is not in the table: to be looked at by a person. */
  UNKNOWN(Resolving.NOT_TOLD, Severity.WARNING, Actor.UNKNOWN);

  private final Optional<String> eppName;
  private final Resolving resolving;
  private final Severity severity;
  private final Actor actor;

  DomainState(String eppName, Resolving resolving, Severity severity, Actor actor) {
    this.eppName = Optional.of(eppName);
    this.resolving = resolving;
    this.severity = severity;
    this.actor = actor;
  }

  DomainState(Resolving resolving, Severity severity, Actor actor) {
    this.eppName = Optional.empty();
    this.resolving = resolving;
    this.severity = severity;
    this.actor = actor;
  }

  /** As EPP spells it; empty for what only some registry knows. */
  public Optional<String> eppName() {
    return eppName;
  }

  public Resolving resolving() {
    return resolving;
  }

  public Severity severity() {
    return severity;
  }

  public Actor actor() {
    return actor;
  }

  /** Whether it keeps somebody from changing or moving the registration. */
  public boolean isLock() {
    return this == LOCKED || eppName.filter(name -> name.endsWith("Prohibited")).isPresent();
  }
}
