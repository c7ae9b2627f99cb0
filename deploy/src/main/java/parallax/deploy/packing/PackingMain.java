package parallax.deploy.packing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import parallax.deploy.command.ExitCode;

/**
 * Chooses the jars of an archive, copies them, and writes {@code legal/}: the bill of materials
 * (CycloneDX 1.6), the list of licences, their texts, and the notices of authors.
 */
final class PackingMain {
  /** What a probe needs; what that needs in turn is in the bill. */
  private static final Set<String> PROBE = Set.of("parallax-probe", "picocli", "logback-classic");

  private static final String CARRIER = "parallax-deploy";
  private static final Pattern NATIVE =
      Pattern.compile(
          "netty-(?:tcnative-boringssl-static|codec-native-quic)-.*"
              + "-(?:linux|osx|windows)-.*\\.jar");
  private static final Pattern NOTICE =
      Pattern.compile("(?:META-INF/)?(?:LICENSE|NOTICE|COPYING)[^/]{0,40}");
  private static final long MAX_NOTICE_BYTES = 1024 * 1024;

  private final Path to;
  private final Bill bill;

  private PackingMain(Path to, Bill bill) {
    this.to = to;
    this.bill = bill;
  }

  /** The arguments: {@code probe} or {@code main}, the product, the licences, the archive. */
  static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      System.err.println("parallax: which part, the product, the licences, and the archive");
      System.exit(ExitCode.USAGE.status());
    }
    Path product = Path.of(arguments[1]);
    Bill bill = new Bill(new JsonObject(Files.readString(product.resolve("bom.json"))));
    PackingMain packing = new PackingMain(Path.of(arguments[3]), bill);
    try {
      packing.pack("probe".equals(arguments[0]), product.resolve("lib"), Path.of(arguments[2]));
    } catch (IllegalArgumentException e) {
      System.err.println("parallax: " + e.getMessage());
      System.exit(ExitCode.NO.status());
    }
  }

  private void pack(boolean probe, Path lib, Path licences) throws IOException {
    Set<String> wanted = probe ? bill.closure(PROBE) : bill.closure(Set.of(bill.root().name()));
    Map<Path, Part> chosen = new TreeMap<>();
    for (Path jar : jars(lib)) {
      Part part = part(jar);
      boolean taken = wanted.contains(part.ref()) || part.name().equals(CARRIER);
      // Its native code is unpacked beside; that of other machines is for them.
      if (taken && !isForeign(jar)) {
        chosen.put(jar, part);
        copy(jar, part, to.resolve("lib").resolve(jar.getFileName()));
      }
    }
    Path legal = Files.createDirectories(to.resolve("legal"));
    Set<String> refs = new TreeSet<>();
    chosen.values().forEach(part -> refs.add(part.ref()));
    JsonObject own = bill.of(refs, List.of(runtime()));
    Files.writeString(legal.resolve("sbom.cdx.json"), own.encodePrettily() + "\n");
    List<Part> others = chosen.values().stream().filter(part -> !part.isOwn()).toList();
    Files.writeString(legal.resolve("THIRD-PARTY.md"), Licences.list(others));
    Path texts = Files.createDirectories(legal.resolve("licences"));
    for (String taken : new TreeSet<>(others.stream().map(this::licence).toList())) {
      Files.copy(licences.resolve(taken + ".txt"), texts.resolve(taken + ".txt"));
    }
    for (Map.Entry<Path, Part> jar : chosen.entrySet()) {
      if (!jar.getValue().isOwn()) {
        notices(jar.getKey(), jar.getValue(), legal.resolve("notices"));
      }
    }
  }

  /** Those of others as they are, if they are not too old; ours as if nobody had built them. */
  private static void copy(Path jar, Part part, Path copy) throws IOException {
    boolean renewed = !part.isOwn() && OldClasses.areIn(jar);
    if (!part.isOwn() && !renewed) {
      Files.copy(jar, copy);
      return;
    }
    PlainJar.copy(jar, copy, renewed ? OldClasses::renewed : UnaryOperator.identity());
    part.json().put("hashes", hashes(sha256(copy)));
    if (renewed) {
      part.json().put("pedigree", new JsonObject().put("notes", Licences.RENEWED));
    }
  }

  private String licence(Part part) {
    return Licences.of(part).orElseThrow();
  }

  private static boolean isForeign(Path jar) {
    String name = jar.getFileName().toString();
    String here =
        System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64")
            ? "linux-aarch_64.jar"
            : "linux-x86_64.jar";
    return NATIVE.matcher(name).matches() && !name.endsWith(here);
  }

  private Part part(Path jar) throws IOException {
    String hash = sha256(jar);
    String name = jar.getFileName().toString();
    if (name.startsWith(CARRIER + "-")) {
      // The bill is about it, and was written before it was known what becomes of it.
      JsonObject root = bill.root().json();
      root.put("hashes", hashes(hash));
      return new Part(root);
    }
    Optional<Part> found = bill.ofHash(hash);
    return found.orElseThrow(
        () -> new IllegalArgumentException(name + " is not in the bill of materials"));
  }

  private static JsonArray hashes(String sha256) {
    return new JsonArray().add(new JsonObject().put("alg", "SHA-256").put("content", sha256));
  }

  /** The Java runtime, which Maven knows nothing of. */
  private static JsonObject runtime() {
    return new JsonObject()
        .put("type", "platform")
        .put("bom-ref", "java-runtime")
        .put("name", "OpenJDK")
        .put("version", Runtime.version().toString())
        .put("supplier", new JsonObject().put("name", System.getProperty("java.vendor", "")))
        .put(
            "licenses",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put(
                            "license",
                            new JsonObject().put("id", "GPL-2.0-with-classpath-exception"))));
  }

  private static List<Path> jars(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static void notices(Path jar, Part part, Path notices) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<ZipEntry> found = new ArrayList<>();
      zip.stream()
          .filter(entry -> !entry.isDirectory() && entry.getSize() <= MAX_NOTICE_BYTES)
          .filter(entry -> NOTICE.matcher(entry.getName()).matches())
          .forEach(found::add);
      for (ZipEntry entry : found) {
        Path folder = Files.createDirectories(notices.resolve(part.name()));
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (!Files.exists(folder.resolve(name)) && !name.endsWith(".class")) {
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, folder.resolve(name));
          }
        }
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
