package parallax.coordinator.configuration;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.Configuration;
import parallax.config.Loaded;
import parallax.config.problem.Problem;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.change.Admission;
import parallax.coordinator.configuration.change.Approvals;
import parallax.coordinator.configuration.change.Candidate;
import parallax.coordinator.configuration.change.Candidate.Descent;
import parallax.coordinator.configuration.git.Fetched;
import parallax.coordinator.configuration.git.GitSource;
import parallax.coordinator.view.SourceRevision;

/**
 * A branch of a repository. Begins with the newest commit where that can be had, is valid and may
 * come into force after the last good one of this machine; else with that one.
 */
final class GitConfiguration implements ConfigurationSource {
  private final GitSource source;
  private final SecretSource secrets;

  GitConfiguration(GitSource source, SecretSource secrets) {
    this.source = source;
    this.secrets = secrets;
  }

  @Override
  public Start first() throws InterruptedException {
    Optional<Start.Ready> kept = kept();
    return switch (source.fetch()) {
      case Fetched.Failed(var failure) ->
          lastGood(kept, failure.message()).orElseGet(() -> unusable(failure.message()));
      case Fetched.Unfit(var revision, var problems) ->
          lastGood(kept, refused(revision, problems)).orElse(new Start.Unusable(problems));
      case Fetched.Files files ->
          switch (files.load(secrets)) {
            case Loaded.Invalid(var problems) ->
                lastGood(kept, refused(files.revision(), problems))
                    .orElse(new Start.Unusable(problems));
            case Loaded.Valid valid -> judged(kept, files.revision(), valid);
          };
    };
  }

  private Start judged(Optional<Start.Ready> kept, SourceRevision revision, Loaded.Valid valid) {
    Optional<String> base = kept.flatMap(Start.Ready::source).map(SourceRevision::commit);
    boolean follows = base.map(old -> source.follows(revision.commit(), old)).orElse(true);
    Candidate candidate =
        new Candidate(
            valid.configuration(),
            revision.commit(),
            follows ? Descent.FOLLOWS : Descent.REWRITTEN);
    Optional<Configuration> before = kept.map(Start.Ready::configuration);
    // Nobody can be asked yet; what was approved is taken when the watch begins.
    return switch (Admission.judge(before, candidate, Approvals.NONE)) {
      case Admission.Held held -> lastGood(kept, held.message()).orElseThrow();
      case Admission.Admitted _ -> {
        source.keep(revision.commit());
        yield new Start.Ready(
            valid.configuration(), valid.warnings(), Optional.of(revision), Optional.empty());
      }
    };
  }

  private Optional<Start.Ready> kept() {
    Optional<Fetched> kept = source.lastGood();
    if (kept.isPresent()
        && kept.get() instanceof Fetched.Files files
        && files.load(secrets) instanceof Loaded.Valid valid) {
      return Optional.of(
          new Start.Ready(
              valid.configuration(),
              valid.warnings(),
              Optional.of(files.revision()),
              Optional.empty()));
    }
    return Optional.empty();
  }

  private static Optional<Start> lastGood(Optional<Start.Ready> kept, String why) {
    return kept.map(
        ready ->
            new Start.Ready(
                ready.configuration(), ready.warnings(), ready.source(), Optional.of(why)));
  }

  private static String refused(SourceRevision revision, List<Problem> problems) {
    return "commit %s is refused: problems %d, the first: %s"
        .formatted(revision.commit(), problems.size(), problems.getFirst());
  }

  private Start unusable(String why) {
    String folder = source.address().folder();
    return new Start.Unusable(
        List.of(new Problem(Path.of(folder.isEmpty() ? "." : folder), 1, 1, why)));
  }

  @Override
  public Watching watch(Start.Ready inForce, Watch watch) {
    Instant answered = inForce.stale().isPresent() ? Instant.EPOCH : watch.clock().instant();
    String commit = inForce.source().map(SourceRevision::commit).orElse("");
    return new GitWatcher(
        new GitWatcher.Begin(source, secrets, commit, answered, watch.clock()),
        new Gate(inForce.configuration(), watch.approvals(), watch.listener()));
  }

  @Override
  public Optional<SortedMap<String, ByteBuffer>> files(
      Configuration configuration, Optional<SourceRevision> commit) {
    return commit
        .map(SourceRevision::commit)
        .map(source::at)
        .filter(Fetched.Files.class::isInstance)
        .map(found -> ((Fetched.Files) found).files());
  }

  @Override
  public void close() {
    source.close();
  }

  @Override
  public String toString() {
    return source.address().toString();
  }
}
