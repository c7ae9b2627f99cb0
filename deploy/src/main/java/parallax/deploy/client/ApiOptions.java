package parallax.deploy.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.probe.uplink.file.PrivateFile;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which coordinator is asked, and by whom. */
public final class ApiOptions {
  private static final int MAX_TOKEN_BYTES = 4096;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--coordinator",
      paramLabel = "URL",
      description = "Any of them. Default: http://127.0.0.1:8080.")
  private String coordinator = "http://127.0.0.1:8080";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Holds a token of the API, as the configuration has it under 'api'. Readable by its owner",
        "only. Left out: as somebody on the coordinator's own machine."
      })
  private @Nullable Path token;

  /** Asks with these options. */
  public ApiClient client() {
    URI base = base();
    Optional<String> secret = Optional.ofNullable(token).map(this::secret);
    if (secret.isPresent() && base.getScheme().equals("http") && !isHere(base.getHost())) {
      throw wrong("the token would go over the network in clear; use https");
    }
    return new ApiClient(base, secret);
  }

  private URI base() {
    try {
      URI uri = new URI(coordinator.replaceFirst("/+$", ""));
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean fits = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
      if (fits && uri.getRawQuery() == null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw wrong("--coordinator: not a URL");
    }
    throw wrong("--coordinator must be a URL such as https://c1.example.net:8080");
  }

  private String secret(Path file) {
    try {
      String text =
          new String(PrivateFile.readSecret(file, MAX_TOKEN_BYTES), StandardCharsets.US_ASCII)
              .strip();
      if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw wrong(file + " holds no token: one line without spaces");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the token", e);
    }
  }

  private static boolean isHere(String host) {
    try {
      return host.equalsIgnoreCase("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private ParameterException wrong(String words) {
    CommandLine line = spec.commandLine();
    return new ParameterException(line, words);
  }
}
