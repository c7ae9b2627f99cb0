package parallax.deploy.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.problem.Problem;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.change.Candidate;
import parallax.coordinator.configuration.change.Candidate.Descent;
import parallax.coordinator.configuration.git.Fetched;
import parallax.coordinator.configuration.git.GitSource;
import parallax.coordinator.configuration.git.address.GitAddress;
import parallax.coordinator.configuration.git.address.GitAddressText;
import parallax.coordinator.view.SourceRevision;

/** One of the two configurations that are compared. */
sealed interface Side {
  /**
   * It can be used.
   *
   * @param commit where it lies in git
   */
  record Sound(Configuration configuration, List<Problem> warnings, Optional<Commit> commit)
      implements Side {
    /** By which it is approved. */
    String name() {
      return commit.map(one -> one.revision().commit()).orElse(configuration.revision());
    }
  }

  /** It cannot be used. */
  record Wrong(List<Problem> problems) implements Side {}

  /** It could not be looked at. */
  record NotHad(String why) implements Side {}

  /** A commit and the mirror that knows its history. */
  record Commit(GitAddress address, SourceRevision revision, GitSource source) {}

  /**
   * Reads what {@code written} names.
   *
   * @param mirrors where mirrors are made
   */
  static Side of(String written, Path mirrors) throws InterruptedException {
    return switch (GitAddressText.parse(written)) {
      case GitAddressText.Parsed.Wrong(String why) -> new NotHad(why);
      case GitAddressText.Parsed.Local(Path path) ->
          of(ConfigurationLoader.load(path, SecretSource.unresolved()), Optional.empty());
      case GitAddressText.Parsed.Git(GitAddress address) -> fetched(address, mirrors);
    };
  }

  private static Side fetched(GitAddress address, Path mirrors) throws InterruptedException {
    GitSource source;
    try {
      source = GitSource.open(GitSource.Settings.usual(address, mirrors));
    } catch (IOException e) {
      return new NotHad("no mirror can be kept in " + mirrors + ": " + e.getMessage());
    }
    return switch (source.fetch()) {
      case Fetched.Failed(var failure) -> new NotHad(failure.message());
      case Fetched.Unfit(_, var problems) -> new Wrong(problems);
      case Fetched.Files files ->
          of(
              files.load(SecretSource.unresolved()),
              Optional.of(new Commit(address, files.revision(), source)));
    };
  }

  private static Side of(Loaded loaded, Optional<Commit> commit) {
    return switch (loaded) {
      case Loaded.Valid(var configuration, var warnings) ->
          new Sound(configuration, warnings, commit);
      case Loaded.Invalid(var problems) -> new Wrong(problems);
    };
  }

  /** What {@code after} would be to those who work by {@code before}. */
  static Candidate candidate(Sound before, Sound after) {
    return new Candidate(after.configuration(), after.name(), descent(before, after));
  }

  private static Descent descent(Sound before, Sound after) {
    if (before.commit().isEmpty() || after.commit().isEmpty()) {
      return Descent.FOLLOWS;
    }
    Commit old = before.commit().get();
    Commit now = after.commit().get();
    boolean same = old.address().remote().equals(now.address().remote());
    return !same || now.source().follows(now.revision().commit(), old.revision().commit())
        ? Descent.FOLLOWS
        : Descent.REWRITTEN;
  }
}
