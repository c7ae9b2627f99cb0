package parallax.config.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.wire.field.Fault;
import parallax.uplink.v1.Observed;
import parallax.uplink.v1.Uplink;

/** Frames that nobody would send who meant well. */
class HostileFrameTest {
  private static final int MUTATIONS = 25_000;

  /** The tag of field 11 that begins a group (wire type 3). */
  private static final byte GROUP_STARTS = 0x5b;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noFrameWhateverItHoldsIsAnException(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> frames = new ArrayList<>();
    Samples.ofProbe().values().forEach(frame -> frames.add(ProbeFrames.encode(frame)));
    Samples.ofCoordinator().values().forEach(frame -> frames.add(CoordinatorFrames.encode(frame)));
    int good = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] frame = mutate(random, frames.get(random.nextInt(frames.size())));
      good += ProbeFrames.decode(frame) instanceof Decoded.Good ? 1 : 0;
      good += CoordinatorFrames.decode(frame) instanceof Decoded.Good ? 1 : 0;
    }
    assertThat(good).as("not all refused at the door").isGreaterThan(MUTATIONS / 20);
  }

  private static byte[] mutate(SplittableRandom random, byte[] frame) {
    byte[] changed = frame.clone();
    for (int change = random.nextInt(1, 4); change > 0 && changed.length > 0; change--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(6)) {
        case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed[at] = (byte) random.nextInt();
        case 2 -> changed[at] = (byte) 0xff;
        case 3 -> changed = Arrays.copyOf(changed, at);
        case 4 -> changed = joined(changed, Arrays.copyOfRange(changed, at, changed.length));
        default -> {
          byte[] tail = Arrays.copyOfRange(changed, at, changed.length);
          changed = joined(Arrays.copyOf(changed, random.nextInt(at + 1)), tail);
        }
      }
    }
    return changed;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void aFrameBeyondTheBoundIsNotEvenRead() {
    assertThat(ProbeFrames.decode(new byte[WireLimits.MAX_PROBE_FRAME_BYTES + 1]))
        .isInstanceOfSatisfying(
            Decoded.Bad.class, bad -> assertThat(bad.fault()).isEqualTo(Fault.FRAME_TOO_LARGE));
    assertThat(CoordinatorFrames.decode(new byte[WireLimits.MAX_COORDINATOR_FRAME_BYTES + 1]))
        .isInstanceOfSatisfying(
            Decoded.Bad.class, bad -> assertThat(bad.fault()).isEqualTo(Fault.FRAME_TOO_LARGE));
  }

  @Test
  void groupsInGroupsEndBeforeTheStackDoes() {
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, GROUP_STARTS);
    assertThat(ProbeFrames.decode(deep))
        .isInstanceOfSatisfying(
            Decoded.Bad.class, bad -> assertThat(bad.fault()).isEqualTo(Fault.NOT_PROTOBUF));
  }

  @Test
  void listsBeyondTheirBoundAreRefused() {
    Uplink.FromProbe.Builder frame = Uplink.FromProbe.newBuilder();
    Uplink.Observations.Builder batch = frame.getObservationsBuilder();
    batch.getVantageBuilder().setProbe("a").setRegion("b");
    for (int count = 0; count <= WireLimits.MAX_BATCH; count++) {
      batch.addObservations(Observed.Observation.getDefaultInstance());
    }
    assertThat(ProbeFrames.decode(frame.build().toByteArray()))
        .isInstanceOfSatisfying(
            Decoded.Bad.class, bad -> assertThat(bad.fault()).isEqualTo(Fault.TOO_MANY));
  }

  @Test
  void numbersOfObservationsMustRise() {
    Uplink.FromProbe.Builder frame = Uplink.FromProbe.newBuilder();
    Uplink.Observations.Builder batch = frame.getObservationsBuilder();
    batch.getVantageBuilder().setProbe("a").setRegion("b");
    batch.addObservationsBuilder();
    batch.addObservationsBuilder();
    assertThat(
            ProbeFrames.decode(
                frame.setObservations(batch.addOffsets(3).addOffsets(3)).build().toByteArray()))
        .isInstanceOf(Decoded.Bad.class);
    batch.clearOffsets().setFirstSequence(Long.MAX_VALUE);
    assertThat(ProbeFrames.decode(frame.setObservations(batch).build().toByteArray()))
        .isInstanceOf(Decoded.Bad.class);
    batch.setFirstSequence(-1);
    assertThat(ProbeFrames.decode(frame.setObservations(batch).build().toByteArray()))
        .isInstanceOf(Decoded.Bad.class);
  }

  @Test
  void unknownBytesAreNotKept() {
    UnknownFieldSet large =
        UnknownFieldSet.newBuilder()
            .addField(
                1_999,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(new byte[100_000]))
                    .build())
            .build();
    Uplink.FromProbe.Builder frame = Uplink.FromProbe.newBuilder().setUnknownFields(large);
    frame.getByeBuilder().setWhy("stopped");
    assertThat(ProbeFrames.decode(frame.build().toByteArray()))
        .isEqualTo(new Decoded.Good<ProbeFrame>(new ProbeFrame.Bye("stopped")));
  }

  @Test
  void secretsReachTheProbeAndAreShownNowhere() {
    CoordinatorFrame assignment = Samples.assignment();
    byte[] bytes = CoordinatorFrames.encode(assignment);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains(Samples.CANARY);
    assertThat(assignment.toString()).doesNotContain(Samples.CANARY);
    assertThat(CoordinatorFrames.decode(bytes).toString()).doesNotContain(Samples.CANARY);
    SplittableRandom random = new SplittableRandom(9);
    for (int round = 0; round < 5_000; round++) {
      Decoded<CoordinatorFrame> decoded = CoordinatorFrames.decode(mutate(random, bytes));
      assertThat(decoded instanceof Decoded.Bad ? decoded.toString() : "")
          .doesNotContain(Samples.CANARY);
    }
  }
}
