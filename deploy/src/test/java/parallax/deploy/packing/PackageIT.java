package parallax.deploy.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/package} makes, unpacked and used where there is no Java. */
final class PackageIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DIST = ROOT.resolve("deploy/dist");
  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  /** A path from the folder of the archive on, as a word. */
  private static final Pattern HERE =
      Pattern.compile("(?<![\\w./{-])((?:bin|prometheus|share/recipes)/[a-z][\\w./-]*\\w)");

  private static final String MAIN = "parallax";
  private static final String PROBE = "parallax-probe";

  @TempDir private static Path folder;
  private static Map<String, String> bare = Map.of();
  private static Path out = Path.of("");

  @BeforeAll
  static void packs() throws Exception {
    out = Packed.folder();
    for (String name : List.of(MAIN, PROBE)) {
      Path to = Files.createDirectories(folder.resolve(name));
      String archive = file(out, name + "-[0-9].*\\.tar\\.gz").toString();
      run("tar", "-xzf", archive, "-C", to.toString(), "--strip-components=1");
    }
    Path programs = Files.createDirectories(folder.resolve("programs"));
    for (String program : List.of("sh", "readlink", "mktemp", "mkdir", "mv", "rm", "tail")) {
      Files.copy(Shell.find(program).orElseThrow(), programs.resolve(program));
    }
    bare = Map.of("PATH", programs.toString(), "HOME", folder.resolve("home").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, PROBE})
  void theBillHasEveryJarAndNoOther(String name) throws Exception {
    TreeSet<String> there = new TreeSet<>();
    for (Path jar : files(folder.resolve(name).resolve("lib"), ".*\\.jar")) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      there.add(HexFormat.of().formatHex(hash));
    }
    JsonObject json =
        new JsonObject(Files.readString(folder.resolve(name).resolve("legal/sbom.cdx.json")));
    TreeSet<String> named = new TreeSet<>();
    new Bill(json).all().flatMap(part -> part.sha256().stream()).forEach(named::add);
    assertThat(named).isEqualTo(there).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, PROBE})
  void eachLicenceInTheListHasItsText(String name) throws Exception {
    Path legal = folder.resolve(name).resolve("legal");
    Matcher link =
        Pattern.compile("\\((licences/[^)]+)\\)")
            .matcher(Files.readString(legal.resolve("THIRD-PARTY.md")));
    int links = 0;
    for (; link.find(); links++) {
      assertThat(legal.resolve(link.group(1))).isNotEmptyFile();
    }
    assertThat(links).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, PROBE})
  void everyLinkOfTheGuideLeadsSomewhere(String name) throws Exception {
    Path home = folder.resolve(name);
    List<Path> pages = new ArrayList<>(files(home.resolve("docs"), ".*\\.md"));
    assertThat(pages).hasSizeGreaterThan(20);
    pages.add(home.resolve("README.md"));
    for (Path page : pages) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        assertThat(page.resolveSibling(link.group(1))).as(page + ": " + link.group()).exists();
      }
    }
  }

  @Test
  void whatTheGuideNamesIsInTheArchive() throws Exception {
    Path home = folder.resolve(MAIN);
    TreeSet<String> named = new TreeSet<>();
    List<Path> pages = new ArrayList<>(files(home.resolve("docs"), ".*\\.md"));
    pages.add(home.resolve("README.md"));
    for (Path page : pages) {
      Matcher path = HERE.matcher(Files.readString(page));
      while (path.find()) {
        named.add(path.group(1));
      }
    }
    assertThat(named).contains("bin/parallax", "prometheus/parallax.rules.yml");
    assertThat(named).allSatisfy(path -> assertThat(home.resolve(path)).exists());
  }

  @Test
  void aProbeNeedsNothingOfCoordinators() throws Exception {
    assertThat(files(folder.resolve(PROBE).resolve("lib"), "parallax-coordinator.*|hazelcast.*"))
        .isEmpty();
    for (String command : List.of("probe", "check", "registration", "bgp")) {
      Shell.Ended told = start(PROBE, Map.of(), command, "--help");
      assertThat(told.status()).as(told.said()).isZero();
      assertThat(told.said()).contains("Usage: parallax " + command);
    }
    assertThat(start(PROBE, Map.of(), "check", "nonsense").status()).isEqualTo(2);
  }

  @Test
  void everythingStartsWithoutJavaAndGetsReady() throws Exception {
    String port = "--listen=127.0.0.1:0";
    List<String> up = List.of(launcher(MAIN), "up", "--data=" + folder.resolve("up"), port);
    serves(bare, up, "/readyz");
    serves(bare, probe(PROBE, folder.resolve("probe-data")), "/healthz");
  }

  @Test
  void aStartLooksForNothingInEveryJar() throws Exception {
    Path loaded = folder.resolve("loaded");
    Map<String, String> environment = new HashMap<>(bare);
    environment.put("PARALLAX_JAVA_OPTS", "-Xlog:class+load:file=" + loaded + "::filecount=0");
    serves(environment, probe(MAIN, folder.resolve("other-data")), "/healthz");
    assertThat(Files.readString(loaded))
        .contains("parallax.deploy.ProbeMain ")
        .doesNotContain("org.bouncycastle");
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, PROBE})
  void noClassIsTooOldForWhatIsPrepared(String name) throws Exception {
    List<Path> jars = files(folder.resolve(name).resolve("lib"), ".*\\.jar");
    assertThat(jars).hasSizeGreaterThan(20);
    for (Path jar : jars) {
      assertThat(OldClasses.areIn(jar)).as(jar.toString()).isFalse();
    }
  }

  private static List<String> probe(String name, Path data) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "0123456789");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    return List.of(
        launcher(name),
        "probe",
        "--name=p",
        "--region=r",
        "--token-file=" + token,
        "--coordinator=ws://127.0.0.1:9",
        "--data=" + data,
        "--listen=127.0.0.1:0");
  }

  @Test
  void whatWasPreparedFitsElsewhereAndIsIgnoredWhenItDoesNot() throws Exception {
    Path elsewhere = folder.resolve("elsewhere");
    run("cp", "-a", folder.resolve(PROBE).toString(), elsewhere.toString());
    String prepare = folder.resolve(PROBE).resolve("bin/parallax-prepare").toString();
    Path cache = elsewhere.resolve("cache");
    Shell.Ended prepared = new Shell(folder).run(bare, List.of(prepare, cache.toString()));
    assertThat(prepared.status()).as(prepared.said()).isZero();
    List<String> version = List.of(elsewhere.resolve("bin/parallax").toString(), "--version");
    Map<String, String> strict =
        Map.of("PATH", bare.get("PATH"), "PARALLAX_JAVA_OPTS", "-XX:AOTMode=on -Xlog:aot=warning");
    Shell.Ended used = new Shell(folder).run(strict, version);
    assertThat(used.status()).as(used.said()).isZero();

    Files.write(cache.resolve("probe.aot"), new byte[4_096]);
    assertThat(new Shell(folder).run(strict, version).status()).isNotZero();
    Shell.Ended without = new Shell(folder).run(bare, version);
    assertThat(without.status()).as(without.said()).isZero();
    assertThat(without.said()).isEqualTo("parallax 0.1.0 (probe)\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, PROBE})
  void theManualIsWellFormed(String name) throws Exception {
    assumeTrue(Shell.find("man").isPresent());
    Path page = folder.resolve(name).resolve("share/man/man1/parallax.1");
    String read = "man --warnings -E UTF-8 -l -Tutf8 -Z " + page + " >/dev/null";
    Map<String, String> own = Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8");
    assertThat(new Shell(folder).run(own, List.of("sh", "-c", read)).said()).isEmpty();
    assertThat(Files.readString(page)).contains(".SS \"parallax probe\"", "\\-\\-token\\-file");
  }

  @Test
  void shellsCompleteCommandsAndOptions() throws Exception {
    Path script = folder.resolve(MAIN).resolve("share/bash-completion/completions/parallax");
    assertThat(completed(script, "pro")).containsExactly("probe");
    assertThat(completed(script, "coordinator", "--upl")).contains("--uplink");
  }

  private static List<String> completed(Path script, String... words) throws Exception {
    String filled =
        "bash -n '%s' || exit; . '%s'; compopt() { :; }; COMP_WORDS=(parallax %s); COMP_CWORD=%d;"
                .formatted(script, script, String.join(" ", words), words.length)
            + " COMP_LINE=x; _complete_parallax; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Map<String, String> own = Map.of("PATH", System.getenv("PATH"));
    Shell.Ended told = new Shell(folder).run(own, List.of("bash", "-c", filled));
    assertThat(told.status()).as(told.said()).isZero();
    return told.said().lines().map(String::strip).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"parallax", "parallax-coordinator", "parallax-probe"})
  void unitsAreValidAndLetNothingThroughThatIsNotNeeded(String unit) throws Exception {
    assumeTrue(Shell.find("systemd-analyze").isPresent());
    String text = Files.readString(DIST.resolve("systemd").resolve(unit + ".service"));
    Path file = folder.resolve(unit + ".service");
    Files.writeString(file, text.replace("/usr/bin/parallax", launcher(MAIN)));
    Map<String, String> own = Map.of("PATH", System.getenv("PATH"));
    Shell.Ended valid =
        new Shell(folder)
            .run(own, List.of("systemd-analyze", "verify", "--man=no", file.toString()));
    assertThat(valid.said()).isEmpty();
    Shell.Ended safe =
        new Shell(folder)
            .run(
                own,
                List.of(
                    "systemd-analyze",
                    "security",
                    "--offline=true",
                    "--no-pager",
                    "--threshold=15",
                    file.toString()));
    assertThat(safe.status()).as(safe.said()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, PROBE})
  void debianHasNothingToSayAgainstItsPackages(String name) throws Exception {
    assumeTrue(Shell.find("lintian").isPresent() && Shell.find("dpkg-deb").isPresent());
    Path deb = file(out, name + "_.*\\.deb");
    Map<String, String> own = Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8");
    Shell.Ended judged =
        new Shell(folder).run(own, List.of("lintian", "--allow-root", deb.toString()));
    assertThat(judged.said().lines().filter(line -> line.matches("[EW]: .*"))).isEmpty();
  }

  @Test
  void aPackageIsInstalledAndRemovedForReal() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root installs");
    assumeTrue(Shell.find("unshare").isPresent() && Shell.find("dpkg").isPresent());
    Path script = folder.resolve("install.sh");
    try (InputStream in = PackageIT.class.getResourceAsStream("install.sh")) {
      Files.copy(Objects.requireNonNull(in), script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path layers = Files.createDirectories(folder.resolve("layers"));
    Path deb = file(out, PROBE + "_.*\\.deb");
    assumeTrue(layered(layers), "no overlay file systems here");
    Shell.Ended done =
        new Shell(folder)
            .run(
                Map.of("PATH", System.getenv("PATH")),
                List.of(
                    "unshare",
                    "--mount",
                    "bash",
                    script.toString(),
                    deb.toString(),
                    PROBE,
                    layers.toString()));
    assertThat(done.status()).as(done.said()).isZero();
    assertThat(done.said())
        .contains("parallax 0.1.0 (probe)", "prepared", "kept what was configured", "purged");
  }

  private static boolean layered(Path layers) throws Exception {
    String at = layers.toString();
    String tried =
        String.join(
            " && ",
            "cd " + at,
            "mount -t tmpfs tmpfs " + at,
            "cd " + at,
            "mkdir u w m",
            "mount -t overlay overlay -o lowerdir=/,upperdir=u,workdir=w m");
    return new Shell(folder)
            .run(
                Map.of("PATH", System.getenv("PATH")),
                List.of("unshare", "--mount", "sh", "-c", tried))
            .status()
        == 0;
  }

  /** Runs a launcher where there is nothing but what it needs. */
  private static Shell.Ended start(String name, Map<String, String> more, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher(name)));
    command.addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>(bare);
    environment.putAll(more);
    return new Shell(folder).run(environment, command);
  }

  private static String launcher(String name) {
    return folder.resolve(name).resolve("bin/parallax").toString();
  }

  private static void serves(Map<String, String> environment, List<String> command, String path)
      throws Exception {
    Process process = new Shell(folder).start(environment, command);
    List<String> said = new CopyOnWriteArrayList<>();
    BufferedReader output = process.inputReader();
    Thread reader = Thread.ofVirtual().start(() -> output.lines().forEach(said::add));
    try (HttpClient client = HttpClient.newHttpClient()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(url(said)).as(String.join("\n", said)).isNotEmpty());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> answers(client, url(said) + path));
      assertThat(answers(client, url(said) + "/metrics")).isTrue();
      // Not the process's own, which would close what is read from it.
      process.toHandle().destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      // Its end is the reader's; while that reads, nothing of it can be closed.
      process.toHandle().destroyForcibly();
      reader.join(Duration.ofSeconds(5));
      output.close();
    }
  }

  private static boolean answers(HttpClient client, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  private static String url(List<String> said) {
    return said.stream()
        .map(URL::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .findFirst()
        .orElse("");
  }

  private static void run(String... command) throws Exception {
    Shell.Ended ended =
        new Shell(folder).run(Map.of("PATH", System.getenv("PATH")), List.of(command));
    assertThat(ended.status()).as(ended.said()).isZero();
  }

  private static Path file(Path in, String pattern) throws Exception {
    assertThat(files(in, pattern)).hasSize(1);
    return files(in, pattern).getFirst();
  }

  private static List<Path> files(Path in, String pattern) throws Exception {
    try (Stream<Path> all = Files.list(in)) {
      return all.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }
}
