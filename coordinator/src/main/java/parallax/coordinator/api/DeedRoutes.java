package parallax.coordinator.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import parallax.coordinator.access.Need;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.access.Door;
import parallax.coordinator.api.exchange.Network;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.people.Caller;
import parallax.coordinator.api.people.Deed;
import parallax.coordinator.api.people.Wish;

/**
 * The paths by which people do something. Every coordinator does it itself, whoever leads: it is
 * written to the record that all of them share. What only the leader can do is handed on to it.
 */
final class DeedRoutes {
  private static final String JSON = "application/json";

  private final List<Deed> deeds;
  private final List<String> readable;
  private final Door door;
  private final InstantSource clock;
  private final Answering answering;

  /**
   * How answers are made and written.
   *
   * @param working has an answer made where it may take a while
   * @param leading has an answer made where it may take a while, by the coordinator that leads
   * @param writer writes an answer
   */
  record Answering(
      BiConsumer<RoutingContext, Supplier<Reply>> working,
      BiConsumer<RoutingContext, Supplier<Reply>> leading,
      BiConsumer<RoutingContext, Reply> writer) {}

  /**
   * The routes.
   *
   * @param readable paths of those that can be read as well
   */
  DeedRoutes(
      List<Deed> deeds,
      List<String> readable,
      Door door,
      InstantSource clock,
      Answering answering) {
    this.deeds = List.copyOf(deeds);
    this.readable = List.copyOf(readable);
    this.door = door;
    this.clock = clock;
    this.answering = answering;
  }

  /** The paths, as the API description writes them. */
  Stream<String> paths() {
    return deeds.stream().map(Deed::path).distinct();
  }

  /** Behind what reads bodies, and before what is only read. */
  void on(Router router) {
    deeds.stream()
        .map(deed -> deed.path().contains("{") ? deed.prefix() + "*" : deed.path())
        .distinct()
        .forEach(path -> router.route(path).useNormalizedPath(false).handler(this::take));
  }

  private void take(RoutingContext context) {
    String path = String.valueOf(context.request().path());
    List<Deed> here = deeds.stream().filter(deed -> deed.parameters(path).isPresent()).toList();
    String method = context.request().method().name();
    Optional<Deed> deed = here.stream().filter(each -> each.method().equals(method)).findFirst();
    if (deed.isPresent()) {
      admit(context, deed.get(), deed.get().parameters(path).orElseThrow());
      return;
    }
    boolean reads = here.stream().anyMatch(each -> readable.contains(each.path()));
    boolean asksToRead =
        List.of(HttpMethod.GET, HttpMethod.HEAD).contains(context.request().method());
    if (here.isEmpty() || (reads && asksToRead)) {
      context.next();
      return;
    }
    TreeSet<String> allowed = new TreeSet<>(here.stream().map(Deed::method).toList());
    if (reads) {
      allowed.addAll(List.of("GET", "HEAD"));
    }
    String all = String.join(", ", allowed);
    answering
        .writer()
        .accept(context, Reply.problem(405, "this path takes " + all + " only").with("Allow", all));
  }

  private void admit(RoutingContext context, Deed deed, List<String> parameters) {
    HttpServerRequest request = context.request();
    Need need = deed.isPublic().getAsBoolean() ? Need.PUBLIC : Need.of(deed.role());
    Optional<Visitor> visitor = door.admit(context, need);
    if (visitor.isEmpty()) {
      return;
    }
    String body = Optional.ofNullable(context.body().asString()).orElse("");
    if (!body.isBlank() && !isJson(request)) {
      answering.writer().accept(context, Reply.problem(415, "the body must be " + JSON));
      return;
    }
    Caller caller = new Caller(visitor.get().asker().name());
    String network = Network.of(request.remoteAddress());
    // Whoever stays out here would stay out there: nobody comes in by being handed on.
    (deed.byLeader() ? answering.leading() : answering.working())
        .accept(
            context,
            () ->
                Answers.guarded(
                    deed.path(),
                    () ->
                        deed.answer()
                            .to(
                                new Wish(
                                    decoded(parameters),
                                    Wish.body(body),
                                    caller,
                                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                                    network))));
  }

  private static List<String> decoded(List<String> parameters) throws Request.Unusable {
    List<String> decoded = new ArrayList<>(parameters.size());
    for (String parameter : parameters) {
      decoded.add(Request.decodedPath(parameter));
    }
    return decoded;
  }

  private static boolean isJson(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("Content-Type"))
        .map(type -> type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip())
        .filter(JSON::equals)
        .isPresent();
  }
}
