package parallax.deploy.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One fleet for all tests of this package: to start it takes longer than most of what is done to
 * it. Each test finds it whole, and may take a {@link Campaign} as its parameter.
 */
public final class SharedFleet implements BeforeEachCallback, ParameterResolver {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(SharedFleet.class);

  /** What is started, and whoever listens to it. */
  private record Running(Fleet fleet, Tables tables, Receiver receiver) implements AutoCloseable {
    static Running start() {
      try {
        Path folder = Files.createTempDirectory("parallax-fleet-test");
        Fleet fleet = Fleet.ofProduct(folder);
        fleet.up();
        try {
          Receiver receiver = new Receiver(fleet.host(), Receiver.PORT);
          Tables tables = new Tables(fleet.file("database"));
          // One after the other, so that the tables are made once and the oldest is known.
          fleet.start("c1");
          fleet.start("c2", "c3");
          fleet.start(Fleet.PROBES.toArray(String[]::new));
          return new Running(fleet, tables, receiver);
        } catch (IOException | RuntimeException e) {
          fleet.close();
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      receiver.close();
      fleet.close();
    }
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SPACE)
        .getOrComputeIfAbsent("fleet", _ -> Running.start(), Running.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Running running = running(context);
    running.fleet().makeWhole(running.tables());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Campaign.class);
  }

  @Override
  public Campaign resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running = running(context);
    return new Campaign(
        context.getDisplayName(), running.fleet(), running.tables(), running.receiver());
  }
}
