package parallax.probe.bgp.mapping;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.probe.audit.facts.Origin;
import parallax.probe.bgp.watch.Prefixes;
import parallax.probe.bgp.watch.WatchedRoutes.Match;
import parallax.probe.net.Cidr;

/**
 * By which prefix each address is normally reached. A prefix that vanishes stays written down, for
 * that is when it is needed; another one takes its place when it has been there for long, or at
 * once when the same system announces it. Not safe for use by several threads.
 */
final class AddressBook {
  /** Of more addresses those that were written first are forgotten. */
  static final int MAX_ADDRESSES = 200_000;

  /** Looked up anew after that. */
  static final Duration LASTS = Duration.ofDays(1);

  /** Tried again after that, where nobody knew it. */
  static final Duration RETRY = Duration.ofMinutes(10);

  /** What has been otherwise for so long is how it is now. */
  static final Duration STEADY = Duration.ofDays(7);

  private static final int IPV4_BLOCK = 24;
  private static final int IPV6_BLOCK = 48;

  private final Map<Cidr, Entry> entries = new LinkedHashMap<>();
  private final Map<Cidr, Told> told = new LinkedHashMap<>();

  /**
   * A prefix and who announces it.
   *
   * @param origins sorted; empty when not known
   */
  record Placed(Cidr prefix, List<Long> origins) {
    Placed {
      origins = List.copyOf(origins);
    }
  }

  /**
   * An address.
   *
   * @param other what it looks like now, when that is something else
   * @param otherSince when that began
   */
  private record Entry(Placed placed, Optional<Placed> other, Instant otherSince) {}

  /** What somebody who knows the routes said of a block of addresses. */
  private record Told(Optional<Placed> placed, Instant at) {}

  /** The block whose addresses have one route: nothing longer is accepted between networks. */
  static Cidr block(InetAddress address) {
    return Cidr.around(address, address.getAddress().length == 4 ? IPV4_BLOCK : IPV6_BLOCK);
  }

  /** Whether somebody who knows the routes should be asked of this block. */
  boolean isToBeAsked(Cidr block, Instant now) {
    Told last = told.get(block);
    return last == null || !now.isBefore(last.at().plus(last.placed().isPresent() ? LASTS : RETRY));
  }

  /** What was said of a block; that nothing is known now does not undo what was. */
  void told(Cidr block, Origin origin, Instant now) {
    Optional<Placed> placed =
        switch (origin) {
          case Origin.Announced announced ->
              Optional.of(
                  new Placed(
                      announced.prefix(),
                      announced.systems().stream().map(Origin.AutonomousSystem::number).toList()));
          case Origin.Unknown _ -> Optional.ofNullable(told.get(block)).flatMap(Told::placed);
        };
    told.remove(block);
    told.put(block, new Told(placed, now));
    trim(told);
  }

  /** What was said of a block, if anything was. */
  Optional<Placed> told(Cidr block) {
    return Optional.ofNullable(told.get(block)).flatMap(Told::placed);
  }

  /** Where an address is, as was written down. */
  Optional<Placed> of(Cidr address) {
    return Optional.ofNullable(entries.get(address)).map(Entry::placed);
  }

  /**
   * Writes down how an address looks now; returns whether where it is has changed.
   *
   * @param match in our own table
   * @param elsewhere what others say of it, or what is configured
   */
  boolean note(Cidr address, Optional<Match> match, Optional<Placed> elsewhere, Instant now) {
    Optional<Placed> own = match.map(one -> new Placed(one.prefix(), one.origins()));
    Optional<Placed> fresh =
        match.filter(Match::isCommon).flatMap(_ -> own).or(() -> elsewhere).or(() -> own);
    Entry entry = entries.get(address);
    if (entry == null) {
      fresh.ifPresent(placed -> write(address, new Entry(placed, Optional.empty(), now)));
      return fresh.isPresent();
    }
    if (fresh.isEmpty() || fresh.get().prefix().equals(entry.placed().prefix())) {
      entries.put(address, new Entry(merged(entry.placed(), fresh), Optional.empty(), now));
      return false;
    }
    Placed other = fresh.get();
    boolean same = entry.other().map(Placed::prefix).equals(Optional.of(other.prefix()));
    Instant since = same ? entry.otherSince() : now;
    boolean ofSame =
        Prefixes.holds(entry.placed().prefix(), other.prefix())
            && !other.origins().isEmpty()
            && entry.placed().origins().containsAll(other.origins());
    if (ofSame || !now.isBefore(since.plus(STEADY))) {
      write(address, new Entry(other, Optional.empty(), now));
      return true;
    }
    entries.put(address, new Entry(entry.placed(), Optional.of(other), since));
    return false;
  }

  private static Placed merged(Placed placed, Optional<Placed> fresh) {
    return placed.origins().isEmpty() ? fresh.orElse(placed) : placed;
  }

  private void write(Cidr address, Entry entry) {
    entries.put(address, entry);
    trim(entries);
  }

  private static void trim(Map<Cidr, ?> map) {
    if (map.size() > MAX_ADDRESSES) {
      map.remove(map.keySet().iterator().next());
    }
  }
}
