package parallax.probe.dns.walk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.xbill.DNS.Name;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Question;

/**
 * Walks from the root down to a zone, iteratively as a resolver does (RFC 1034 section 5.3.3), but
 * asks every server of every zone on the way and caches nothing from one walk to the next: what the
 * parent's servers say now is what resolvers will say when their caches have run out.
 */
public final class DelegationWalk {
  private final Vertx vertx;
  private final DnsExchange exchange;
  private final WalkSettings settings;

  public DelegationWalk(Vertx vertx, DnsExchange exchange, WalkSettings settings) {
    this.vertx = vertx;
    this.exchange = exchange;
    this.settings = settings;
  }

  /**
   * Walks to {@code zone} and beyond as far as referrals for {@code question} lead.
   *
   * @param zone that the parent should delegate, usually a registered domain
   * @param question at or below {@code zone}. Best {@code (zone, SOA)}: a parent that answers
   *     addresses for names that are not there (a wildcard) has no SOA for them, while one whose
   *     servers serve the zone too has
   * @return never fails but by a bug; completes soon after the deadline at the latest, on the
   *     caller's context
   */
  public Future<Walk> walk(Name zone, Question question, Deadline deadline) {
    // All that one walk does happens on one context, so that it needs no locks.
    Context context = vertx.getOrCreateContext();
    Promise<Walk> promise = Promise.promise();
    Course course = new Course(exchange, settings, deadline.part(settings.limits().time()));
    context.runOnContext(_ -> course.walk(zone, question).onComplete(promise));
    return promise.future();
  }
}
