package parallax.probe.bgp.mapping;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xbill.DNS.Name;
import parallax.probe.dns.delegation.Delegation;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.net.AddressText;
import parallax.probe.net.Cidr;

/**
 * The name servers of zones, as walks found them. What a walk did not find, because the names of
 * the servers could not be resolved this time, stays as it was. Safe for use by many threads.
 */
final class ZoneServers {
  /** Of more zones those that were not walked to for longest are forgotten. */
  private static final int MAX_ZONES = 100_000;

  /** More addresses of one zone are not watched. */
  private static final int MAX_ADDRESSES = 64;

  private static final float LOAD = 0.75f;

  private final Map<String, SortedMap<String, Server>> zones = new LinkedHashMap<>(16, LOAD, true);

  /** One address of one server. */
  record Server(String name, InetAddress address) {
    /** {@code a.ns.example 192.0.2.1}. */
    @Override
    public String toString() {
      return name + " " + AddressText.of(address);
    }
  }

  /** Takes in what a walk found; returns whether it is news. */
  synchronized boolean walked(Walk walk) {
    SortedMap<String, Server> found = new TreeMap<>();
    SortedMap<String, Boolean> named = new TreeMap<>();
    walk.delegation().ifPresent(delegation -> told(delegation, found, named));
    walk.own().ifPresent(step -> asked(step, found, named));
    if (found.isEmpty()) {
      return false;
    }
    String zone = walk.zone().toString(true);
    SortedMap<String, Server> before = zones.getOrDefault(zone, new TreeMap<>());
    for (Server old : before.values()) {
      boolean unresolved =
          named.containsKey(old.name())
              && found.values().stream().noneMatch(server -> server.name().equals(old.name()));
      if (unresolved) {
        add(old, found);
      }
    }
    zones.put(zone, Collections.unmodifiableSortedMap(found));
    if (zones.size() > MAX_ZONES) {
      zones.remove(zones.keySet().iterator().next());
    }
    return !found.equals(before);
  }

  private static void told(
      Delegation delegation, SortedMap<String, Server> found, SortedMap<String, Boolean> named) {
    delegation.servers().forEach(server -> named.put(text(server), true));
    delegation
        .glue()
        .forEach(
            (server, addresses) ->
                addresses.forEach(address -> add(new Server(text(server), address), found)));
  }

  private static void asked(
      Step step, SortedMap<String, Server> found, SortedMap<String, Boolean> named) {
    step.homeless().forEach(server -> named.put(text(server), true));
    for (Visit visit : step.visits()) {
      NameServer server = visit.server();
      named.put(text(server.host()), true);
      add(new Server(text(server.host()), server.address()), found);
    }
  }

  private static void add(Server server, SortedMap<String, Server> found) {
    if (found.size() < MAX_ADDRESSES) {
      found.put(server.toString(), server);
    }
  }

  private static String text(Name name) {
    return name.toString(true);
  }

  /** The servers of the zone that {@code host} lies in, as far as one was walked to. */
  synchronized SortedMap<String, Server> of(String host) {
    if (Cidr.literal(host).isPresent()) {
      return new TreeMap<>();
    }
    Optional<String> zone = Optional.of(host);
    while (zone.isPresent()) {
      SortedMap<String, Server> servers = zones.get(zone.get());
      if (servers != null) {
        return servers;
      }
      zone = parent(zone.get());
    }
    return new TreeMap<>();
  }

  private static Optional<String> parent(String zone) {
    int dot = zone.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(zone.substring(dot + 1));
  }
}
