package parallax.coordinator.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
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
import org.jspecify.annotations.Nullable;
import parallax.coordinator.api.exchange.Network;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.people.Deed;
import parallax.coordinator.api.people.Doorkeeper;
import parallax.coordinator.api.people.Knock;
import parallax.coordinator.api.people.Wish;
import parallax.coordinator.view.Overview;

/**
 * The paths by which people do something. Every coordinator does it itself, whoever leads: it is
 * written to the record that all of them share. What only the leader can do is handed on to it.
 */
final class DeedRoutes {
  private static final List<String> SIGNS_OF_A_PROXY =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private static final String JSON = "application/json";

  private final List<Deed> deeds;
  private final List<String> readable;
  private final Overview overview;
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
      Overview overview,
      InstantSource clock,
      Answering answering) {
    this.deeds = List.copyOf(deeds);
    this.readable = List.copyOf(readable);
    this.overview = overview;
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

  private Doorkeeper.Answer asked(HttpServerRequest request, Deed deed) {
    Knock knock = knock(request);
    return deed.isPublic().getAsBoolean()
        ? Doorkeeper.anybody(knock)
        : Doorkeeper.ask(overview.configuration().configuration().tokens(), knock, deed.role());
  }

  private void admit(RoutingContext context, Deed deed, List<String> parameters) {
    HttpServerRequest request = context.request();
    switch (asked(request, deed)) {
      case Doorkeeper.Answer.StaysOut(Reply reply) -> answering.writer().accept(context, reply);
      case Doorkeeper.Answer.Enters(var caller) -> {
        String body = Optional.ofNullable(context.body().asString()).orElse("");
        if (!body.isBlank() && !isJson(request)) {
          answering.writer().accept(context, Reply.problem(415, "the body must be " + JSON));
          return;
        }
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
    }
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

  private static Knock knock(HttpServerRequest request) {
    return new Knock(
        isLoopback(request.remoteAddress()),
        SIGNS_OF_A_PROXY.stream().anyMatch(name -> request.getHeader(name) != null),
        host(request),
        Optional.ofNullable(request.getHeader("Origin")),
        Optional.ofNullable(request.getHeader("Authorization")));
  }

  /** As HTTP/1.1 and HTTP/2 (RFC 9113 section 8.3.1) have it. */
  private static Optional<String> host(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("Host"))
        .or(() -> Optional.ofNullable(request.authority()).map(HostAndPort::toString));
  }

  private static boolean isLoopback(@Nullable SocketAddress address) {
    if (address == null || address.hostAddress() == null) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(address.hostAddress()).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
