package parallax.probe.bgp.table;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.probe.bgp.route.Peer;

/** One peer: its session, what it said in it, and what it has. */
final class PeerState {
  /** So few withdrawals alone prove nothing. */
  static final int MIN_ONLY_WITHDRAWN = 3;

  /** So few withdrawals of what was never announced prove nothing. */
  static final int MIN_NEVER_HAD = 50;

  private static final int FAMILIES = 2;

  private final Column[] current = new Column[FAMILIES];

  /** What it had in the session before, until the table of this one is complete. */
  private final @Nullable Column[] before = new Column[FAMILIES];

  private Peer peer;
  private boolean up = true;
  private boolean tableExpected;
  private Instant since;
  private long announced;
  private long withdrawn;
  private long neverHad;

  PeerState(Peer peer, Instant since) {
    this.peer = peer;
    this.since = since;
    current[0] = new Column();
    current[1] = new Column();
  }

  Peer peer() {
    return peer;
  }

  boolean up() {
    return up;
  }

  Instant since() {
    return since;
  }

  Column current(boolean ipv6) {
    return current[ipv6 ? 1 : 0];
  }

  Optional<Column> before(boolean ipv6) {
    return Optional.ofNullable(before[ipv6 ? 1 : 0]);
  }

  /** The source tells the number of a peer with some messages, and 0 with others. */
  void name(Peer told) {
    if (told.asn() != 0 && told.asn() != peer.asn()) {
      peer = told;
    }
  }

  void goDown(Instant at) {
    if (up) {
      up = false;
      since = at;
    }
  }

  /** A new session: what it had stays aside until its table is complete. */
  void comeUp(Instant at, boolean told) {
    for (int family = 0; family < FAMILIES; family++) {
      before[family] = current[family];
      current[family] = new Column();
    }
    up = true;
    tableExpected = tableExpected || told;
    since = at;
    announced = 0;
    withdrawn = 0;
    neverHad = 0;
  }

  void forgetBefore(boolean ipv6) {
    before[ipv6 ? 1 : 0] = null;
  }

  void expectTable() {
    tableExpected = true;
  }

  void countAnnounced() {
    announced++;
  }

  void countWithdrawn(boolean had) {
    withdrawn++;
    neverHad += had ? 0 : 1;
  }

  PeerStanding.Health health() {
    if (!tableExpected) {
      return PeerStanding.Health.SOUND;
    }
    boolean holds = current[0].filled() + current[1].filled() > 0;
    if (announced == 0 && !holds && withdrawn >= MIN_ONLY_WITHDRAWN) {
      return PeerStanding.Health.ONLY_WITHDRAWS;
    }
    boolean mostly = neverHad > (announced + withdrawn) / 2;
    return mostly && neverHad >= MIN_NEVER_HAD
        ? PeerStanding.Health.WITHDRAWS_UNKNOWN
        : PeerStanding.Health.SOUND;
  }

  PeerStanding standing() {
    return new PeerStanding(
        peer, up, since, health(), current[0].filled(), current[1].filled(), announced, withdrawn);
  }
}
