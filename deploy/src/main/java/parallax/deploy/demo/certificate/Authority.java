package parallax.deploy.demo.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certification authority whose key is forgotten with this object (X.509 v3, RFC 5280). */
public final class Authority {
  private static final Duration VALID = Duration.ofDays(90);
  private static final int SERIAL_BITS = 64;
  private static final int LINE = 64;

  /** Context-specific tags of a certificate's parts (RFC 5280 section 4.1). */
  private static final int VERSION = 0xa0;

  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;

  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10_045, 4, 3, 2));
  private static final byte[] COMMON_NAME = Der.oid(2, 5, 4, 3);

  private final SecureRandom random = new SecureRandom();
  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final Instant now;

  /**
   * What a certificate says.
   *
   * @param extensions encoded one by one
   */
  private record Said(
      String subject, KeyPair keys, Instant from, Instant until, List<byte[]> extensions) {}

  /**
   * Makes it.
   *
   * @param now from which its certificates are dated
   */
  public Authority(String name, Instant now) {
    this.name = name;
    this.now = now;
    try {
      keys = keys();
      // basicConstraints: a CA; keyUsage: keyCertSign and cRLSign (sections 4.2.1.9 and 4.2.1.3).
      byte[] constraints =
          Der.sequence(Der.oid(2, 5, 29, 19), Der.TRUE, Der.octets(Der.sequence(Der.TRUE)));
      byte[] usage =
          Der.sequence(Der.oid(2, 5, 29, 15), Der.TRUE, Der.octets(Der.bits(1, new byte[] {0x06})));
      certificate =
          signed(
              new Said(
                  name,
                  keys,
                  now.minus(VALID),
                  now.plus(VALID.multipliedBy(2)),
                  List.of(constraints, usage)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no certificates can be made here", e);
    }
  }

  /** The certificate of the authority, as PEM (RFC 7468). */
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of our own cannot be read", e);
    }
  }

  /** What a server of these names shows, valid from a day ago for 90 days. */
  public SSLContext serverOf(List<String> names) {
    return server(names, now.minus(Duration.ofDays(1)), now.plus(VALID));
  }

  /** The same, over since {@code ago}. */
  public SSLContext expiredServerOf(List<String> names, Duration ago) {
    return server(names, now.minus(VALID), now.minus(ago));
  }

  private SSLContext server(List<String> names, Instant from, Instant until) {
    try {
      KeyPair own = keys();
      byte[] alternatives =
          Der.sequence(
              names.stream()
                  .map(dns -> Der.tagged(DNS_NAME, dns.getBytes(StandardCharsets.US_ASCII)))
                  .toArray(byte[][]::new));
      byte[] extension = Der.sequence(Der.oid(2, 5, 29, 17), Der.octets(alternatives));
      X509Certificate leaf =
          signed(new Said(names.getFirst(), own, from, until, List.of(extension)));
      return context(own.getPrivate(), leaf, certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no certificate for " + names, e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate signed(Said said) throws GeneralSecurityException {
    byte[] body =
        Der.sequence(
            Der.tagged(VERSION, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS)),
            ECDSA_WITH_SHA256,
            distinguished(name),
            Der.sequence(Der.time(said.from()), Der.time(said.until())),
            distinguished(said.subject()),
            said.keys().getPublic().getEncoded(),
            Der.tagged(EXTENSIONS, Der.sequence(said.extensions().toArray(byte[][]::new))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(body);
    byte[] whole = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] distinguished(String common) {
    return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(common))));
  }

  private static SSLContext context(PrivateKey key, Certificate... chain)
      throws GeneralSecurityException {
    char[] none = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, none);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    store.setKeyEntry("server", key, none, Arrays.copyOf(chain, chain.length));
    // Opens the key once; "PKIX" would derive its password anew with each handshake, in 20 ms.
    KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
    managers.init(store, none);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
