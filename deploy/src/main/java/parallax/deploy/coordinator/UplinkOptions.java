package parallax.deploy.coordinator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.uplink.UplinkSettings;
import parallax.deploy.command.Listen;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where probes connect to. */
final class UplinkOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--uplink",
      paramLabel = "HOST:PORT",
      description = "Where probes connect to. Default: 127.0.0.1:8443; port 0: any.")
  private String uplink = "127.0.0.1:8443";

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "The certificate chain shown to probes (PEM); read again when it changes.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key (PEM, PKCS #8).")
  private @Nullable Path key;

  @Option(
      names = "--client-ca",
      paramLabel = "FILE",
      description = "Who vouches for certificates of probes (PEM), beside tokens.")
  private @Nullable Path clientCa;

  @Option(
      names = "--uplink-plaintext",
      description = {
        "Lets probes connect without TLS from other machines: only behind a proxy that ends TLS."
      })
  private boolean plaintext;

  UplinkSettings settings() {
    Listen listen = Listen.parse(spec, "--uplink", uplink);
    if ((certificate == null) != (key == null)) {
      throw wrong("--tls-cert and --tls-key go together");
    }
    if (certificate == null && clientCa != null) {
      throw wrong("--client-ca needs --tls-cert and --tls-key");
    }
    if (certificate == null && !plaintext && !isLoopback(listen.host())) {
      throw wrong(
          "probes would show their tokens in the clear on "
              + listen.host()
              + ": name --tls-cert and --tls-key, or --uplink-plaintext behind a proxy");
    }
    Optional<UplinkSettings.Tls> tls =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new UplinkSettings.Tls(certificate, key, Optional.ofNullable(clientCa)));
    return UplinkSettings.of(listen.host(), listen.port(), tls);
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
