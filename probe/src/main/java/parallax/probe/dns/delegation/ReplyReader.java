package parallax.probe.dns.delegation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import parallax.config.observation.Reason;
import parallax.probe.dns.Answer;
import parallax.probe.dns.AnswerReader;
import parallax.probe.dns.Presentation;
import parallax.probe.dns.wire.Heard;
import parallax.probe.dns.wire.Question;

/**
 * Reads what a server of some zone said. Pure; nothing in a message is believed that a server of
 * that zone has no say in: referrals must lead strictly downwards and towards the question, and
 * addresses count only for servers below the zone (RFC 5452 section 6).
 */
public final class ReplyReader {
  /** Records of a section beyond these are passed over. */
  static final int MAX_RECORDS = 1_024;

  private final Name zone;
  private final Question question;

  /**
   * @param zone that the server was asked as a server of
   */
  public ReplyReader(Name zone, Question question) {
    this.zone = zone;
    this.question = question;
  }

  public Said read(Heard heard) {
    return switch (heard) {
      case Heard.Silence silence ->
          new Said.Silent(silence.failure(), silence.path(), silence.detail());
      case Heard.Reply reply -> read(reply.message());
    };
  }

  private Said read(Message message) {
    int rcode = message.getRcode();
    boolean authority = message.getHeader().getFlag(Flags.AA);
    return switch (rcode) {
      case Rcode.NOERROR -> noError(message, authority);
      case Rcode.NXDOMAIN ->
          authority ? noSuchName(message) : notAuthoritative("NXDOMAIN without authority");
      case Rcode.REFUSED -> new Said.Lame(Said.Lame.Kind.REFUSED, "REFUSED");
      case Rcode.SERVFAIL -> new Said.Lame(Said.Lame.Kind.SERVFAIL, "SERVFAIL");
      default -> new Said.Lame(Said.Lame.Kind.RCODE, Rcode.string(rcode));
    };
  }

  /** An alias that leads to a name which is not there is itself there (RFC 6604 section 3). */
  private Said noSuchName(Message message) {
    boolean alias =
        section(message, Section.ANSWER).stream()
            .anyMatch(
                record ->
                    record instanceof CNAMERecord && record.getName().equals(question.name()));
    return alias ? answered(message) : new Said.NoSuchName();
  }

  private Said noError(Message message, boolean authority) {
    boolean answers = !section(message, Section.ANSWER).isEmpty();
    if (answers) {
      return authority ? answered(message) : notAuthoritative("an answer without authority");
    }
    List<Record> authorities = section(message, Section.AUTHORITY);
    boolean negative = authorities.stream().anyMatch(SOARecord.class::isInstance);
    Optional<Name> referredTo =
        authorities.stream()
            .filter(NSRecord.class::isInstance)
            .map(Record::getName)
            .findFirst()
            .filter(_ -> !negative);
    if (referredTo.isPresent()) {
      return referral(referredTo.get(), authorities, message);
    }
    return authority
        ? new Said.NoSuchRecord()
        : notAuthoritative("an empty answer without authority");
  }

  private Said answered(Message message) {
    List<Record> records = section(message, Section.ANSWER);
    return switch (AnswerReader.read(question, message)) {
      case Answer.Found found -> new Said.Answered(found.records(), found.aliases());
      case Answer.Missing missing when missing.reason() == Reason.CNAME_LOOP -> new Said.Looping();
      case Answer.Missing _ -> aliasesOnly(records);
    };
  }

  private Said aliasesOnly(List<Record> records) {
    List<Name> aliases = new ArrayList<>();
    for (Record record : records) {
      Name owner = aliases.isEmpty() ? question.name() : aliases.getLast();
      if (record instanceof CNAMERecord alias && alias.getName().equals(owner)) {
        aliases.add(alias.getTarget());
      }
    }
    return aliases.isEmpty() ? new Said.NoSuchRecord() : new Said.Answered(List.of(), aliases);
  }

  private Said referral(Name child, List<Record> authorities, Message message) {
    if (child.equals(zone)) {
      return notAuthoritative("a referral to " + zone + " itself");
    }
    if (zone.subdomain(child)) {
      return new Said.Lame(Said.Lame.Kind.UPWARD, "a referral upwards to " + child);
    }
    if (!child.subdomain(zone) || !question.name().subdomain(child)) {
      return notAuthoritative("a referral aside to " + child);
    }
    SortedSet<Name> servers = new TreeSet<>();
    SortedSet<String> ds = new TreeSet<>();
    for (Record record : authorities) {
      if (record.getName().equals(child)) {
        switch (record) {
          case NSRecord server -> servers.add(server.getTarget());
          case DSRecord signer -> ds.add(signer.rdataToString());
          default -> {}
        }
      }
    }
    return new Said.Referred(new Delegation(child, servers, glue(message), ds));
  }

  private SortedMap<Name, List<InetAddress>> glue(Message message) {
    SortedMap<Name, List<InetAddress>> glue = new TreeMap<>();
    for (Record record : section(message, Section.ADDITIONAL)) {
      if (record.getName().subdomain(zone)) {
        Presentation.address(record)
            .ifPresent(
                address ->
                    glue.computeIfAbsent(record.getName(), _ -> new ArrayList<>()).add(address));
      }
    }
    return glue;
  }

  private static Said notAuthoritative(String detail) {
    return new Said.Lame(Said.Lame.Kind.NOT_AUTHORITATIVE, detail);
  }

  private static List<Record> section(Message message, int section) {
    List<Record> records = new ArrayList<>();
    for (Record record : message.getSection(section)) {
      if (record.getDClass() == DClass.IN && records.size() < MAX_RECORDS) {
        records.add(record);
      }
    }
    return records;
  }
}
