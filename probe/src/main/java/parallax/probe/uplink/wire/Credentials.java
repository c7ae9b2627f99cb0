package parallax.probe.uplink.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parallax.probe.uplink.file.PrivateFile;

/**
 * Files by which a probe shows who it is, and knows whom it speaks to. They are read at each
 * attempt to connect, so what is in them can be changed at any time.
 *
 * @param token shown to the coordinator
 * @param authorities who vouches for coordinators, in PEM; empty: those that the JDK trusts
 * @param certificate of the probe, in PEM, for mutual TLS
 */
public record Credentials(
    Path token, Optional<Path> authorities, Optional<ClientCertificate> certificate) {
  private static final int MAX_TOKEN_BYTES = 4_096;
  private static final int MAX_PEM_BYTES = 4 * 1024 * 1024;

  /** What may stand behind "Bearer" (RFC 6750 section 2.1). */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** A chain, the probe's own certificate first, and its key (PKCS #8). */
  public record ClientCertificate(Path chain, Path key) {}

  /**
   * Whether all of it can be read now.
   *
   * @throws IOException when not, with a message for people that quotes nothing of it
   */
  public void verify() throws IOException {
    bearer();
    giveTo(new WebSocketClientOptions());
  }

  /** The value of the Authorization header. */
  String bearer() throws IOException {
    String text =
        new String(PrivateFile.readSecret(token, MAX_TOKEN_BYTES), StandardCharsets.US_ASCII)
            .strip();
    if (!TOKEN.matcher(text).matches()) {
      throw new IOException(token + ": not a token");
    }
    return "Bearer " + text;
  }

  void giveTo(WebSocketClientOptions options) throws IOException {
    if (authorities.isPresent()) {
      byte[] pem = PrivateFile.read(authorities.get(), MAX_PEM_BYTES);
      options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem)));
    }
    if (certificate.isPresent()) {
      byte[] chain = PrivateFile.read(certificate.get().chain(), MAX_PEM_BYTES);
      byte[] key = PrivateFile.readSecret(certificate.get().key(), MAX_PEM_BYTES);
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(chain))
              .addKeyValue(Buffer.buffer(key)));
    }
  }

  /** Changes when a file is written anew. */
  String mark() {
    StringBuilder mark = new StringBuilder();
    for (Path file : files()) {
      try {
        mark.append(Files.getLastModifiedTime(file)).append(' ').append(Files.size(file));
      } catch (IOException e) {
        mark.append('-');
      }
      mark.append(';');
    }
    return mark.toString();
  }

  private List<Path> files() {
    return Stream.of(
            Stream.of(token),
            authorities.stream(),
            certificate.stream().flatMap(own -> Stream.of(own.chain(), own.key())))
        .flatMap(files -> files)
        .toList();
  }
}
