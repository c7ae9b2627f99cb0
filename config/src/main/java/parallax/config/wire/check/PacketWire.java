package parallax.config.wire.check;

import java.util.Optional;
import parallax.config.check.CheckSpec.PacketSpec.Datagram;
import parallax.config.check.CheckSpec.PacketSpec.Echo;
import parallax.config.check.CheckSpec.PacketSpec.Ntp;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.EchoLimits;
import parallax.config.check.packet.Echoes;
import parallax.config.check.packet.NtpLimits;
import parallax.config.check.packet.Payload;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;

/** Checks that send single packets. */
final class PacketWire {
  private static final int HUNDRED = 100;

  private PacketWire() {}

  static Assigned.Echo write(Echo spec) {
    Assigned.Echo.Builder out =
        Assigned.Echo.newBuilder()
            .setHost(spec.host())
            .setCount(spec.echoes().count())
            .setIntervalNs(Times.nanos(spec.echoes().interval()))
            .setSize(spec.echoes().size())
            .setDontFragment(spec.echoes().dontFragment())
            .setLossWarn(spec.limits().lossWarn())
            .setLossFail(spec.limits().lossFail())
            .setNaming(Parts.write(spec.naming()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.echoes().ttl().ifPresent(out::setTtl);
    spec.limits().rttWarn().map(Times::nanos).ifPresent(out::setRttWarnNs);
    spec.limits().rttFail().map(Times::nanos).ifPresent(out::setRttFailNs);
    return out.build();
  }

  static Echo read(Assigned.Echo in) {
    return new Echo(
        Parts.text("host", in.getHost()),
        new Echoes(
            Bounds.number("count", in.getCount(), Echoes.MAX_COUNT),
            Times.duration("interval", in.getIntervalNs()),
            Bounds.number("size", in.getSize(), Echoes.MAX_SIZE),
            in.hasTtl()
                ? Optional.of(Bounds.number("ttl", in.getTtl(), Echoes.MAX_TTL))
                : Optional.empty(),
            in.getDontFragment()),
        new EchoLimits(
            Bounds.number("loss_warn", in.getLossWarn(), HUNDRED),
            Bounds.number("loss_fail", in.getLossFail(), HUNDRED),
            Parts.durationIf(in.hasRttWarnNs(), "rtt_warn", in.getRttWarnNs()),
            Parts.durationIf(in.hasRttFailNs(), "rtt_fail", in.getRttFailNs())),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  static Assigned.Datagram write(Datagram spec) {
    Assigned.Datagram.Builder out =
        Assigned.Datagram.newBuilder()
            .setServer(Parts.write(spec.server()))
            .setNaming(Parts.write(spec.naming()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    Assigned.Secret sent = Parts.write(spec.send().text());
    if (spec.send().hex()) {
      out.setHex(sent);
    } else {
      out.setText(sent);
    }
    if (spec.expect().isEmpty()) {
      out.setNothing(Assigned.Datagram.NoAnswer.getDefaultInstance());
    } else {
      switch (spec.expect().get()) {
        case Answer.Matching(var pattern) -> out.setMatching(pattern.pattern());
        case Answer.Beginning(var hex) -> out.setBeginning(hex);
      }
    }
    return out.build();
  }

  static Datagram read(Assigned.Datagram in) {
    Payload send =
        switch (in.getSendCase()) {
          case TEXT -> new Payload(Parts.read("send", in.getText()), false);
          case HEX -> new Payload(Parts.read("send", in.getHex()), true);
          case SEND_NOT_SET -> throw unknown("what to send");
        };
    Optional<Answer> expect =
        switch (in.getExpectCase()) {
          case NOTHING -> Optional.empty();
          case MATCHING ->
              Optional.of(new Answer.Matching(ExpectWire.pattern("expect", in.getMatching())));
          case BEGINNING ->
              Optional.of(new Answer.Beginning(Parts.text("expect", in.getBeginning())));
          case EXPECT_NOT_SET -> throw unknown("an expectation");
        };
    return new Datagram(
        Parts.read(in.getServer()),
        send,
        expect,
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  private static WireFault unknown(String what) {
    return new WireFault(Fault.UNKNOWN_WORD, what + " of a newer version");
  }

  static Assigned.Ntp write(Ntp spec) {
    return Assigned.Ntp.newBuilder()
        .setServer(Parts.write(spec.server()))
        .setOffsetWarnNs(Times.nanos(spec.limits().offsetWarn()))
        .setOffsetFailNs(Times.nanos(spec.limits().offsetFail()))
        .setMaxStratum(spec.limits().maxStratum())
        .setMaxDistanceNs(Times.nanos(spec.limits().maxDistance()))
        .setNaming(Parts.write(spec.naming()))
        .setTimeoutNs(Times.nanos(spec.timeout()))
        .build();
  }

  static Ntp read(Assigned.Ntp in) {
    return new Ntp(
        Parts.read(in.getServer()),
        new NtpLimits(
            Times.duration("offset_warn", in.getOffsetWarnNs()),
            Times.duration("offset_fail", in.getOffsetFailNs()),
            Bounds.number("max_stratum", in.getMaxStratum(), NtpLimits.MAX_STRATUM),
            Times.duration("max_distance", in.getMaxDistanceNs())),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }
}
