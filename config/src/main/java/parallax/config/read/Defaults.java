package parallax.config.read;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.BgpSpec.RoutePolicy;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.TlsPolicy;
import parallax.config.check.packet.NtpLimits;
import parallax.config.read.check.BgpReader;
import parallax.config.read.check.BgpReader.BgpSettings;
import parallax.config.read.check.DnsReader;
import parallax.config.read.check.DnsReader.DnsSettings;
import parallax.config.read.check.PacketReader;
import parallax.config.read.check.PacketReader.DatagramSettings;
import parallax.config.read.check.PacketReader.EchoSettings;
import parallax.config.read.check.RegistrationReader;
import parallax.config.read.check.RegistrationReader.RegistrationSettings;
import parallax.config.read.check.TlsReader;
import parallax.config.read.http.HttpReader;
import parallax.config.read.http.HttpReader.HttpSettings;
import parallax.config.target.Objective;
import parallax.config.target.Region;
import parallax.config.yaml.Yaml;
import parallax.config.yaml.YamlMerge;

/**
 * What holds for targets that do not say otherwise.
 *
 * @param routesHeard whether somebody is listened to who tells routes
 */
record Defaults(
    Duration interval,
    Duration timeout,
    List<Region> from,
    SortedMap<String, String> labels,
    AddressFamily ip,
    Naming.Choice addresses,
    Block<HttpSettings> http,
    Block<DnsSettings> dns,
    Block<TlsPolicy> tls,
    Block<RegistrationSettings> registration,
    Block<BgpSettings> bgp,
    Packets packets,
    Optional<Objective> objective,
    boolean routesHeard) {

  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  static final Shape SHAPE =
      Shape.of(
          "defaults",
          "What holds for targets that do not say otherwise. Blocks are merged key by key.",
          TargetFields.INTERVAL,
          TargetFields.TIMEOUT,
          TargetFields.FROM,
          TargetFields.LABELS,
          TargetFields.IP,
          TargetFields.ADDRESSES,
          TargetFields.HTTP,
          TargetFields.DNS,
          TargetFields.TLS,
          TargetFields.REGISTRATION,
          TargetFields.BGP,
          TargetFields.ICMP,
          TargetFields.NTP,
          TargetFields.OBJECTIVE);

  static final Defaults NONE =
      new Defaults(
          INTERVAL,
          TIMEOUT,
          List.of(),
          new TreeMap<>(),
          AddressFamily.ANY,
          new Naming.Choice.First(),
          new Block<>(Optional.empty(), HttpReader.KIND, HttpSettings.DEFAULT),
          new Block<>(Optional.empty(), DnsReader.KIND, DnsSettings.DEFAULT),
          new Block<>(Optional.empty(), TlsReader.KIND, TlsPolicy.DEFAULT),
          new Block<>(Optional.empty(), RegistrationReader.KIND, RegistrationSettings.DEFAULT),
          new Block<>(Optional.empty(), BgpReader.KIND, BgpSettings.DEFAULT),
          new Packets(
              new Block<>(Optional.empty(), PacketReader.ICMP, EchoSettings.DEFAULT),
              new Block<>(Optional.empty(), PacketReader.NTP, NtpLimits.DEFAULT)),
          Optional.empty(),
          false);

  static final Kind<Defaults> KIND =
      Kinds.fields(SHAPE, (values, _, reading) -> Optional.of(from(values, reading)));

  /**
   * A block of the defaults.
   *
   * @param written as it stands, to be laid under what a target writes
   * @param settings what it means for targets that write nothing
   */
  record Block<T>(Optional<Yaml> written, Kind<T> kind, T settings) {
    private Block<T> with(Optional<Yaml> node, Reading reading) {
      T read = node.flatMap(block -> kind.read(block, reading)).orElse(settings);
      return new Block<>(node, kind, read);
    }

    /** The settings of a target that writes {@code own}. */
    T under(Optional<Yaml> own, Reading reading) {
      if (own.isEmpty()) {
        return settings;
      }
      return YamlMerge.merge(written, own)
          .flatMap(merged -> kind.read(merged, reading))
          .orElse(settings);
    }
  }

  /** Blocks of checks that send single packets. */
  record Packets(Block<EchoSettings> icmp, Block<NtpLimits> ntp) {
    /** Of a target that writes none. */
    PacketSettings settings() {
      return new PacketSettings(icmp.settings(), DatagramSettings.DEFAULT, ntp.settings());
    }

    /** Of a target that writes {@code values}. */
    PacketSettings under(Values values, Reading reading) {
      return new PacketSettings(
          icmp.under(values.get(TargetFields.ICMP), reading.of(TargetFields.ICMP.key())),
          values
              .get(TargetFields.UDP)
              .flatMap(block -> PacketReader.UDP.read(block, reading.of(TargetFields.UDP.key())))
              .orElse(DatagramSettings.DEFAULT),
          ntp.under(values.get(TargetFields.NTP), reading.of(TargetFields.NTP.key())));
    }
  }

  /** What a target's blocks of these checks say. */
  record PacketSettings(EchoSettings icmp, DatagramSettings udp, NtpLimits ntp) {}

  private static Defaults from(Values values, Reading reading) {
    SortedMap<String, String> labels = new TreeMap<>();
    values
        .get(TargetFields.LABELS)
        .ifPresent(pairs -> pairs.forEach(pair -> labels.put(pair.key(), pair.value())));
    return new Defaults(
        values.get(TargetFields.INTERVAL).orElse(NONE.interval()),
        values.get(TargetFields.TIMEOUT).orElse(NONE.timeout()),
        values.get(TargetFields.FROM).orElse(NONE.from()),
        labels,
        values.get(TargetFields.IP).orElse(NONE.ip()),
        values.get(TargetFields.ADDRESSES).orElse(NONE.addresses()),
        NONE.http().with(values.get(TargetFields.HTTP), reading.of(TargetFields.HTTP.key())),
        NONE.dns().with(values.get(TargetFields.DNS), reading.of(TargetFields.DNS.key())),
        NONE.tls().with(values.get(TargetFields.TLS), reading.of(TargetFields.TLS.key())),
        NONE.registration()
            .with(
                values.get(TargetFields.REGISTRATION), reading.of(TargetFields.REGISTRATION.key())),
        NONE.bgp().with(values.get(TargetFields.BGP), reading.of(TargetFields.BGP.key())),
        new Packets(
            NONE.packets()
                .icmp()
                .with(values.get(TargetFields.ICMP), reading.of(TargetFields.ICMP.key())),
            NONE.packets()
                .ntp()
                .with(values.get(TargetFields.NTP), reading.of(TargetFields.NTP.key()))),
        values.get(TargetFields.OBJECTIVE).orElse(NONE.objective()),
        NONE.routesHeard());
  }

  /** The same, where sources of routes are listened to. */
  Defaults withRoutesHeard(boolean heard) {
    return new Defaults(
        interval,
        timeout,
        from,
        labels,
        ip,
        addresses,
        http,
        dns,
        tls,
        registration,
        bgp,
        packets,
        objective,
        heard);
  }

  /** What is demanded of the routes to a target that writes {@code own}; empty: nothing is seen. */
  Optional<RoutePolicy> routes(Optional<Yaml> own, Reading reading) {
    BgpSettings settings = bgp.under(own, reading);
    return routesHeard && settings.watched() ? Optional.of(settings.policy()) : Optional.empty();
  }
}
