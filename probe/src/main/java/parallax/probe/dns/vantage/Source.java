package parallax.probe.dns.vantage;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.probe.dns.wire.Question;

/**
 * What resolvers are asked, and what is known of it from those who give it out.
 *
 * @param zone in which the name lies, or would; empty where nobody looked
 * @param answer of the zone's servers, or of those above that know of no such zone; empty when it
 *     was not heard, and when an alias leads to where somebody else answers
 * @param also data that some of the servers give out while others do not: as good as the answer
 * @param version the newest that a server of the zone has, as an answer to the question for it
 */
public record Source(
    Question question,
    Optional<Name> zone,
    Optional<Said> answer,
    SortedSet<String> also,
    Optional<Said> version) {
  public Source {
    also = new TreeSet<>(also);
  }

  /** Where nobody was asked but resolvers. */
  public static Source unknown(Question question) {
    return new Source(
        question, Optional.empty(), Optional.empty(), new TreeSet<>(), Optional.empty());
  }

  @Override
  public SortedSet<String> also() {
    return new TreeSet<>(also);
  }

  boolean approves(Record record) {
    return also.contains(record.rdataToString());
  }

  /** What tells how old a resolver's picture of the zone is. */
  Optional<Question> versionQuestion() {
    return zone.map(name -> new Question(name, Type.SOA));
  }
}
