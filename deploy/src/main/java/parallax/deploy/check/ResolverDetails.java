package parallax.deploy.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xbill.DNS.Record;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.probe.check.CheckResult;
import parallax.probe.dns.Presentation;
import parallax.probe.dns.authority.ServerEvidence;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.zone.NameServersLook;

/** Sets what the resolver says beside what the zone's own servers say. */
final class ResolverDetails {
  private ResolverDetails() {}

  /** Empty when there is nothing to compare: a side is silent, or an alias leads elsewhere. */
  static Optional<Detail> of(NameServersLook look, CheckResult resolver) {
    List<Said> said =
        look.round().stream()
            .flatMap(round -> round.servers().stream())
            .map(ServerEvidence::targets)
            .flatMap(List::stream)
            .map(Visit::said)
            .toList();
    boolean heard = resolver.outcome() instanceof Outcome.Up;
    boolean alias =
        said.stream().anyMatch(one -> one instanceof Said.Answered a && !a.aliases().isEmpty());
    if (!heard || alias) {
      return Optional.empty();
    }
    SortedSet<String> theirs = new TreeSet<>(resolver.facts().answers());
    SortedSet<String> own = new TreeSet<>();
    for (Said one : said) {
      if (one instanceof Said.Answered(List<Record> records, _)) {
        records.forEach(record -> own.add(Presentation.text(record)));
      }
    }
    if (own.isEmpty()) {
      String line = "    the resolver still answers, which it can only from its cache";
      return Optional.of(
          new Detail(Layer.DNS, List.of(line), new JsonObject().put("resolver", "cached")));
    }
    boolean agrees = own.containsAll(theirs);
    String line =
        agrees
            ? "    the resolver says what the name servers say"
            : "    the name servers say " + String.join(", ", own);
    JsonObject json =
        new JsonObject()
            .put("resolver", agrees ? "agrees" : "differs")
            .put("nameServersSay", new JsonArray(List.copyOf(own)));
    return Optional.of(new Detail(Layer.DNS, List.of(line), json));
  }
}
