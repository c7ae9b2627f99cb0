package parallax.bench.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import parallax.probe.bgp.mrt.MrtFile;
import parallax.probe.bgp.mrt.MrtReader;
import parallax.probe.bgp.rislive.message.RisLiveMessage;
import parallax.probe.bgp.rislive.message.RisLiveReader;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;

/**
 * How many routes a second are heard on one thread: of a stored file of updates, packed by gzip,
 * into a fresh table each time; and of frames of RIS Live. {@code elements} are routes, or frames.
 * {@code deploy/bench/routes} runs it.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class RoutesBenchmark {
  /** MRT, as RIS and RouteViews store it. */
  @Param("")
  String mrt;

  /** A message of RIS Live a line, packed by gzip. */
  @Param("")
  String risLive;

  private List<String> frames = List.of();

  /** What went by. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Count {
    public long elements;
  }

  /** Reading lines is no part of the time that is measured. */
  @Setup(Level.Trial)
  public void unpack() throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(risLive)))) {
      frames = new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  /** Unpacks, decodes, and keeps who has what by which path. */
  @Benchmark
  public RouteTable table(Count count) throws IOException {
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    try (InputStream in = MrtFile.open(Path.of(mrt))) {
      count.elements += MrtReader.read(in, "bench", table::apply).elements().total();
    }
    return table;
  }

  /** Unpacks and decodes alone. */
  @Benchmark
  public long events(Count count) throws IOException {
    long[] systems = new long[1];
    try (InputStream in = MrtFile.open(Path.of(mrt))) {
      count.elements +=
          MrtReader.read(in, "bench", event -> systems[0] += event.peer().asn()).elements().total();
    }
    return systems[0];
  }

  /** Decodes frames of JSON, with the message itself in each. */
  @Benchmark
  public long frames(Count count) {
    long events = 0;
    for (String frame : frames) {
      if (RisLiveReader.read(frame) instanceof RisLiveMessage.Heard heard) {
        events += heard.events().size();
      }
    }
    count.elements += frames.size();
    return events;
  }
}
