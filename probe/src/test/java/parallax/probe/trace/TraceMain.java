package parallax.probe.trace;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parallax.config.observation.seen.TraceSeen;
import parallax.probe.icmp.EchoLines;
import parallax.probe.net.Departure;

/** Follows the ways to addresses, or ADDRESS/PORT, in whatever network it is started in. */
final class TraceMain {
  private TraceMain() {}

  public static void main(String[] addresses) throws Exception {
    Vertx vertx = Vertx.vertx();
    EchoLines lines = new EchoLines(InstantSource.system(), System::nanoTime);
    Tracer tracer =
        new ConnectTracer(
            vertx, Departure.ANY, System::nanoTime, new EchoTracer(vertx, lines, Departure.ANY));
    for (String address : addresses) {
      String[] parts = address.split("/", 2);
      Optional<TraceSeen> seen =
          tracer
              .trace(
                  InetAddress.ofLiteral(parts[0]),
                  parts.length == 1 ? Optional.empty() : Optional.of(Integer.valueOf(parts[1])))
              .toCompletionStage()
              .toCompletableFuture()
              .get(Tracer.MAX_TIME.toMillis(), TimeUnit.MILLISECONDS);
      System.out.println("trace: " + seen.map(TraceMain::words).orElse("nothing"));
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static String words(TraceSeen seen) {
    return Stream.concat(
            seen.hops().stream().map(hop -> hop.by().orElse("*")), Stream.of(seen.end().name()))
        .collect(Collectors.joining(" "));
  }
}
