package parallax.config.wire.check;

import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.check.BgpSpec;
import parallax.config.check.BgpSpec.RoutePolicy;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.PacketSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;

/** The one switch over all kinds of checks, each way, and the small ones. */
final class CheckWire {
  private CheckWire() {}

  static Assigned.Check write(CheckSpec spec) {
    Assigned.Check.Builder out = Assigned.Check.newBuilder();
    switch (spec) {
      case RegistrationSpec registration ->
          out.setRegistration(RegistrationWire.write(registration));
      case ZoneSpec.Delegation delegation -> out.setDelegation(ZoneWire.write(delegation));
      case ZoneSpec.NameServers servers -> out.setNameServers(ZoneWire.write(servers));
      case BgpSpec bgp -> out.setBgp(write(bgp));
      case DnsSpec dns -> out.setDns(write(dns));
      case TcpSpec tcp -> out.setTcp(write(tcp));
      case TlsSpec tls -> out.setTls(TlsWire.write(tls));
      case HttpSpec http -> out.setHttp(HttpWire.write(http));
      case PacketSpec.Echo echo -> out.setIcmp(PacketWire.write(echo));
      case PacketSpec.Datagram datagram -> out.setUdp(PacketWire.write(datagram));
      case PacketSpec.Ntp ntp -> out.setNtp(PacketWire.write(ntp));
      case CheckSpec.ServiceSpec service -> out.setService(ServiceWire.write(service));
      case HttpSpec.Journey journey -> out.setJourney(WebWire.write(journey));
      case HttpSpec.Openid openid -> out.setOpenid(WebWire.write(openid));
      case HttpSpec.Page page -> out.setPage(WebWire.write(page));
    }
    return out.build();
  }

  /** Throws {@link WireFault} or {@link IllegalArgumentException} when it cannot be made. */
  static CheckSpec read(Assigned.Check in) {
    if (in.getNeedsCount() > 0) {
      throw new WireFault(
          Fault.UNKNOWN_WORD, "it needs ability " + in.getNeeds(0) + " of a newer probe");
    }
    return switch (in.getSpecCase()) {
      case REGISTRATION -> RegistrationWire.read(in.getRegistration());
      case DELEGATION -> ZoneWire.read(in.getDelegation());
      case NAME_SERVERS -> ZoneWire.read(in.getNameServers());
      case BGP -> read(in.getBgp());
      case DNS -> read(in.getDns());
      case TCP -> read(in.getTcp());
      case TLS -> TlsWire.read(in.getTls());
      case HTTP -> HttpWire.read(in.getHttp());
      case ICMP -> PacketWire.read(in.getIcmp());
      case UDP -> PacketWire.read(in.getUdp());
      case NTP -> PacketWire.read(in.getNtp());
      case SERVICE -> ServiceWire.read(in.getService());
      case JOURNEY -> WebWire.read(in.getJourney());
      case OPENID -> WebWire.read(in.getOpenid());
      case PAGE -> WebWire.read(in.getPage());
      case SPEC_NOT_SET ->
          throw new WireFault(Fault.UNKNOWN_WORD, "a kind of check of a newer version");
    };
  }

  /** Which check, in words, known or not. */
  static String kindOf(Assigned.Check in) {
    return switch (in.getSpecCase()) {
      case SPEC_NOT_SET -> "check";
      case REGISTRATION,
          DELEGATION,
          NAME_SERVERS,
          BGP,
          DNS,
          TCP,
          TLS,
          HTTP,
          ICMP,
          UDP,
          NTP,
          SERVICE,
          JOURNEY,
          OPENID,
          PAGE ->
          in.getSpecCase().name().toLowerCase(Locale.ROOT);
    };
  }

  private static Assigned.Bgp write(BgpSpec spec) {
    Assigned.Bgp.Builder out =
        Assigned.Bgp.newBuilder()
            .setHost(spec.host())
            .addAllPrefixes(spec.policy().prefixes())
            .setNaming(Parts.write(spec.naming()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.policy().origins().forEach(origin -> out.addOrigins(origin.intValue()));
    return out.build();
  }

  private static BgpSpec read(Assigned.Bgp in) {
    TreeSet<Long> origins = new TreeSet<>();
    Bounds.items("origins", in.getOriginsList(), Parts.MAX_ITEMS)
        .forEach(origin -> origins.add(Integer.toUnsignedLong(origin)));
    return new BgpSpec(
        Parts.text("host", in.getHost()),
        new RoutePolicy(origins, Parts.texts("prefixes", in.getPrefixesList())),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  private static Assigned.Dns write(DnsSpec spec) {
    Assigned.Dns.Builder out =
        Assigned.Dns.newBuilder()
            .setName(spec.name())
            .addAllTypes(spec.types())
            .addAllExpect(Parts.write(spec.expect()))
            .setNaming(Parts.write(spec.naming()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.server().map(Parts::write).ifPresent(out::setServer);
    return out.build();
  }

  private static DnsSpec read(Assigned.Dns in) {
    return new DnsSpec(
        in.hasServer() ? Optional.of(Parts.read(in.getServer())) : Optional.empty(),
        Parts.text("name", in.getName()),
        Parts.texts("types", in.getTypesList()),
        Parts.read(in.getExpectList()),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  private static Assigned.Tcp write(TcpSpec spec) {
    return Assigned.Tcp.newBuilder()
        .setServer(Parts.write(spec.server()))
        .setNaming(Parts.write(spec.naming()))
        .setTimeoutNs(Times.nanos(spec.timeout()))
        .build();
  }

  private static TcpSpec read(Assigned.Tcp in) {
    return new TcpSpec(
        Parts.read(in.getServer()),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }
}
