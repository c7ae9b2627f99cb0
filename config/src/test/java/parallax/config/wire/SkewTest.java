package parallax.config.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.target.Target;
import parallax.config.wire.field.Fault;
import parallax.uplink.v1.Assigned;
import parallax.uplink.v1.Observed;
import parallax.uplink.v1.Routing;
import parallax.uplink.v1.Uplink;

/** Peers of the version before and of the version after. */
class SkewTest {
  private static final int NEWER = 499;
  private static final int NEW_MEMBER = 60;
  private static final Uplink.Drops.Priority ROUTINE = Uplink.Drops.Priority.PRIORITY_ROUTINE;

  @ParameterizedTest(name = "{0}")
  @MethodSource("parallax.config.wire.GoldenTest#ofProbe")
  void newFieldsOfANewerProbeArePassedOver(String name, ProbeFrame frame)
      throws InvalidProtocolBufferException {
    Message newer = Fields.withUnknown(Uplink.FromProbe.parseFrom(ProbeFrames.encode(frame)));
    assertThat(ProbeFrames.decode(newer.toByteArray())).isEqualTo(new Decoded.Good<>(frame));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parallax.config.wire.GoldenTest#ofCoordinator")
  void newFieldsOfANewerCoordinatorArePassedOver(String name, CoordinatorFrame frame)
      throws InvalidProtocolBufferException {
    Message newer =
        Fields.withUnknown(Uplink.FromCoordinator.parseFrom(CoordinatorFrames.encode(frame)));
    assertThat(CoordinatorFrames.decode(newer.toByteArray())).isEqualTo(new Decoded.Good<>(frame));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parallax.config.wire.GoldenTest#ofProbe")
  void whateverAnOlderProbeDoesNotSendIsNoException(String name, ProbeFrame frame)
      throws InvalidProtocolBufferException {
    for (Message older :
        Fields.eachWithout(Uplink.FromProbe.parseFrom(ProbeFrames.encode(frame)))) {
      Decoded<ProbeFrame> decoded = ProbeFrames.decode(older.toByteArray());
      if (decoded instanceof Decoded.Good<ProbeFrame>(var read)) {
        assertThat(read).hasSameClassAs(frame);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parallax.config.wire.GoldenTest#ofCoordinator")
  void whateverAnOlderCoordinatorDoesNotSendIsNoException(String name, CoordinatorFrame frame)
      throws InvalidProtocolBufferException {
    for (Message older :
        Fields.eachWithout(Uplink.FromCoordinator.parseFrom(CoordinatorFrames.encode(frame)))) {
      Decoded<CoordinatorFrame> decoded = CoordinatorFrames.decode(older.toByteArray());
      if (decoded instanceof Decoded.Good<CoordinatorFrame>(var read)) {
        assertThat(read).hasSameClassAs(frame);
      }
    }
  }

  @Test
  void aPongOfAProbeThatDoesNotTellWhatWaitsIsUnderstood() throws InvalidProtocolBufferException {
    ProbeFrame.Pong telling =
        new ProbeFrame.Pong(
            1, Samples.NOON, Samples.NOON, Optional.of(new ProbeFrame.Spooled(12, 345)));
    Uplink.FromProbe.Builder older =
        Uplink.FromProbe.parseFrom(ProbeFrames.encode(telling)).toBuilder();
    older.getPongBuilder().clearSpooled();
    assertThat(ProbeFrames.decode(older.build().toByteArray()))
        .isEqualTo(
            new Decoded.Good<ProbeFrame>(new ProbeFrame.Pong(1, Samples.NOON, Samples.NOON)));
  }

  @Test
  void aFrameOfAnUnknownKindIsPassedOver() {
    byte[] newer = Uplink.FromProbe.newBuilder().setUnknownFields(member()).build().toByteArray();
    assertThat(ProbeFrames.decode(newer)).isInstanceOf(Decoded.Newer.class);
    assertThat(CoordinatorFrames.decode(newer)).isInstanceOf(Decoded.Newer.class);
  }

  @ParameterizedTest
  @EnumSource(Layer.class)
  void anUnknownReasonIsAGeneralOneOfItsLayer(Layer layer) throws InvalidProtocolBufferException {
    ProbeFrame.Observations read =
        observation(
            one ->
                one.setLayerValue(layerNumber(layer))
                    .getDownBuilder()
                    .setReasonValue(NEWER)
                    .setDetail("seen"));
    Finding finding = ((Outcome.Down) read.observations().getFirst().outcome()).finding();
    assertThat(finding.reason().layer()).contains(layer);
    assertThat(finding.detail()).isEqualTo("reason 499 of a newer probe: seen");
  }

  private static int layerNumber(Layer layer) {
    return Observed.Layer.valueOf("LAYER_" + layer.name().toUpperCase(Locale.ROOT)).getNumber();
  }

  @Test
  void anUnknownTroubleOfTheProbeStaysItsOwn() throws InvalidProtocolBufferException {
    ProbeFrame.Observations read =
        observation(one -> one.getInconclusiveBuilder().setReasonValue(NEWER));
    assertThat(read.observations().getFirst().outcome())
        .isEqualTo(
            Outcome.inconclusive(Reason.PROBE_INTERNAL_ERROR, "reason 499 of a newer probe"));
  }

  @Test
  void anObservationWithUnknownWordsIsPassedOverAndCounted() throws InvalidProtocolBufferException {
    List<Consumer<Observed.Observation.Builder>> changes =
        List.of(
            one -> one.setLayerValue(NEWER),
            one -> one.setCheckValue(NEWER),
            one -> one.clearOutcome().setUnknownFields(member()));
    for (Consumer<Observed.Observation.Builder> change : changes) {
      ProbeFrame.Observations read = observation(change);
      assertThat(read.observations()).isEmpty();
      assertThat(read.passedOver())
          .singleElement()
          .satisfies(
              passed -> {
                assertThat(passed.sequence()).isEqualTo(100);
                assertThat(passed.fault()).isEqualTo(Fault.UNKNOWN_WORD);
              });
      assertThat(read.lastSequence()).isEqualTo(100);
    }
  }

  private static ProbeFrame.Observations observation(Consumer<Observed.Observation.Builder> change)
      throws InvalidProtocolBufferException {
    Observation sample = Samples.up(100);
    ProbeFrame frame =
        new ProbeFrame.Observations(Samples.BOOT, sample.vantage(), List.of(sample), List.of());
    Uplink.FromProbe.Builder message =
        Uplink.FromProbe.parseFrom(ProbeFrames.encode(frame)).toBuilder();
    change.accept(message.getObservationsBuilder().getObservationsBuilder(0));
    return (ProbeFrame.Observations) good(ProbeFrames.decode(message.build().toByteArray()));
  }

  @Test
  void aCheckOfAnUnknownKindIsNotSupportedAndTheRestStands() throws InvalidProtocolBufferException {
    List<Consumer<Assigned.Check.Builder>> changes =
        List.of(
            check -> check.clearSpec().setUnknownFields(member()),
            check -> check.addNeeds(1),
            check -> check.getHttpBuilder().setVersionValue(NEWER),
            check -> check.getHttpBuilder().clearCredentials().setUnknownFields(member()),
            check -> check.getHttpBuilder().getTlsBuilder().setMinimumValue(NEWER),
            check -> check.getHttpBuilder().getNamingBuilder().setFamilyValue(NEWER),
            check ->
                check
                    .getHttpBuilder()
                    .getExpectBuilder()
                    .getBodyJsonBuilder(0)
                    .clearValue()
                    .setUnknownFields(member()),
            check -> check.getHttpBuilder().getExpectBuilder().addBodyMatches("("));
    for (Consumer<Assigned.Check.Builder> change : changes) {
      CoordinatorFrame.Assignment read = assignment(change);
      assertThat(read.targets()).hasSize(2);
      Target shop = read.targets().getFirst();
      assertThat(shop.checks()).hasSize(Samples.targets().getFirst().checks().size() - 1);
      assertThat(shop.check(CheckKind.HTTP)).isEmpty();
      assertThat(read.notSupported())
          .singleElement()
          .satisfies(
              part -> {
                assertThat(part.target()).isEqualTo("shop");
                assertThat(part.what()).matches("(http|check): .+");
              });
    }
  }

  private static CoordinatorFrame.Assignment assignment(Consumer<Assigned.Check.Builder> change)
      throws InvalidProtocolBufferException {
    Uplink.FromCoordinator.Builder message =
        Uplink.FromCoordinator.parseFrom(CoordinatorFrames.encode(Samples.assignment()))
            .toBuilder();
    Assigned.Target.Builder shop = message.getAssignmentBuilder().getTargetsBuilder(0);
    change.accept(shop.getChecksBuilder(shop.getChecksCount() - 1));
    return (CoordinatorFrame.Assignment)
        good(CoordinatorFrames.decode(message.build().toByteArray()));
  }

  @Test
  void aSourceOfRoutesOfAnUnknownKindIsNotSupportedAndTheRestStands() throws Exception {
    CoordinatorFrame.Assignment read =
        watching(routes -> routes.addSourcesBuilder().setUnknownFields(member()));
    assertThat(read.targets()).hasSize(2);
    assertThat(read.routes()).contains(Samples.watching());
    assertThat(read.notSupported())
        .containsExactly(
            new ProbeFrame.NotSupported("", "routes: a source that this version does not know"));
  }

  @Test
  void routesThatCannotBeReadCostNoTargetItsChecks() throws Exception {
    List<Consumer<Routing.Routes.Builder>> changes =
        List.of(
            routes -> routes.setCanaries(0, "192.0.2.1/24"),
            routes -> routes.setTables(0, "file:///etc/passwd"),
            routes -> routes.setTables(0, "/etc/passwd"),
            routes -> routes.getSourcesBuilder(0).getRisLiveBuilder().setUrl("ftp://a.example/"),
            routes -> routes.getSourcesBuilder(0).getRisLiveBuilder().setUrl("wss:///v1/ws/"),
            routes -> routes.getRpkiBuilder().getCacheBuilder().setPort(65_536),
            routes -> routes.getLimitsBuilder().setVisible(Double.NaN),
            routes -> routes.getLimitsBuilder().setSilentNs(-1),
            routes -> routes.getLimitsBuilder().setMinVoters(-1));
    for (Consumer<Routing.Routes.Builder> change : changes) {
      CoordinatorFrame.Assignment read = watching(change);
      assertThat(read.targets()).hasSize(2);
      assertThat(read.routes()).isEmpty();
      assertThat(read.notSupported())
          .singleElement()
          .satisfies(part -> assertThat(part.what()).startsWith("routes: "));
    }
  }

  @Test
  void anOlderCoordinatorSaysNothingAboutRoutes() throws Exception {
    assertThat(watching(_ -> {}).routes()).contains(Samples.watching());
    Uplink.FromCoordinator.Builder older = written().toBuilder();
    older.getAssignmentBuilder().clearRoutes();
    CoordinatorFrame.Assignment read =
        (CoordinatorFrame.Assignment) good(CoordinatorFrames.decode(older.build().toByteArray()));
    assertThat(read.routes()).isEmpty();
    assertThat(read.notSupported()).isEmpty();
  }

  private static Uplink.FromCoordinator written() throws InvalidProtocolBufferException {
    CoordinatorFrame.Assignment part =
        new CoordinatorFrame.Assignment(
            7, 0, 1, Samples.targets(), Optional.of(Samples.watching()), List.of());
    return Uplink.FromCoordinator.parseFrom(CoordinatorFrames.encode(part));
  }

  private static CoordinatorFrame.Assignment watching(Consumer<Routing.Routes.Builder> change)
      throws InvalidProtocolBufferException {
    Uplink.FromCoordinator.Builder message = written().toBuilder();
    change.accept(message.getAssignmentBuilder().getRoutesBuilder());
    return (CoordinatorFrame.Assignment)
        good(CoordinatorFrames.decode(message.build().toByteArray()));
  }

  @Test
  void unknownRefusalsDropsAndLooksAreRead() {
    Uplink.FromCoordinator.Builder refused = Uplink.FromCoordinator.newBuilder();
    refused.getRefusedBuilder().setWhyValue(NEWER).setText("because");
    assertThat(CoordinatorFrames.decode(refused.build().toByteArray()))
        .isEqualTo(
            new Decoded.Good<CoordinatorFrame>(
                new CoordinatorFrame.Refused(CoordinatorFrame.Refused.Why.UNSPECIFIED, "because")));
    Uplink.FromCoordinator.Builder look = Uplink.FromCoordinator.newBuilder();
    look.getLookAgainBuilder().setTarget("shop").setCheckValue(NEWER);
    assertThat(CoordinatorFrames.decode(look.build().toByteArray()))
        .isInstanceOf(Decoded.Newer.class);
    Uplink.FromProbe.Builder drops = Uplink.FromProbe.newBuilder();
    drops.getDropsBuilder().setBoot(1).addDropsBuilder().setCauseValue(NEWER).setPriority(ROUTINE);
    assertThat(ProbeFrames.decode(drops.build().toByteArray()))
        .isEqualTo(new Decoded.Good<ProbeFrame>(new ProbeFrame.Drops(1, new TreeMap<>())));
  }

  @Test
  void theNewestCommonVersionIsSpoken() {
    assertThat(new Versions(1, 3).agree(new Versions(2, 5))).contains(3);
    assertThat(new Versions(1, 1).agree(new Versions(1, 2))).contains(1);
    assertThat(new Versions(1, 1).agree(new Versions(2, 2))).isEmpty();
  }

  private static UnknownFieldSet member() {
    return UnknownFieldSet.newBuilder()
        .addField(
            NEW_MEMBER,
            UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.EMPTY).build())
        .build();
  }

  private static <F> F good(Decoded<F> decoded) {
    return ((Decoded.Good<F>) decoded).frame();
  }
}
