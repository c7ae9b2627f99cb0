package parallax.probe.dns.zone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.walk.DelegationWalk;
import parallax.probe.dns.wire.Question;
import parallax.probe.registration.keep.KeptFile;
import parallax.probe.registration.suffix.PublicSuffixes;

/**
 * Walks to the zones that names lie in. Who wants to walk to the same zone while a walk is under
 * way goes along; nothing is kept longer than the walk: a monitor must see the truth of now.
 */
final class ZoneWalks {
  /** More different walks than this at a time are not shared. */
  static final int MAX_SHARED = 4_096;

  private final Vertx vertx;
  private final DelegationWalk walk;
  private final ConcurrentMap<Question, Running> running = new ConcurrentHashMap<>();
  private final KeptFile<PublicSuffixes> suffixes;

  private record Running(Future<Walk> future, Deadline deadline) {
    /** Whether it will end soon enough for who has until {@code wanted}, and not much sooner. */
    boolean suits(Deadline wanted) {
      long left = deadline.left().toNanos();
      long wantedLeft = wanted.left().toNanos();
      return left <= wantedLeft && left >= wantedLeft / 2;
    }
  }

  ZoneWalks(Vertx vertx, DelegationWalk walk, KeptFile<PublicSuffixes> suffixes) {
    this.vertx = vertx;
    this.walk = walk;
    this.suffixes = suffixes;
  }

  /**
   * Walks to the zone that was registered for {@code host}; where it is itself a public suffix, to
   * the zone of that name.
   */
  Future<Walk> walkTo(String host, Deadline deadline) {
    return suffixes()
        .map(known -> known.registrableName(host).flatMap(Question::nameOf))
        .compose(
            registered -> {
              Name zone = registered.or(() -> Question.nameOf(host)).orElse(Name.root);
              return walk(zone, new Question(zone, Type.SOA), deadline);
            });
  }

  /** Read when it is needed first, and not on an event loop. */
  private Future<PublicSuffixes> suffixes() {
    return suffixes.isLoaded()
        ? Future.succeededFuture(suffixes.known().value())
        : Aside.run(vertx, () -> suffixes.known().value());
  }

  /** As {@link DelegationWalk#walk}, perhaps together with others. */
  Future<Walk> walk(Name zone, Question question, Deadline deadline) {
    Optional<Running> same =
        Optional.ofNullable(running.get(question)).filter(other -> other.suits(deadline));
    if (same.isPresent()) {
      PromiseInternal<Walk> mine = ((VertxInternal) vertx).promise();
      same.get().future().onComplete(mine);
      return mine.future();
    }
    Future<Walk> future = walk.walk(zone, question, deadline);
    if (running.size() < MAX_SHARED) {
      Running entry = new Running(future, deadline);
      running.put(question, entry);
      future.onComplete(_ -> running.remove(question, entry));
    }
    return future;
  }
}
