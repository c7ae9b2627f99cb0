package parallax.deploy.probe;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which daemons are told to read their files again. The JVM's class for signals is its
 * own affair ({@code sun.misc.Signal} of the module jdk.unsupported), which it tells compilers by a
 * warning that cannot be switched off: so it is found by name.
 */
final class Hangup {
  private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);
  private static final String NAME = "HUP";

  private Hangup() {}

  /**
   * Does {@code action} at each SIGHUP from now on, on a thread of the signal's own; without this
   * the signal ends the process.
   */
  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
  static void does(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              Hangup.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> "SIGHUP";
                    default -> {
                      action.run();
                      yield null;
                    }
                  });
      Object _ =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance(NAME), ours);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A JVM that is told to leave signals alone (-Xrs), or one without that module.
      LOG.warn("sighup=ignored", e);
    }
  }
}
