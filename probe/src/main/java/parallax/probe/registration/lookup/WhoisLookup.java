package parallax.probe.registration.lookup;

import io.vertx.core.Future;
import java.util.Optional;
import parallax.config.check.ServerAddress;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.NotParsed;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.courtesy.Pace;
import parallax.probe.registration.courtesy.Permission.Postponed;
import parallax.probe.registration.lookup.line.Reach;
import parallax.probe.registration.lookup.line.WhoisClient;
import parallax.probe.registration.lookup.line.WhoisReply;
import parallax.probe.registration.whois.WhoisReader;
import parallax.probe.registration.whois.table.WhoisTables;

/** Asks a registry over WHOIS, and once the registrar that a thin one refers to. */
final class WhoisLookup {
  private static final String JPRS = "jp";

  private final WhoisClient client;
  private final WhoisReader reader = new WhoisReader(WhoisTables.shipped());

  WhoisLookup(WhoisClient client) {
    this.client = client;
  }

  /** What {@code server} says. Fails when it says nothing. */
  Future<Looked> look(Wanted wanted, ServerAddress server, Gate gate, Deadline deadline) {
    boolean jprs = wanted.suffix().equals(JPRS) || wanted.suffix().endsWith("." + JPRS);
    Optional<Postponed> not =
        gate.ask(server.host(), jprs ? Pace.JPRS : Pace.ofWhois(server.host()));
    if (not.isPresent()) {
      return Future.succeededFuture(new Looked.Postponed(not.get().until(), not.get().why()));
    }
    String question = KnownServers.shipped().question(wanted.suffix(), wanted.domain());
    return client
        .ask(server, question, Hop.CONFIGURED, deadline)
        .compose(
            reply -> {
              Registration read = read(reply, wanted);
              gate.heard(server.host(), Paid.heard(read));
              Optional<Contact> contact =
                  KnownServers.shipped()
                      .contact(read, WhoisText.contact(reply.text()), wanted.suffix());
              return switch (read) {
                case Registered(RegistrationFacts facts) ->
                    registrars(wanted, reply, gate, deadline)
                        .map(paid -> new Registered(Paid.with(facts, paid)))
                        .map(all -> new Looked.Answered(all, server.host(), contact));
                case Registration.NotRegistered _,
                    Registration.RateLimited _,
                    NotParsed _,
                    Registration.Unavailable _ ->
                    Future.succeededFuture(new Looked.Answered(read, server.host(), contact));
              };
            });
  }

  private Registration read(WhoisReply reply, Wanted wanted) {
    Registration read = reader.read(reply.text().getBytes(), wanted.suffix());
    boolean other =
        read instanceof Registered(RegistrationFacts facts)
            && facts.name().filter(name -> !name.equals(wanted.domain())).isPresent();
    return other ? new NotParsed("an answer about another name") : read;
  }

  /** The registrar's expiry where a thin registry refers to it. */
  private Future<Expiry> registrars(Wanted wanted, WhoisReply reply, Gate gate, Deadline deadline) {
    Optional<ServerAddress> server =
        KnownServers.isThin(wanted.suffix())
            ? WhoisText.registrar(reply.text())
                .filter(known -> gate.ask(known.host(), Pace.WHOIS).isEmpty())
            : Optional.empty();
    if (server.isEmpty()) {
      return Future.succeededFuture(new Expiry.NotPublished());
    }
    Deadline part = deadline.part(deadline.left().dividedBy(2));
    return client
        .ask(server.get(), wanted.domain(), Reach.after(reply.address()), part)
        .map(
            own -> {
              Registration read = read(own, wanted);
              gate.heard(server.get().host(), Paid.heard(read));
              return Paid.until(read);
            })
        .otherwise(new Expiry.NotPublished());
  }
}
