package parallax.probe.registration.lookup;

import io.vertx.core.Future;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.courtesy.Heard;
import parallax.probe.registration.courtesy.Pace;
import parallax.probe.registration.courtesy.Permission.Postponed;
import parallax.probe.registration.lookup.line.HttpReply;
import parallax.probe.registration.lookup.line.RdapClient;
import parallax.probe.registration.lookup.line.Reach;
import parallax.probe.registration.rdap.RdapLinks;

/** Asks the registry over RDAP, and once the registrar that its answer links to. */
final class RdapLookup {
  private final RdapClient client;
  private final InstantSource clock;

  RdapLookup(RdapClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** What the server at {@code base} says. Fails when it says nothing. */
  Future<Looked> look(Wanted wanted, URI base, Gate gate, Deadline deadline) {
    String host = base.getHost();
    Optional<Postponed> not = gate.ask(host, Pace.RDAP);
    if (not.isPresent()) {
      return Future.succeededFuture(new Looked.Postponed(not.get().until(), not.get().why()));
    }
    return client
        .get(RdapClient.record(base, wanted.domain()), Hop.CONFIGURED, deadline)
        .compose(
            reply -> {
              Registration read = RdapAnswers.read(reply, wanted.domain());
              Optional<Contact> contact =
                  KnownServers.shipped()
                      .contact(read, RdapLinks.contact(reply.body().getBytes()), wanted.suffix());
              gate.heard(host, heard(read, reply));
              return switch (read) {
                case Registered(RegistrationFacts facts) ->
                    registrars(wanted, reply, gate, deadline)
                        .map(paid -> new Registered(Paid.with(facts, paid)))
                        .map(all -> new Looked.Answered(all, host, contact));
                case Registration.NotRegistered _,
                    Registration.RateLimited _,
                    Registration.NotParsed _,
                    Registration.Unavailable _ ->
                    Future.succeededFuture(new Looked.Answered(read, host, contact));
              };
            });
  }

  private Heard heard(Registration read, HttpReply reply) {
    Heard heard = Paid.heard(read);
    return heard instanceof Heard.Answer
        ? heard
        : reply
            .pause(clock.instant())
            .<Heard>map(wait -> new Heard.Quota(Optional.of(wait)))
            .orElse(heard);
  }

  /** The registrar's expiry at the end of the link "related"; what goes wrong there costs it. */
  private Future<Expiry> registrars(Wanted wanted, HttpReply reply, Gate gate, Deadline deadline) {
    Optional<URI> link =
        RdapLinks.related(reply.body().getBytes())
            .filter(uri -> RdapClient.isSecure(uri) || !RdapClient.isSecure(reply.from()))
            .filter(uri -> !uri.equals(reply.from()))
            .filter(uri -> gate.ask(uri.getHost(), Pace.RDAP).isEmpty());
    if (link.isEmpty()) {
      return Future.succeededFuture(new Expiry.NotPublished());
    }
    Deadline part = deadline.part(deadline.left().dividedBy(2));
    return client
        .get(link.get(), Reach.after(reply.address()), part)
        .map(
            own -> {
              Registration read = RdapAnswers.read(own, wanted.domain());
              gate.heard(link.get().getHost(), heard(read, own));
              return Paid.until(read);
            })
        .otherwise(new Expiry.NotPublished());
  }
}
