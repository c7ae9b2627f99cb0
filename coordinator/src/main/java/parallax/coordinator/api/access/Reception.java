package parallax.coordinator.api.access;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Writing;
import parallax.coordinator.oidc.OidcClient;
import parallax.coordinator.page.Assets;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.access.RefusedPage;
import parallax.coordinator.people.SessionWatch;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Overview;

/** All by which people come in: the door, and the ways to sign in and out. */
public final class Reception implements AutoCloseable {
  private final SessionWatch sessions;
  private final Frame frame;
  private final Door door;
  private final SignIn signIn;
  private final OidcRoutes oidc;

  /**
   * What it needs.
   *
   * @param working has an answer made where it may take a while
   */
  public record Ports(
      Overview overview,
      Store store,
      InstantSource clock,
      LongSupplier nanos,
      BiConsumer<RoutingContext, Supplier<Reply>> working) {}

  public Reception(Ports ports) {
    SecureRandom random = new SecureRandom();
    sessions = new SessionWatch(ports.store(), ports.clock(), random);
    frame = new Frame(new Assets(), ports.overview().version());
    door =
        new Door(
            new Door.Ports(
                ports.overview(), sessions, ports.clock(), new RefusedPage(frame), Writing::write),
            random);
    signIn =
        new SignIn(
            new SignIn.Ports(
                door, sessions, ports.store(), ports.nanos(), ports.working(), Writing::write),
            frame);
    oidc = new OidcRoutes(door, signIn, new OidcClient(ports.nanos(), ports.clock()));
  }

  /** Reads by what sessions are known, from now on. */
  public void start() {
    sessions.start();
  }

  public Door door() {
    return door;
  }

  /** Around pages that are made here. */
  public Frame frame() {
    return frame;
  }

  /**
   * Asks at paths that are neither read nor done like the others, before anything else is.
   *
   * @param endless one of them, of which the answer never ends
   */
  public void guard(Router router, Map<String, Need> paths, String endless) {
    paths.forEach(
        (path, need) ->
            router
                .route(path)
                .useNormalizedPath(false)
                .handler(
                    context -> {
                      if (door.admit(context, need).isPresent()) {
                        if (path.equals(endless)) {
                          door.whileAdmitted(context, need);
                        }
                        context.next();
                      }
                    }));
  }

  /** Behind what reads bodies. */
  public void on(Router router) {
    signIn.on(router);
    oidc.on(router);
  }

  /** The paths, as the API description writes them. */
  public Stream<String> paths() {
    return Stream.of(SignIn.PATH, SignIn.OUT, OidcRoutes.PATH, OidcRoutes.BACK);
  }

  @Override
  public void close() {
    sessions.close();
    oidc.close();
  }
}
