package parallax.probe.blackbox.read;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsPolicy.TlsVersion;
import parallax.probe.blackbox.module.TlsSettings;

/** {@code tls_config}. */
final class TlsReader {
  private static final Map<String, TlsVersion> VERSIONS =
      Map.of(
          "TLS10", TlsVersion.TLS_1_0,
          "TLS11", TlsVersion.TLS_1_1,
          "TLS12", TlsVersion.TLS_1_2,
          "TLS13", TlsVersion.TLS_1_3);

  private TlsReader() {}

  static TlsSettings read(Section section) {
    for (String inline : List.of("ca", "cert", "key")) {
      section.unsupported(inline, "write it into a file and name that in '" + inline + "_file'");
    }
    for (String reference : List.of("ca_ref", "cert_ref", "key_ref")) {
      section.unsupported(
          reference,
          "there is no secret manager; name a file in '"
              + reference.replace("_ref", "_file")
              + "'");
    }
    Optional<Path> chain = section.file("cert_file");
    Optional<Path> key = section.file("key_file");
    if (chain.isPresent() != key.isPresent()) {
      section.refuse(
          chain.isPresent() ? "cert_file" : "key_file",
          "needs the other of cert_file and key_file");
    }
    TlsVersion oldest = version(section, "min_version", TlsVersion.TLS_1_2);
    TlsVersion newest = version(section, "max_version", TlsVersion.TLS_1_3);
    if (oldest.compareTo(newest) > 0) {
      section.refuse("max_version", "is older than the oldest version allowed");
      oldest = newest;
    }
    TlsSettings settings =
        new TlsSettings(
            section.flag("insecure_skip_verify", false),
            section.file("ca_file"),
            chain.flatMap(file -> key.map(secret -> new TlsPolicy.ClientCertificate(file, secret))),
            section.text("server_name").filter(name -> !name.isEmpty()),
            oldest,
            newest);
    section.end();
    return settings;
  }

  private static TlsVersion version(Section section, String key, TlsVersion otherwise) {
    Optional<String> word = section.text(key);
    Optional<TlsVersion> version = word.map(VERSIONS::get);
    if (word.isPresent() && version.isEmpty()) {
      section.wrong(
          key, section.take(key).orElseThrow(), "must be one of TLS10, TLS11, TLS12, TLS13");
    }
    return version.orElse(otherwise);
  }
}
