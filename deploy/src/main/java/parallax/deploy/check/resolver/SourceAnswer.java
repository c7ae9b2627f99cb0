package parallax.deploy.check.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;
import parallax.config.check.DnsSpec;
import parallax.probe.dns.authority.AuthoritySpec;
import parallax.probe.dns.authority.ServerEvidence;
import parallax.probe.dns.delegation.Said.Answered;
import parallax.probe.dns.delegation.Said.NoSuchName;
import parallax.probe.dns.delegation.Said.NoSuchRecord;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.vantage.Said;
import parallax.probe.dns.vantage.Source;
import parallax.probe.dns.wire.Question;
import parallax.probe.dns.zone.NameServersLook;

/** What those say who give a name out: its zone's servers, or the ones above that deny the zone. */
public final class SourceAnswer {
  private SourceAnswer() {}

  /**
   * What resolvers are to be asked, and what is right. Empty when the name cannot be asked for.
   *
   * @param look at the zone, where there was one
   */
  public static Optional<Source> of(DnsSpec spec, Optional<NameServersLook> look) {
    Optional<Question> first =
        Question.nameOf(spec.name())
            .map(name -> new Question(name, Type.value(spec.types().getFirst())));
    return first.map(
        question -> look.map(seen -> of(question, seen)).orElseGet(() -> Source.unknown(question)));
  }

  private static Source of(Question first, NameServersLook look) {
    List<ServerEvidence> servers =
        look.round().map(round -> round.servers()).orElse(List.of()).stream()
            .filter(server -> server.targets().size() == look.spec().targets().size())
            .toList();
    List<Question> questions =
        look.spec().targets().stream().map(AuthoritySpec.Target::question).toList();
    Optional<Name> zone = Optional.of(look.walk().zone());
    if (servers.isEmpty() || questions.isEmpty()) {
      return new Source(first, zone, denial(look.walk()), new TreeSet<>(), Optional.empty());
    }
    // Of the types that are asked for one will do: that which there is.
    int chosen =
        IntStream.range(0, questions.size())
            .filter(at -> !said(servers, questions, at).stream().allMatch(SourceAnswer::isEmpty))
            .findFirst()
            .orElse(0);
    List<Said> said = said(servers, questions, chosen);
    SortedSet<String> also = new TreeSet<>();
    if (said.stream().anyMatch(one -> !one.agrees(said.getFirst()))) {
      said.forEach(one -> one.records().forEach(record -> also.add(record.rdataToString())));
    }
    return new Source(questions.get(chosen), zone, most(said), also, version(servers));
  }

  private static boolean isEmpty(Said said) {
    return said.records().isEmpty();
  }

  private static List<Said> said(List<ServerEvidence> servers, List<Question> questions, int at) {
    return servers.stream()
        .map(server -> said(server.targets().get(at), questions.get(at)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Said> said(Visit visit, Question question) {
    return switch (visit.said()) {
      case Answered(List<Record> records, List<Name> aliases) -> {
        List<Record> wanted =
            records.stream().filter(record -> record.getType() == question.type()).toList();
        long ttl = records.stream().mapToLong(Record::getTTL).min().orElse(0);
        yield wanted.isEmpty() && !aliases.isEmpty()
            ? Optional.empty()
            : Optional.of(new Said(Rcode.NOERROR, wanted, ttl));
      }
      case NoSuchName() -> Optional.of(new Said(Rcode.NXDOMAIN, List.of(), 0));
      case NoSuchRecord() -> Optional.of(new Said(Rcode.NOERROR, List.of(), 0));
      default -> Optional.empty();
    };
  }

  /** What most servers say, of equals the first. */
  private static Optional<Said> most(List<Said> said) {
    Optional<Said> best = Optional.empty();
    long votes = 0;
    for (Said one : said) {
      long agreeing = said.stream().filter(one::agrees).count();
      if (agreeing > votes) {
        votes = agreeing;
        best = Optional.of(one);
      }
    }
    return best;
  }

  /** That there is no such zone, if all servers above it that said anything say so. */
  private static Optional<Said> denial(Walk walk) {
    Step last = walk.last();
    List<Visit> telling = last.telling();
    // Names that the root denies are of some other name system.
    if (walk.own().isPresent() || last.zone().equals(Name.root) || telling.isEmpty()) {
      return Optional.empty();
    }
    if (telling.stream().allMatch(visit -> visit.said() instanceof NoSuchName)) {
      return Optional.of(new Said(Rcode.NXDOMAIN, List.of(), 0));
    }
    return telling.stream().allMatch(visit -> visit.said() instanceof NoSuchRecord)
        ? Optional.of(new Said(Rcode.NOERROR, List.of(), 0))
        : Optional.empty();
  }

  private static Optional<Said> version(List<ServerEvidence> servers) {
    List<SOARecord> versions = new ArrayList<>();
    servers.forEach(server -> server.version().ifPresent(versions::add));
    return versions.stream()
        // In serial number arithmetic (RFC 1982 section 3.2).
        .reduce((one, other) -> (int) (other.getSerial() - one.getSerial()) > 0 ? other : one)
        .map(newest -> new Said(Rcode.NOERROR, List.of(newest), newest.getTTL()));
  }
}
