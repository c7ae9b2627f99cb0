package parallax.deploy.demo.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SetResponse;
import org.xbill.DNS.Type;
import org.xbill.DNS.Zone;

/**
 * Authoritative answers (RFC 1034 section 4.3.2): delegations with their glue, names that are there
 * and that are not. Each server has its own zones. Safe from any thread.
 */
final class ZoneServers implements DnsServer.Answers {
  private static final long TTL = 1;

  private final Map<InetAddress, Map<Name, Zone>> served = new ConcurrentHashMap<>();
  private final Faults faults;

  ZoneServers(Faults faults) {
    this.faults = faults;
  }

  /**
   * Has a zone served, in place of what the servers had under its name.
   *
   * @param origin as {@code com.}
   * @param text in the format of master files (RFC 1035 section 5)
   */
  void serve(List<InetAddress> servers, String origin, String text) {
    try (Master master =
        new Master(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)),
            Name.fromString(origin),
            TTL)) {
      List<Record> records = new ArrayList<>();
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        records.add(next);
      }
      Name name = Name.fromString(origin);
      Zone zone = new Zone(name, records.toArray(Record[]::new));
      for (InetAddress server : servers) {
        served.computeIfAbsent(server, _ -> new ConcurrentHashMap<>()).put(name, zone);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no zone: " + origin, e);
    }
  }

  @Override
  public Optional<Message> to(InetAddress client, InetAddress server, Message question) {
    if (!faults.isHeard(client, server)) {
      return Optional.empty();
    }
    Name name = question.getQuestion().getName();
    return Optional.of(
        zoneOf(server, name)
            .map(zone -> answer(zone, server, question))
            .orElseGet(() -> DnsServer.refusal(question)));
  }

  /** The nearest zone above a name that the server has. */
  private Optional<Zone> zoneOf(InetAddress server, Name name) {
    return served.getOrDefault(server, new LinkedHashMap<>()).values().stream()
        .filter(zone -> name.subdomain(zone.getOrigin()))
        .max(Comparator.comparingInt(zone -> zone.getOrigin().labels()));
  }

  private Message answer(Zone zone, InetAddress server, Message question) {
    Record asked = question.getQuestion();
    Message reply = DnsServer.reply(question, Rcode.NOERROR);
    if (asked.getDClass() != DClass.IN) {
      return DnsServer.refusal(question);
    }
    boolean cut =
        !asked.getName().equals(zone.getOrigin())
            && zone.findExactMatch(asked.getName(), Type.NS) != null;
    if (cut && asked.getType() == Type.DS) {
      // What is at a cut is the zone's above (RFC 4035 section 3.1.4.1): it is not signed.
      return without(zone, reply);
    }
    SetResponse found = zone.findRecords(asked.getName(), asked.getType());
    if (found.isDelegation()) {
      return referral(found.getNS(), server, reply);
    }
    reply.getHeader().setFlag(Flags.AA);
    if (found.isSuccessful()) {
      found.answers().forEach(set -> add(reply, set, Section.ANSWER));
    } else if (found.isCNAME()) {
      CNAMERecord alias = found.getCNAME();
      reply.addRecord(alias, Section.ANSWER);
    } else {
      reply.getHeader().setRcode(found.isNXDOMAIN() ? Rcode.NXDOMAIN : Rcode.NOERROR);
      return without(zone, reply);
    }
    return reply;
  }

  private static Message without(Zone zone, Message reply) {
    reply.getHeader().setFlag(Flags.AA);
    reply.addRecord(zone.getSOA(), Section.AUTHORITY);
    return reply;
  }

  private Message referral(RRset servers, InetAddress server, Message reply) {
    add(reply, servers, Section.AUTHORITY);
    for (Record record : servers.rrs()) {
      Name host = ((NSRecord) record).getTarget();
      zoneOf(server, host)
          .map(zone -> zone.findExactMatch(host, Type.A))
          .ifPresent(glue -> add(reply, glue, Section.ADDITIONAL));
    }
    return reply;
  }

  private static void add(Message reply, RRset set, int section) {
    set.rrs(false).forEach(record -> reply.addRecord(record, section));
  }
}
