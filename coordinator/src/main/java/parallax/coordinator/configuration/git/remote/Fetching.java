package parallax.coordinator.configuration.git.remote;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import parallax.coordinator.configuration.git.address.GitAddress;
import parallax.coordinator.configuration.git.address.GitLogin;

/** One fetch: asks a remote for one branch and brings its objects into a mirror. */
public final class Fetching {
  private final GitAddress address;
  private final Optional<GitLogin.Resolved.Known> login;
  private final GitLimits limits;
  private final SshLogin ssh;
  private final Cap cap;

  /** How a fetch ended. */
  public sealed interface Result {
    /** The mirror has the objects that the remote sent for this commit. */
    record Here(ObjectId commit) implements Result {}

    record Failed(GitFailure failure) implements Result {}
  }

  /**
   * A fetch that is yet to run.
   *
   * @param home the folder that {@code .ssh} lies in
   */
  public Fetching(
      GitAddress address, Optional<GitLogin.Resolved.Known> login, GitLimits limits, Path home) {
    this.address = address;
    this.login = login;
    this.limits = limits;
    this.ssh = new SshLogin(home);
    cap = new Cap(limits);
  }

  /** What the repository that takes it in has to receive through. */
  public Cap cap() {
    return cap;
  }

  /** Runs it; returns soon after the time of the limits, whatever the remote does. */
  public Result into(Repository repository) throws InterruptedException {
    FutureTask<Result> task = new FutureTask<>(() -> fetch(repository));
    // A virtual thread, for an interrupt ends its waiting for a socket.
    Thread thread = Thread.ofVirtual().name("parallax-git-fetch").start(task);
    try {
      return task.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Result.Failed(
          new GitFailure(
              GitFailure.Kind.TIMEOUT,
              "%s did not answer in full within %d s"
                  .formatted(address, limits.time().toSeconds())));
    } catch (ExecutionException e) {
      return new Result.Failed(FetchFailures.of(address, cause(e), cap.excess(), ssh));
    } finally {
      cap.callOff();
      thread.interrupt();
    }
  }

  private static Throwable cause(ExecutionException failure) {
    return Optional.ofNullable(failure.getCause()).orElse(failure);
  }

  private Result fetch(Repository repository) throws IOException, URISyntaxException {
    try (Transport transport = Transport.open(repository, new URIish(address.remote()))) {
      transport.setTimeout((int) limits.silence().toSeconds());
      transport.setCredentialsProvider(credentials());
      if (transport instanceof SshTransport secure) {
        secure.setSshSessionFactory(ssh.sessions());
      }
      RefSpec wanted = new RefSpec(address.reference());
      try (FetchConnection connection = transport.openFetch(List.of(wanted))) {
        Optional<Ref> head = Optional.ofNullable(connection.getRef(address.reference()));
        Optional<ObjectId> commit = head.flatMap(ref -> Optional.ofNullable(ref.getObjectId()));
        if (commit.isEmpty()) {
          return new Result.Failed(noSuchBranch());
        }
        receive(connection, head.get());
        return new Result.Here(commit.get());
      }
    }
  }

  private void receive(FetchConnection connection, Ref head) throws IOException {
    try {
      connection.fetch(new UntilCalledOff(), List.of(head), Set.of());
    } finally {
      for (PackLock lock : connection.getPackLocks()) {
        lock.unlock();
      }
    }
  }

  private GitFailure noSuchBranch() {
    return new GitFailure(
        GitFailure.Kind.NO_SUCH_BRANCH,
        address
            .branch()
            .map(name -> address + " has no branch called " + name)
            .orElse(address + " has no commit yet, or no default branch; name one: URL#BRANCH"));
  }

  /** Never asks anybody. */
  private CredentialsProvider credentials() {
    return login
        .<CredentialsProvider>map(
            known ->
                new UsernamePasswordCredentialsProvider(
                    known.user().reveal(), known.password().reveal()))
        .orElse(new NoCredentials());
  }

  private final class UntilCalledOff extends EmptyProgressMonitor {
    @Override
    public boolean isCancelled() {
      return cap.isCalledOff();
    }
  }
}
