package parallax.probe.blackbox.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import parallax.config.check.TlsPolicy.TlsVersion;
import parallax.probe.blackbox.module.Value;

/** What a server of TLS needs, as the files that are named hold it now. */
final class TlsMaterial {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_AUTHORITIES = 1_000;
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final byte[] SIGNED = {1, 2, 3};
  private static final List<String> KEYS = List.of("RSA", "EC", "EdDSA", "Ed25519", "RSASSA-PSS");

  private final Vertx vertx;
  private final ServerTls tls;

  private TlsMaterial(Vertx vertx, ServerTls tls) {
    this.vertx = vertx;
    this.tls = tls;
  }

  /**
   * The options of a server that serves so.
   *
   * @param http2 whether that is offered
   * @throws IOException when a file cannot be used; says which, and never what is in it
   */
  static ServerSSLOptions read(Vertx vertx, ServerTls tls, boolean http2) throws IOException {
    return new TlsMaterial(vertx, tls).options(http2);
  }

  private ServerSSLOptions options(boolean http2) throws IOException {
    ServerSSLOptions options = new ServerSSLOptions();
    options
        .setKeyCertOptions(own())
        .setUseAlpn(http2)
        .setEnabledSecureTransportProtocols(versions())
        .setSslHandshakeTimeout(HANDSHAKE.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    if (!tls.ciphers().isEmpty()) {
      tls.ciphers().forEach(options::addEnabledCipherSuite);
      ServerTlsReader.OF_1_3.forEach(options::addEnabledCipherSuite);
    }
    if (!tls.groups().isEmpty()) {
      options.setKeyExchangeGroups(tls.groups());
    }
    if (tls.clients() != ServerTls.Clients.NONE) {
      options.setClientAuth(tls.clients().isRequired() ? ClientAuth.REQUIRED : ClientAuth.REQUEST);
      options.setTrustOptions(TrustOptions.wrap(trust()));
    }
    return options;
  }

  private Set<String> versions() {
    Set<String> versions = new LinkedHashSet<>();
    for (TlsVersion version : List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2)) {
      if (version.compareTo(tls.oldest()) >= 0 && version.compareTo(tls.newest()) <= 0) {
        versions.add(version.standardName());
      }
    }
    return versions;
  }

  private KeyCertOptions own() throws IOException {
    PemKeyCertOptions pem =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(bytes(tls.certificate())))
            .addKeyValue(Buffer.buffer(bytes(tls.key())));
    try {
      KeyManagerFactory factory = pem.getKeyManagerFactory(vertx);
      requirePair(factory);
      return KeyCertOptions.wrap(factory);
    } catch (Exception e) {
      // The library's exceptions are of any kind; their words may quote what is in the files.
      throw new IOException(
          name(tls.certificate()) + " and " + name(tls.key()) + " are no certificate and its key",
          e);
    }
  }

  private static void requirePair(KeyManagerFactory factory) throws GeneralSecurityException {
    X509KeyManager manager =
        Arrays.stream(factory.getKeyManagers())
            .filter(X509KeyManager.class::isInstance)
            .map(X509KeyManager.class::cast)
            .findFirst()
            .orElseThrow(() -> new GeneralSecurityException("no keys"));
    for (String kind : KEYS) {
      String[] aliases = manager.getServerAliases(kind, null);
      if (aliases != null && aliases.length > 0) {
        verify(manager.getPrivateKey(aliases[0]), manager.getCertificateChain(aliases[0])[0]);
        return;
      }
    }
    throw new GeneralSecurityException("no key of a kind that is known");
  }

  private static void verify(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(SIGNED);
    byte[] made = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(SIGNED);
    if (!signature.verify(made)) {
      throw new GeneralSecurityException("the key is of another certificate");
    }
  }

  private ClientTrust trust() throws IOException {
    List<X509Certificate> authorities = List.of();
    if (tls.authorities().isPresent()) {
      authorities = authorities(tls.authorities().get());
    }
    try {
      Optional<X509ExtendedTrustManager> judge = Optional.empty();
      if (tls.clients().isVerified()) {
        judge = Optional.of(judge(authorities));
      }
      return new ClientTrust(judge, authorities, tls.names());
    } catch (GeneralSecurityException e) {
      throw new IOException("the authorities of clients cannot be used", e);
    }
  }

  /** Goes by the CAs of the JDK where none are named. */
  private static X509ExtendedTrustManager judge(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (authorities.isEmpty()) {
      factory.init((KeyStore) null);
    } else {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("ca" + store.size(), authority);
      }
      factory.init(store);
    }
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("nobody judges"));
  }

  private static List<X509Certificate> authorities(Value value) throws IOException {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(value)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty() || found.size() > MAX_AUTHORITIES) {
        throw new IOException(
            name(value) + " holds " + found.size() + " certificates; 1 to " + MAX_AUTHORITIES);
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw new IOException(name(value) + " holds no certificates in PEM", e);
    }
  }

  private static byte[] bytes(Value value) throws IOException {
    return switch (value) {
      case Value.Inline(var text) ->
          text.reveal().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      case Value.InFile(var file) -> {
        try (InputStream in = Files.newInputStream(file)) {
          byte[] bytes = in.readNBytes(MAX_BYTES + 1);
          if (bytes.length > MAX_BYTES) {
            throw new IOException(file + " is larger than 1 MiB");
          }
          yield bytes;
        } catch (java.nio.file.NoSuchFileException e) {
          throw new IOException(file + " does not exist", e);
        } catch (java.nio.file.AccessDeniedException e) {
          throw new IOException(file + " may not be read", e);
        }
      }
    };
  }

  private static String name(Value value) {
    return switch (value) {
      case Value.Inline _ -> "what stands in the file itself";
      case Value.InFile(var file) -> file.toString();
    };
  }
}
