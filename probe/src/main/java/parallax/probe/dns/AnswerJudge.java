package parallax.probe.dns;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import parallax.config.check.DnsSpec;
import parallax.config.observation.Reason;
import parallax.probe.dns.Answer.Found;
import parallax.probe.dns.Answer.Missing;

/** Compares what was answered with what a spec expects. */
final class AnswerJudge {
  /** Answers of one side that a detail names; the rest is counted. */
  private static final int MAX_NAMED = 6;

  private static final List<String> ADDRESSES = List.of("A", "AAAA");

  /** Of several failures the one that says most; reasons not listed come after these. */
  private static final List<Reason> TELLING =
      List.of(
          Reason.NXDOMAIN,
          Reason.SERVFAIL,
          Reason.REFUSED,
          Reason.DNS_RCODE,
          Reason.CNAME_LOOP,
          Reason.DNS_MALFORMED,
          Reason.DNS_TIMEOUT);

  private AnswerJudge() {}

  /** What one question brought. */
  record Reply(int type, Answer answer) {}

  /** The types to ask for: those named and those expected; addresses where there are none. */
  static List<String> typesOf(DnsSpec spec) {
    Set<String> types = new LinkedHashSet<>(spec.types());
    types.addAll(spec.expect().keySet());
    return types.isEmpty() ? ADDRESSES : List.copyOf(types);
  }

  /** Why {@code spec} cannot be checked, if it cannot. */
  static Optional<String> flaw(DnsSpec spec) {
    Stream<String> types =
        typesOf(spec).stream()
            .filter(type -> Type.value(type) < 0)
            .map(type -> "record type " + type);
    Stream<String> answers =
        spec.expect().entrySet().stream()
            .filter(entry -> Type.value(entry.getKey()) >= 0)
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .filter(
                            text -> Presentation.key(Type.value(entry.getKey()), text).isEmpty())
                        .map(text -> entry.getKey() + " answer " + text));
    return Stream.concat(types, answers).findFirst().map(what -> "not a " + what);
  }

  /** Why the replies are not what {@code spec} wants; empty when they are. */
  static Optional<Missing> failure(DnsSpec spec, List<Reply> replies) {
    return spec.expect().isEmpty() ? noneFound(replies) : firstUnexpected(spec, replies);
  }

  private static Optional<Missing> noneFound(List<Reply> replies) {
    if (replies.stream().anyMatch(reply -> reply.answer() instanceof Found)) {
      return Optional.empty();
    }
    List<Missing> failures = replies.stream().map(Reply::answer).map(Missing.class::cast).toList();
    Stream<Missing> telling =
        TELLING.stream()
            .flatMap(reason -> failures.stream().filter(failure -> failure.reason() == reason));
    Stream<Missing> notNodata = failures.stream().filter(f -> f.reason() != Reason.NODATA);
    return Stream.of(telling, notNodata, failures.stream()).flatMap(s -> s).findFirst();
  }

  private static Optional<Missing> firstUnexpected(DnsSpec spec, List<Reply> replies) {
    return spec.expect().entrySet().stream()
        .flatMap(
            entry ->
                replies.stream()
                    .filter(reply -> reply.type() == Type.value(entry.getKey()))
                    .flatMap(reply -> unexpected(reply, entry.getValue()).stream()))
        .findFirst();
  }

  private static Optional<Missing> unexpected(Reply reply, SortedSet<String> expected) {
    return switch (reply.answer()) {
      case Missing(Reason reason, _) when reason == Reason.NODATA && expected.isEmpty() ->
          Optional.empty();
      case Missing missing -> Optional.of(missing);
      case Found(List<Record> records, _) -> {
        Set<ByteBuffer> wanted =
            expected.stream()
                .map(text -> Presentation.key(reply.type(), text))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        Set<ByteBuffer> found = records.stream().map(Presentation::key).collect(Collectors.toSet());
        yield wanted.equals(found)
            ? Optional.empty()
            : Optional.of(new Missing(Reason.DNS_WRONG_ANSWER, difference(reply, expected)));
      }
    };
  }

  private static String difference(Reply reply, SortedSet<String> expected) {
    return Type.string(reply.type())
        + " expected "
        + named(expected)
        + "; found "
        + named(new TreeSet<>(texts(reply).toList()));
  }

  private static String named(SortedSet<String> answers) {
    String first = answers.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    int more = answers.size() - MAX_NAMED;
    return answers.isEmpty() ? "none" : more > 0 ? first + " and " + more + " more" : first;
  }

  /** The answers in presentation form. */
  static Stream<String> texts(Reply reply) {
    return switch (reply.answer()) {
      case Found(List<Record> records, _) -> records.stream().map(Presentation::text);
      case Missing _ -> Stream.empty();
    };
  }

  /** The names that aliases stand for. */
  static Stream<String> canonicalNames(Reply reply) {
    return switch (reply.answer()) {
      case Found(_, List<Name> aliases) -> aliases.stream().map(Presentation::canonicalName);
      case Missing _ -> Stream.empty();
    };
  }
}
