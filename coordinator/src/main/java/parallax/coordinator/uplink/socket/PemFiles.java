package parallax.coordinator.uplink.socket;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import parallax.config.secret.SecretFile;

/**
 * The files of a TLS server as they are now.
 *
 * @param clientCa who vouches for certificates of probes
 */
public record PemFiles(Buffer certificate, Buffer key, Optional<Buffer> clientCa) {
  /** The largest file that is read, in bytes. */
  private static final long MAX_BYTES = 1024 * 1024;

  /**
   * What the files hold now.
   *
   * @throws IOException when one cannot be read, or the key is not kept from others
   */
  public static PemFiles read(Path certificate, Path key, Optional<Path> clientCa)
      throws IOException {
    requireOwn(key);
    Optional<Buffer> ca = Optional.empty();
    if (clientCa.isPresent()) {
      ca = Optional.of(bytes(clientCa.get()));
    }
    return new PemFiles(bytes(certificate), bytes(key), ca);
  }

  private static void requireOwn(Path key) throws IOException {
    if (!SecretFile.openTo(key).isEmpty()) {
      throw new IOException(key + " can be used by others; chmod 600 it");
    }
  }

  private static Buffer bytes(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    return Buffer.buffer(Files.readAllBytes(file));
  }

  /** TLS 1.3 with these; probes may show a certificate where somebody vouches for one. */
  public ServerSSLOptions options(Duration handshake) {
    ServerSSLOptions options = new ServerSSLOptions();
    options
        .setKeyCertOptions(new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setSslHandshakeTimeout(handshake.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    clientCa.ifPresent(
        ca -> {
          options.setTrustOptions(new PemTrustOptions().addCertValue(ca));
          options.setClientAuth(ClientAuth.REQUEST);
        });
    return options;
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "certificate of " + certificate.length() + " bytes";
  }
}
