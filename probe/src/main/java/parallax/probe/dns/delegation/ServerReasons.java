package parallax.probe.dns.delegation;

import java.util.Optional;
import parallax.config.observation.Reason;

/** The reason that each way of failing gives, when a zone's own server fails so. */
public final class ServerReasons {
  private ServerReasons() {}

  /** Why {@code said} is no answer of a server of the zone; empty when it is one. */
  public static Optional<Reason> of(Said said) {
    return switch (said) {
      case Said.Answered _, Said.NoSuchName _, Said.NoSuchRecord _, Said.Looping _ ->
          Optional.empty();
      case Said.Referred _ -> Optional.empty();
      case Said.Lame(Said.Lame.Kind kind, _) -> Optional.of(lame(kind));
      case Said.Silent silent -> Optional.of(silent(silent));
      case Said.NotAsked(Said.NotAsked.Why why, _) ->
          Optional.of(
              switch (why) {
                case NO_ROUTE -> Reason.PROBE_NO_ADDRESS_FAMILY;
                case FORBIDDEN -> Reason.PROBE_ADDRESS_FORBIDDEN;
                case BOUND -> Reason.PROBE_WALK_BOUND;
              });
    };
  }

  /** Whether {@code said} tells of the probe and not of the server. */
  public static boolean isUntold(Said said) {
    return of(said).map(Reason::isProbesOwn).orElse(false);
  }

  private static Reason lame(Said.Lame.Kind kind) {
    return switch (kind) {
      case REFUSED -> Reason.NAME_SERVERS_REFUSED;
      case SERVFAIL -> Reason.NAME_SERVERS_SERVFAIL;
      case NOT_AUTHORITATIVE -> Reason.NAME_SERVERS_NOT_AUTHORITATIVE;
      case UPWARD -> Reason.NAME_SERVERS_UPWARD;
      case RCODE -> Reason.NAME_SERVERS_RCODE;
    };
  }

  private static Reason silent(Said.Silent silent) {
    boolean tcp = silent.path().tcp();
    boolean truncated = tcp && silent.path().truncated();
    return switch (silent.failure()) {
      case OVERLOADED -> Reason.PROBE_OVERLOADED;
      case INTERNAL -> Reason.PROBE_INTERNAL_ERROR;
      case GARBAGE, FORGED -> Reason.NAME_SERVERS_GARBAGE;
      case HOST_UNREACHABLE, NETWORK_UNREACHABLE -> Reason.NAME_SERVERS_UNREACHABLE;
      case TIMEOUT ->
          truncated
              ? Reason.NAME_SERVERS_TRUNCATED_NO_TCP
              : tcp ? Reason.NAME_SERVERS_TCP_TIMEOUT : Reason.NAME_SERVERS_TIMEOUT;
      case CLOSED_PORT ->
          truncated
              ? Reason.NAME_SERVERS_TRUNCATED_NO_TCP
              : tcp ? Reason.NAME_SERVERS_TCP_REFUSED : Reason.NAME_SERVERS_PORT_UNREACHABLE;
      case RESET ->
          truncated ? Reason.NAME_SERVERS_TRUNCATED_NO_TCP : Reason.NAME_SERVERS_TCP_RESET;
    };
  }
}
