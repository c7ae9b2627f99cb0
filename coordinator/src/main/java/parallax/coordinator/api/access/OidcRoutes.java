package parallax.coordinator.api.access;

import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.access.OidcProvider;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.access.LocalPath;
import parallax.coordinator.access.Need;
import parallax.coordinator.access.Rules;
import parallax.coordinator.access.Seal;
import parallax.coordinator.access.Session;
import parallax.coordinator.api.people.Caller;
import parallax.coordinator.oidc.Found;
import parallax.coordinator.oidc.OidcClient;
import parallax.coordinator.oidc.Person;
import parallax.coordinator.oidc.Trip;

/** Signing in by what an OpenID provider says of somebody: there, and back. */
public final class OidcRoutes implements AutoCloseable {
  /** Where people are sent away from. */
  public static final String PATH = SignIn.PATH + "/oidc";

  /** Where they come back to. */
  public static final String BACK = PATH + "/callback";

  /** Requests that wait for the provider at a time. */
  static final int MAX_WAITING = 16;

  /** Trips that are over, which nobody may make again. */
  static final int MAX_OVER = 10_000;

  private static final int MAX_CODE = 2_048;
  private static final Caller PROVIDER = new Caller("oidc");
  private static final Logger LOG = LoggerFactory.getLogger(OidcRoutes.class);

  private final Door door;
  private final SignIn signIn;
  private final OidcClient client;
  private final Semaphore room = new Semaphore(MAX_WAITING);

