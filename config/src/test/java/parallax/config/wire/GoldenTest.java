package parallax.config.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.uplink.v1.Uplink;

/**
 * Frames of version 1 as they were once written, byte by byte, each with a twin that people can
 * read. A file that is there is never written again: what it holds is on the wire somewhere.
 */
class GoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/wire/v1");

  static Stream<Arguments> ofProbe() {
    return arguments(Samples.ofProbe());
  }

  static Stream<Arguments> ofCoordinator() {
    return arguments(Samples.ofCoordinator());
  }

  private static Stream<Arguments> arguments(Map<String, ?> frames) {
    return frames.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofProbe")
  void aProbeWritesWhatItAlwaysWrote(String name, ProbeFrame frame) throws IOException {
    byte[] golden = Files.readAllBytes(FOLDER.resolve(name + ".binpb"));
    assertThat(ProbeFrames.encode(frame)).isEqualTo(golden);
    assertThat(ProbeFrames.decode(golden)).isEqualTo(new Decoded.Good<>(frame));
    assertThat(twin(name, Uplink.FromProbe.newBuilder())).isEqualTo(golden);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofCoordinator")
  void aCoordinatorWritesWhatItAlwaysWrote(String name, CoordinatorFrame frame) throws IOException {
    byte[] golden = Files.readAllBytes(FOLDER.resolve(name + ".binpb"));
    assertThat(CoordinatorFrames.encode(frame)).isEqualTo(golden);
    assertThat(CoordinatorFrames.decode(golden)).isEqualTo(new Decoded.Good<>(frame));
    assertThat(twin(name, Uplink.FromCoordinator.newBuilder())).isEqualTo(golden);
  }

  private static byte[] twin(String name, Message.Builder into) throws IOException {
    TextFormat.merge(Files.readString(FOLDER.resolve(name + ".txtpb")), into);
    return into.build().toByteArray();
  }

  /**
   * Writes the files that are not there yet, with {@code -Dparallax.golden.write=true} and the
   * module's folder as the current one.
   */
  public static void main(String[] arguments) throws IOException {
    if (!Boolean.getBoolean("parallax.golden.write")) {
      throw new IllegalStateException("golden files are written on purpose only");
    }
    Files.createDirectories(FOLDER);
    for (Map.Entry<String, ProbeFrame> each : Samples.ofProbe().entrySet()) {
      write(each.getKey(), ProbeFrames.encode(each.getValue()), Uplink.FromProbe::newBuilder);
    }
    for (Map.Entry<String, CoordinatorFrame> each : Samples.ofCoordinator().entrySet()) {
      byte[] bytes = CoordinatorFrames.encode(each.getValue());
      write(each.getKey(), bytes, Uplink.FromCoordinator::newBuilder);
    }
  }

  private static void write(String name, byte[] bytes, Supplier<Message.Builder> into)
      throws IOException {
    Path file = FOLDER.resolve(name + ".binpb");
    if (!Files.exists(file)) {
      Files.write(file, bytes);
      Message message = into.get().mergeFrom(bytes).build();
      String text = TextFormat.printer().printToString(message);
      Files.writeString(FOLDER.resolve(name + ".txtpb"), text);
    }
  }
}
