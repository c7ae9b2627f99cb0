package parallax.probe.dns.wire;

import io.vertx.core.Future;
import io.vertx.core.internal.PromiseInternal;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import parallax.probe.check.Deadline;

/**
 * Lets those who ask the same server the same question at the same time share one exchange. Nothing
 * is kept longer than the exchange: a monitor must see the truth of now.
 */
public final class SharedQuestions {
  /** More than this many different questions at a time are not shared. */
  static final int MAX_SHARED = 4_096;

  private final DnsExchange exchange;
  private final ConcurrentMap<Key, Running> running = new ConcurrentHashMap<>();

  private record Key(InetSocketAddress server, Question question) {}

  private record Running(Future<Exchanged> future, Deadline deadline) {
    /**
     * Whether who has until {@code deadline} can wait for this one, and it will wait long enough.
     */
    boolean suits(Deadline wanted) {
      long left = deadline.left().toNanos();
      long wantedLeft = wanted.left().toNanos();
      return left <= wantedLeft && left >= wantedLeft / 2;
    }
  }

  public SharedQuestions(DnsExchange exchange) {
    this.exchange = exchange;
  }

  /** As {@link DnsExchange#ask}. */
  public Future<Exchanged> ask(InetSocketAddress server, Question question, Deadline deadline) {
    Key key = new Key(server, question);
    Optional<Running> same =
        Optional.ofNullable(running.get(key)).filter(other -> other.suits(deadline));
    if (same.isPresent()) {
      PromiseInternal<Exchanged> mine = exchange.promise();
      same.get().future().onComplete(mine);
      return mine.future();
    }
    Future<Exchanged> future = exchange.ask(server, question, deadline);
    if (!future.isComplete() && running.size() < MAX_SHARED) {
      Running entry = new Running(future, deadline);
      running.put(key, entry);
      future.onComplete(_ -> running.remove(key, entry));
    }
    return future;
  }
}