  /** Only asked on event loops, of which there may be several. */
  private final Map<String, Boolean> over =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_OVER;
        }
      };

  /** Somebody who asks, and by what is decided about them. */
  private record Asked(RoutingContext context, OidcProvider provider, URI back, Seal seal) {}

  /**
   * The routes.
   *
   * @param client is closed with this
   */
  public OidcRoutes(Door door, SignIn signIn, OidcClient client) {
    this.door = door;
    this.signIn = signIn;
    this.client = client;
  }

  public void on(Router router) {
    router
        .route(PATH)
        .method(HttpMethod.GET)
        .useNormalizedPath(false)
        .handler(context -> asked(context).ifPresent(this::depart));
    router
        .route(BACK)
        .method(HttpMethod.GET)
        .useNormalizedPath(false)
        .handler(context -> asked(context).ifPresent(this::arrive));
  }

  private Optional<Asked> asked(RoutingContext context) {
    if (door.admit(context, Need.PUBLIC).isEmpty()) {
      return Optional.empty();
    }
    Configuration configuration = door.configuration();
    Optional<OidcProvider> provider = configuration.access().oidc();
    Optional<URI> page = configuration.page();
    Optional<Seal> seal = door.rules().seal();
    if (provider.isEmpty() || page.isEmpty()) {
      signIn.explain(context, 404, "no OpenID provider is configured");
      return Optional.empty();
    }
    if (signIn.held(context.request()).isPresent()) {
      signIn.explain(context, 429, "too many have tried from there; wait a minute");
      return Optional.empty();
    }
    if (seal.isEmpty()) {
      signIn.explain(context, 503, "the key of sessions cannot be read right now; try again");
      return Optional.empty();
    }
    URI back = URI.create(page.get().toString().replaceAll("/+$", "") + BACK);
    return Optional.of(new Asked(context, provider.get(), back, seal.get()));
  }

  private void depart(Asked asked) {
    RoutingContext context = asked.context();
    Trip trip =
        new Trip(
            door.freshId(),
            LocalPath.of(Optional.ofNullable(context.request().getParam("to"))),
            door.now().truncatedTo(ChronoUnit.SECONDS));
    asking(
        asked,
        () -> client.departure(asked.provider(), trip, asked.back(), asked.seal()),
        place -> {
          boolean secure = door.isSecure(context.request());
          String value = trip.sealed(asked.seal());
          Door.add(context, Cookies.set(Cookies.TRIP, value, secure, Trip.LONGEST));
          signIn.sendOn(context, place);
        });
  }

  private void arrive(Asked asked) {
    HttpServerRequest request = asked.context().request();
    Optional<Trip> trip =
        Cookies.value(request, Cookies.TRIP, door.isSecure(request))
            .flatMap(cookie -> Trip.opened(asked.seal(), cookie, door.now()));
    door.forget(asked.context(), Cookies.TRIP);
    String state = parameter(request, "state");
    if (trip.isEmpty() || !trip.get().id().equals(state)) {
      refuse(asked, 401, "what came back is not of this browser, or came too late");
      return;
    }
    if (!isFirst(state)) {
      refuse(asked, 401, "what came back was used before");
      return;
    }
    String issuer = parameter(request, "iss");
    if (!issuer.isEmpty() && !issuer.equals(asked.provider().issuer().toString())) {
      refuse(asked, 401, "what came back is of another provider");
      return;
    }
    String code = parameter(request, "code");
    if (code.isEmpty() || code.length() > MAX_CODE) {
      String error = parameter(request, "error");
      refuse(
          asked,
          401,
          "the provider did not say who you are"
              + (error.matches("[a-z_]{1,60}") ? ": " + error : ""));
      return;
    }
    OidcClient.Return returned = new OidcClient.Return(code, asked.back(), trip.get());
    asking(
        asked,
        () -> client.arrival(asked.provider(), returned, asked.seal()),
        person -> enter(asked, person, trip.get().to()));
  }

  private void enter(Asked asked, Person person, String to) {
    Optional<Role> role = person.role(asked.provider());
    String name = PROVIDER.signed(Optional.of(person.name()));
    if (role.isEmpty()) {
      signIn.refuse(
          asked.context(),
          signIn.network(asked.context().request()),
          name + " is in no group that has a role");
      signIn.explain(
          asked.context(),
          403,
          "you are " + name + ", who is in no group that may do something here");
      return;
    }
    signIn.begin(
        asked.context(),
        new SignIn.Person(
            name,
            role.get(),
            new Session.ByPerson(person.subject(), Rules.proof(asked.seal(), asked.provider()))),
        to);
  }

  private void refuse(Asked asked, int status, String why) {
    signIn.refuse(asked.context(), signIn.network(asked.context().request()), why);
    signIn.explain(asked.context(), status, why);
  }

  private boolean isFirst(String state) {
    synchronized (over) {
      return over.put(state, true) == null;
    }
  }

  private static String parameter(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getParam(name)).orElse("");
  }

  /** What to do with what was found. */
  @FunctionalInterface
  private interface Next<T> {
    void go(T found);
  }

  /** Has the provider asked on a thread of its own, as it may take a while. */
  private <T> void asking(Asked asked, Supplier<Found<T>> question, Next<T> next) {
    RoutingContext context = asked.context();
    if (!room.tryAcquire()) {
      signIn.explain(context, 503, "too many wait for the provider; try again");
      return;
    }
    Context loop = context.vertx().getOrCreateContext();
    Thread.ofVirtual()
        .name("parallax-oidc")
        .start(
            () -> {
              Found<T> found;
              try {
                found = question.get();
              } catch (RuntimeException e) {
                LOG.error("oidc=failed error={}", e.toString(), e);
                found = new Found.Bad<>(Found.Kind.PROVIDER, "an error of Parallax");
              } finally {
                room.release();
              }
              Found<T> answer = found;
              loop.runOnContext(_ -> answer(asked, answer, next));
            });
  }

  private <T> void answer(Asked asked, Found<T> found, Next<T> next) {
    if (asked.context().response().ended()) {
      return;
    }
    switch (found) {
      case Found.Good<T>(T value) -> next.go(value);
      case Found.Bad<T>(Found.Kind kind, String why) -> {
        LOG.warn("oidc=refused why=\"{}\"", why);
        switch (kind) {
          case PROVIDER -> signIn.explain(asked.context(), 502, why);
          case BROUGHT -> refuse(asked, 401, why);
        }
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
