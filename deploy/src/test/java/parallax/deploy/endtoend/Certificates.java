package parallax.deploy.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates made with openssl, each with exactly one fault or none. */
public final class Certificates {
  private final Path folder;
  private final String openssl;

  public Certificates(Path folder) {
    this.folder = folder;
    this.openssl = Programs.require("openssl");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A certificate and its key. */
  public record Pair(Path certificate, Path key) {
    /** The lines that make an nginx server use it. */
    public String nginx() {
      return "ssl_certificate " + certificate + "; ssl_certificate_key " + key + ";";
    }
  }

  /** A certification authority of its own. */
  public Pair authority(String name) {
    Pair pair = pair(name);
    List<String> command = new ArrayList<>(request(pair, "/CN=" + name));
    command.addAll(List.of("-x509", "-days", "3650"));
    command.addAll(List.of("-addext", "basicConstraints=critical,CA:TRUE"));
    command.addAll(List.of("-addext", "keyUsage=critical,keyCertSign,cRLSign"));
    Programs.run(command);
    return pair;
  }

  /** A certificate that signs itself. */
  Pair selfSigned(String name) {
    Pair pair = pair(name);
    List<String> command = new ArrayList<>(request(pair, "/CN=localhost"));
    command.addAll(List.of("-x509", "-days", "365"));
    command.addAll(List.of("-addext", "subjectAltName=IP:127.0.0.1"));
    Programs.run(command);
    return pair;
  }

  /**
   * A server's certificate.
   *
   * @param alternative the subject alternative name, {@code IP:127.0.0.1} or {@code DNS:name}
   * @param dates from and until, as openssl writes them: YYYYMMDDHHMMSSZ
   */
  public Pair signed(String name, Pair authority, String alternative, List<String> dates) {
    Pair pair = pair(name);
    Path csr = folder.resolve(name + ".csr");
    List<String> command = new ArrayList<>(request(pair, "/CN=" + name));
    command.set(command.indexOf("-out") + 1, csr.toString());
    Programs.run(command);
    Path ca = folder.resolve(name + "-ca");
    try {
      Files.createDirectories(ca);
      Files.writeString(ca.resolve("index.txt"), "");
      Files.writeString(
          ca.resolve("ca.conf"),
          """
          [ca]
          default_ca = here
          [here]
          database = %1$s/index.txt
          new_certs_dir = %1$s
          rand_serial = yes
          default_md = sha256
          policy = any
          x509_extensions = server
          [any]
          commonName = supplied
          [server]
          subjectAltName = %2$s
          extendedKeyUsage = serverAuth, clientAuth
          """
              .formatted(ca, alternative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Programs.run(
        List.of(
            openssl,
            "ca",
            "-batch",
            "-notext",
            "-config",
            ca.resolve("ca.conf").toString(),
            "-cert",
            authority.certificate().toString(),
            "-keyfile",
            authority.key().toString(),
            "-startdate",
            dates.getFirst(),
            "-enddate",
            dates.getLast(),
            "-in",
            csr.toString(),
            "-out",
            pair.certificate().toString()));
    return pair;
  }

  private Pair pair(String name) {
    return new Pair(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
  }

  private List<String> request(Pair pair, String subject) {
    return List.of(
        openssl,
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        pair.key().toString(),
        "-out",
        pair.certificate().toString(),
        "-subj",
        subject);
  }
}
