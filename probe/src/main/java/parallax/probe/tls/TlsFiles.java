package parallax.probe.tls;

import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import parallax.config.check.TlsPolicy;
import parallax.probe.check.NanoSource;
import parallax.probe.net.EventLoops;
import parallax.probe.tls.judge.TrustAnchors;

/**
 * The certificates and keys that a policy names, read from this machine's files: at their first
 * use, and again when a file has changed. Files are looked at away from the event loops, at most
 * once in {@link #FRESH}. Safe for use by many threads.
 */
final class TlsFiles {
  /** A larger file is refused. */
  static final int MAX_FILE_BYTES = 4 * 1024 * 1024;

  /** Policies kept, least recently used go first. */
  static final int CAPACITY = 256;

  /** For this long a file is not looked at again. */
  static final Duration FRESH = Duration.ofSeconds(1);

  /** Names a file of CAs to trust instead, as for OpenSSL and everything that stands on it. */
  private static final String OVERRIDE = "SSL_CERT_FILE";

  /** Where systems keep the CAs they trust, in PEM. Without one of these the JDK's are used. */
  private static final List<Path> MACHINE_FILES =
      Stream.of(
              "/etc/ssl/certs/ca-certificates.crt",
              "/etc/pki/tls/certs/ca-bundle.crt",
              "/etc/ssl/ca-bundle.pem",
              "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
              "/etc/ssl/cert.pem")
          .map(Path::of)
          .toList();

  private static final Pattern PEM_CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END CERTIFICATE-----");

  /** What came of it. */
  sealed interface Loaded {}

  record Material(TrustAnchors anchors, Optional<ClientIdentity> identity) implements Loaded {}

  /** A file is missing or not what it should be. */
  record Unusable(String detail) implements Loaded {}

  private record Key(
      Optional<Path> authorities, Optional<TlsPolicy.ClientCertificate> clientCertificate) {
    List<Path> files() {
      if (authorities.isEmpty() && clientCertificate.isEmpty()) {
        return List.of();
      }
      return Stream.concat(
              authorities.stream(),
              clientCertificate.stream().flatMap(own -> Stream.of(own.chain(), own.key())))
          .toList();
    }
  }

  private record Stamp(FileTime modified, long size, Optional<Object> fileKey) {}

  private record Entry(List<Stamp> stamps, Loaded loaded, long checkedNanos) {}

  private final EventLoops loops;
  private final NanoSource clock;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private Optional<TrustAnchors> machine = Optional.empty();

  TlsFiles(EventLoops loops, NanoSource clock) {
    this.loops = loops;
    this.clock = clock;
  }

  /** Never fails. */
  Future<Loaded> load(TlsPolicy policy) {
    Key key = new Key(policy.authorities(), policy.clientCertificate());
    Optional<Entry> known = known(key);
    boolean fresh =
        known
            .filter(
                entry ->
                    key.files().isEmpty() || clock.nanos() - entry.checkedNanos() < FRESH.toNanos())
            .isPresent();
    return fresh
        ? Future.succeededFuture(known.get().loaded())
        : loops.elsewhere(() -> reload(key, known));
  }

  private Loaded reload(Key key, Optional<Entry> known) {
    Entry entry;
    try {
      List<Stamp> stamps = new ArrayList<>();
      for (Path file : key.files()) {
        stamps.add(stamp(file));
      }
      Optional<Loaded> same =
          known.filter(before -> before.stamps().equals(stamps)).map(Entry::loaded);
      Loaded loaded = same.isPresent() ? same.get() : read(key);
      entry = new Entry(stamps, loaded, clock.nanos());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      entry = new Entry(List.of(), new Unusable(words(unusable)), clock.nanos());
    }
    remember(key, entry);
    return entry.loaded();
  }

  private synchronized Optional<Entry> known(Key key) {
    return Optional.ofNullable(entries.get(key));
  }

  private synchronized void remember(Key key, Entry entry) {
    entries.put(key, entry);
    if (entries.size() > CAPACITY) {
      var eldest = entries.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private Material read(Key key) throws IOException, GeneralSecurityException {
    TrustAnchors anchors =
        key.authorities().isPresent()
            ? new TrustAnchors(certificates(key.authorities().get()))
            : machine();
    Optional<ClientIdentity> identity = Optional.empty();
    if (key.clientCertificate().isPresent()) {
      TlsPolicy.ClientCertificate own = key.clientCertificate().get();
      ClientIdentity read = new ClientIdentity(bytes(own.chain()), bytes(own.key()));
      // Fails here, where the reason can be told, when the files are not what they should be.
      read.give(SslContextBuilder.forClient());
      identity = Optional.of(read);
    }
    return new Material(anchors, identity);
  }

  private synchronized TrustAnchors machine() throws IOException, GeneralSecurityException {
    if (machine.isEmpty()) {
      Optional<Path> file =
          Stream.concat(
                  Optional.ofNullable(System.getenv(OVERRIDE)).map(Path::of).stream(),
                  MACHINE_FILES.stream())
              .filter(Files::isReadable)
              .findFirst();
      machine =
          Optional.of(
              new TrustAnchors(file.isPresent() ? certificates(file.get()) : jdkAuthorities()));
    }
    return machine.get();
  }

  private static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    Matcher blocks =
        PEM_CERTIFICATE.matcher(
            new String(bytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    while (blocks.find()) {
      byte[] der = Base64.getMimeDecoder().decode(blocks.group(1));
      certificates.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(file + ": no PEM certificate in it");
    }
    return certificates;
  }

  private static List<X509Certificate> jdkAuthorities() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
        .toList();
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new IOException(file + ": larger than " + MAX_FILE_BYTES + " bytes");
      }
      return bytes;
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException(file + ": not a file");
    }
    return new Stamp(
        attributes.lastModifiedTime(),
        attributes.size(),
        Optional.ofNullable(attributes.fileKey()));
  }

  private static String words(Exception unusable) {
    String message = String.valueOf(unusable.getMessage());
    return unusable instanceof java.nio.file.NoSuchFileException
        ? message + ": no such file"
        : message;
  }
}
