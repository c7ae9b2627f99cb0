package parallax.probe.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.config.observation.Reason;
import parallax.probe.dns.Answer.Found;
import parallax.probe.dns.Answer.Missing;
import parallax.probe.dns.wire.Question;

/** Reads what a message says to a question (RFC 1034 section 4.3.2, RFC 2308, RFC 8914). */
public final class AnswerReader {
  /** A longer chain of aliases is taken for a loop. */
  static final int MAX_ALIASES = 8;

  private AnswerReader() {}

  public static Answer read(Question question, Message message) {
    List<Record> records = message.getSection(Section.ANSWER);
    Optional<List<Name>> aliases = aliases(question, records);
    if (aliases.isEmpty()) {
      return new Missing(
          Reason.CNAME_LOOP, question + ": more than " + MAX_ALIASES + " aliases or a circle");
    }
    // The name whose records answer: the one asked for, or the end of its chain of aliases.
    Name owner = aliases.get().isEmpty() ? question.name() : aliases.get().getLast();
    if (message.getRcode() != Rcode.NOERROR) {
      return refused(question, owner, message);
    }
    List<Record> found = new ArrayList<>();
    for (Record record : records) {
      boolean typed = question.type() == Type.ANY || record.getType() == question.type();
      if (typed && record.getDClass() == DClass.IN && record.getName().equals(owner)) {
        found.add(record);
      }
    }
    return found.isEmpty()
        ? new Missing(Reason.NODATA, described(question, owner) + referral(message))
        : new Found(found, aliases.get());
  }

  private static Missing refused(Question question, Name owner, Message message) {
    int rcode = message.getRcode();
    String detail = described(question, owner) + extendedError(message);
    return switch (rcode) {
      case Rcode.NXDOMAIN -> new Missing(Reason.NXDOMAIN, detail);
      case Rcode.SERVFAIL -> new Missing(Reason.SERVFAIL, detail);
      case Rcode.REFUSED -> new Missing(Reason.REFUSED, detail);
      default -> new Missing(Reason.DNS_RCODE, Rcode.string(rcode) + " for " + detail);
    };
  }

  /** What the name asked for, and each alias after it, stands for; empty when it never ends. */
  private static Optional<List<Name>> aliases(Question question, List<Record> records) {
    List<Name> aliases = new ArrayList<>();
    if (question.type() == Type.CNAME || question.type() == Type.ANY) {
      return Optional.of(aliases);
    }
    Name owner = question.name();
    while (aliases.size() <= MAX_ALIASES) {
      Optional<Name> next = aliasOf(owner, records);
      if (next.isEmpty()) {
        return Optional.of(aliases);
      }
      owner = next.get();
      aliases.add(owner);
    }
    return Optional.empty();
  }

  private static Optional<Name> aliasOf(Name owner, List<Record> records) {
    for (Record record : records) {
      if (record instanceof CNAMERecord alias && alias.getName().equals(owner)) {
        return Optional.of(alias.getTarget());
      }
    }
    return Optional.empty();
  }

  private static String described(Question question, Name owner) {
    return owner.equals(question.name())
        ? question.toString()
        : question + ", an alias of " + owner;
  }

  private static String referral(Message message) {
    return message.getSection(Section.AUTHORITY).stream()
        .filter(record -> record.getType() == Type.NS)
        .findFirst()
        .map(record -> ", only a referral to the servers of " + record.getName())
        .orElse("");
  }

  private static String extendedError(Message message) {
    // The codec promises an OPT record or null.
    Optional<OPTRecord> options = Optional.ofNullable(message.getOPT());
    return options.stream()
        .flatMap(record -> record.getOptions().stream())
        .filter(ExtendedErrorCodeOption.class::isInstance)
        .map(ExtendedErrorCodeOption.class::cast)
        .findFirst()
        .map(
            error ->
                " (server says: "
                    + ExtendedErrorCodeOption.text(error.getErrorCode())
                    + Optional.ofNullable(error.getText()).map(text -> ", " + text).orElse("")
                    + ")")
        .orElse("");
  }
}
