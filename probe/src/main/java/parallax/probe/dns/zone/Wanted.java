package parallax.probe.dns.zone;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.check.ZoneSpec;
import parallax.probe.dns.authority.ApprovedAnswers;
import parallax.probe.dns.authority.AuthoritySpec;
import parallax.probe.dns.authority.ServerEvidence;
import parallax.probe.dns.authority.ZoneEvidence;
import parallax.probe.dns.delegation.Approved;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.wire.Question;

/** What is asked of the servers of a zone about the name of a target. Pure. */
final class Wanted {
  private Wanted() {}

  static AuthoritySpec of(ZoneSpec.NameServers spec) {
    List<AuthoritySpec.Target> targets =
        Question.nameOf(spec.host())
            .map(
                name ->
                    spec.types().stream()
                        .limit(AuthoritySpec.MAX_TARGETS)
                        .map(type -> target(name, type, spec))
                        .toList())
            .orElse(List.of());
    return new AuthoritySpec(targets, true, AuthoritySpec.ofZone().lag());
  }

  private static AuthoritySpec.Target target(Name name, String type, ZoneSpec.NameServers spec) {
    SortedSet<String> expected = spec.expect().getOrDefault(type, new TreeSet<>());
    // Where an alias leads to is for other zones to say; a resolver puts it together.
    ApprovedAnswers approved =
        expected.isEmpty()
            ? ApprovedAnswers.ANY
            : new ApprovedAnswers(expected, List.of(), List.of(Name.root), true);
    return new AuthoritySpec.Target(new Question(name, Type.value(type)), approved);
  }

  /** What the zone above should say. Names that are none cannot be there, and so differ. */
  static Approved approved(ZoneSpec.Approved written) {
    return new Approved(
        written
            .servers()
            .map(
                names ->
                    names.stream()
                        .flatMap(name -> Question.nameOf(name).stream())
                        .collect(Collectors.toCollection(TreeSet::new))),
        written.ds());
  }

  /** The sets whose signatures matter: the zone's version and what the target's users ask for. */
  static List<Question> signed(Name zone, AuthoritySpec spec) {
    List<Question> questions = new ArrayList<>();
    questions.add(new Question(zone, Type.SOA));
    spec.targets().stream()
        .map(AuthoritySpec.Target::question)
        .filter(question -> question.name().subdomain(zone))
        .forEach(questions::add);
    return questions;
  }

  /**
   * What is to be judged. Of types that nothing particular is expected of one will do: those that
   * no server has a record of are left out as long as there is another.
   */
  record Judged(AuthoritySpec spec, ZoneEvidence evidence) {
    static Judged of(AuthoritySpec spec, ZoneEvidence evidence) {
      List<Integer> all = IntStream.range(0, spec.targets().size()).boxed().toList();
      List<Integer> empty =
          all.stream()
              .filter(at -> spec.targets().get(at).approved().equals(ApprovedAnswers.ANY))
              .filter(at -> isEmpty(evidence, at))
              .toList();
      List<Integer> kept = new ArrayList<>(all);
      kept.removeAll(empty);
      if (kept.isEmpty() && !empty.isEmpty()) {
        kept.add(empty.getFirst());
      }
      AuthoritySpec smaller =
          new AuthoritySpec(
              kept.stream().map(spec.targets()::get).toList(), spec.tcp(), spec.lag());
      List<ServerEvidence> servers =
          evidence.servers().stream().map(server -> only(server, kept)).toList();
      return new Judged(smaller, new ZoneEvidence(evidence.delegation(), servers));
    }

    private static boolean isEmpty(ZoneEvidence evidence, int at) {
      return evidence.servers().stream()
          .filter(server -> server.targets().size() > at)
          .map(server -> server.targets().get(at))
          .map(Visit::said)
          .filter(Said::serves)
          .allMatch(said -> said instanceof Said.NoSuchRecord);
    }

    private static ServerEvidence only(ServerEvidence server, List<Integer> kept) {
      List<Visit> targets =
          kept.stream()
              .filter(at -> server.targets().size() > at)
              .map(server.targets()::get)
              .toList();
      return new ServerEvidence(server.soa(), server.tcp(), server.ns(), server.host(), targets);
    }
  }
}
