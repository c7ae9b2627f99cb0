package parallax.probe.uplink;

import io.vertx.core.Vertx;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import parallax.config.check.CheckKind;
import parallax.config.fault.Steps;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/**
 * Hands over observations until it is killed: at a step of its parent's choice it stands still and
 * says so. Tells its parent of each observation that was appended.
 */
final class UplinkMain {
  static final int APPENDED = 1;
  static final int STANDS_STILL = 2;
  static final int OBSERVATIONS = 2_000;

  private final FileOutputStream out;
  private final String step;
  private long left;

  private UplinkMain(FileOutputStream out, String step, long times) {
    this.out = out;
    this.step = step;
    this.left = times;
  }

  /** Takes a folder, the coordinator's port, the number of the run, a step and how many times. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    long boot = Long.parseLong(arguments[2]);
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      UplinkMain parent = new UplinkMain(out, arguments[3], Long.parseLong(arguments[4]));
      Steps steps = parent::passed;
      Uplink uplink =
          Uplink.open(
              Uplinks.settings(folder, boot),
              Uplinks.ground(
                  Vertx.vertx(),
                  folder,
                  List.of(Uplinks.url(Integer.parseInt(arguments[1]))),
                  steps));
      uplink.start(new Nothing());
      for (int number = 0; number < OBSERVATIONS; number++) {
        uplink.offer(Uplinks.observation(boot, number));
      }
      new CountDownLatch(1).await();
    }
  }

  private void passed(String passed) {
    try {
      if (passed.equals("probe.appended")) {
        out.write(APPENDED);
      }
      if (passed.equals(step)) {
        left--;
        if (left == 0) {
          out.write(STANDS_STILL);
          new CountDownLatch(1).await();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Nothing() implements Work {
    @Override
    public void assign(List<Target> targets, Optional<RouteWatching> routes) {}

    @Override
    public void lookAgain(TargetName target, CheckKind check, Duration after) {}
  }
}
