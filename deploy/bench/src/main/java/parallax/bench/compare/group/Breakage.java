package parallax.bench.compare.group;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import parallax.bench.compare.run.Answer;
import parallax.config.check.CheckKind;
import parallax.config.observation.Reason;
import parallax.coordinator.core.watch.DependencyKind;

/**
 * Something broke for good.
 *
 * @param targets those that are hit
 * @param from milliseconds of virtual time
 * @param symptoms what each kind of check finds that finds something
 */
record Breakage(List<Integer> targets, long from, Map<CheckKind, Answer> symptoms) {
  private static final Answer NO_CONNECTION = Answer.timeout(Reason.CONNECT_TIMEOUT);
  private static final Answer ERROR_PAGE = Answer.down(Reason.HTTP_STATUS);
  private static final Answer REVOKED = Answer.down(Reason.CERTIFICATE_REVOKED);
  private static final Answer NO_NAME = Answer.down(Reason.SERVFAIL);
  private static final Answer SILENT_NAME_SERVERS = Answer.timeout(Reason.NAME_SERVERS_TIMEOUT);
  private static final Answer SILENT_PARENT = Answer.timeout(Reason.DELEGATION_TIMEOUT);

  /** The kinds of dependencies whose failure has known symptoms. */
  static final List<DependencyKind> KINDS =
      List.of(
          DependencyKind.CDN,
          DependencyKind.CLOUD,
          DependencyKind.SERVER_ASN,
          DependencyKind.NAME_SERVERS,
          DependencyKind.CA,
          DependencyKind.TLD,
          DependencyKind.REGISTRY);

  /** What checks find when such a dependency fails, at the layer that is natural for it. */
  static Map<CheckKind, Answer> symptomsOf(DependencyKind kind, SplittableRandom random) {
    return switch (kind) {
      case CDN, CLOUD, SERVER_ASN, PREFIX, OPERATOR ->
          Map.of(CheckKind.HTTP, random.nextBoolean() ? NO_CONNECTION : ERROR_PAGE);
      case NAME_SERVERS, NAME_SERVER_ASN ->
          Map.of(CheckKind.DNS_AUTH, SILENT_NAME_SERVERS, CheckKind.HTTP, NO_NAME);
      case CA -> Map.of(CheckKind.HTTP, REVOKED);
      case TLD, REGISTRY, REGISTRAR ->
          Map.of(CheckKind.DELEGATION, SILENT_PARENT, CheckKind.HTTP, NO_NAME);
    };
  }

  /** What a check of the kind finds at {@code time}, if this has to do with it. */
  Optional<Answer> symptom(CheckKind check, int target, long time) {
    return time >= from && targets.contains(target)
        ? Optional.ofNullable(symptoms.get(check))
        : Optional.empty();
  }
}
