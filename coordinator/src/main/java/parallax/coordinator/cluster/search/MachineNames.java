package parallax.coordinator.cluster.search;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The name system as this machine is set up to ask it: its resolvers, its search list, its file of
 * hosts. The machine's own waiting for a resolver cannot be ended, so one question may stay behind,
 * and the next one is asked when it is over.
 */
final class MachineNames implements NameLookup {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Resolver resolver;
  private final Duration patience;
  private Optional<FutureTask<InetAddress[]>> asked = Optional.empty();

  /** What waits for as long as it likes. */
  interface Resolver {
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  MachineNames() {
    this(InetAddress::getAllByName, PATIENCE);
  }

  MachineNames(Resolver resolver, Duration patience) {
    this.resolver = resolver;
    this.patience = patience;
  }

  @Override
  public synchronized Answer ask(String name) {
    if (asked.filter(task -> !task.isDone()).isPresent()) {
      return new Answer.None("an earlier question is not answered yet");
    }
    FutureTask<InetAddress[]> task = new FutureTask<>(() -> resolver.resolve(name));
    asked = Optional.of(task);
    Thread.ofPlatform().daemon().name("parallax-member-names").start(task);
    try {
      return new Answer.Addresses(
          Arrays.asList(task.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (ExecutionException e) {
      boolean unknown = e.getCause() instanceof UnknownHostException;
      return new Answer.None(unknown ? "it is not known" : "it cannot be asked: " + e.getCause());
    } catch (TimeoutException e) {
      return new Answer.None("no answer within " + patience.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.None("interrupted");
    }
  }
}
