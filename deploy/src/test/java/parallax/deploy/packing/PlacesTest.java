package parallax.deploy.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import parallax.deploy.ParallaxMain;

/** Where Parallax runs: what the files of {@code deploy/dist} say, held against what it takes. */
final class PlacesTest {
  private static final Path DIST = Path.of("dist").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void podsAreWhatTheStrictestStandardOfKubernetesDemands() throws IOException {
    int pods = 0;
    for (Map<?, ?> document : kubernetes()) {
      Map<?, ?> spec = map(document, "spec");
      if (!spec.containsKey("template")) {
        continue;
      }
      pods++;
      Map<?, ?> template = map(spec, "template");
      assertThat(map(map(template, "metadata"), "labels"))
          .isEqualTo(map(map(spec, "selector"), "matchLabels"));
      Map<?, ?> pod = map(template, "spec");
      assertThat(pod.get("automountServiceAccountToken")).isEqualTo(false);
      Map<?, ?> all = map(pod, "securityContext");
      assertThat(all.get("runAsNonRoot")).isEqualTo(true);
      assertThat(map(all, "seccompProfile").get("type")).isEqualTo("RuntimeDefault");
      Map<?, ?> container = (Map<?, ?>) list(pod, "containers").getFirst();
      Map<?, ?> own = map(container, "securityContext");
      assertThat(own.get("allowPrivilegeEscalation")).isEqualTo(false);
      assertThat(own.get("readOnlyRootFilesystem")).isEqualTo(true);
      assertThat(list(map(own, "capabilities"), "drop")).asString().isEqualTo("[ALL]");
      assertThat(map(map(container, "resources"), "limits").get("memory")).isNotNull();
      understood(list(container, "args"));
    }
    assertThat(pods).isEqualTo(2);
  }

  @Test
  void servicesAndPoliciesOfKubernetesAreAboutPodsThatThereAre() throws IOException {
    List<Map<?, ?>> documents = kubernetes();
    List<String> labels =
        documents.stream()
            .map(document -> map(document, "spec"))
            .filter(spec -> spec.containsKey("template"))
            .map(spec -> map(map(map(spec, "template"), "metadata"), "labels").toString())
            .toList();
    for (Map<?, ?> document : documents) {
      Map<?, ?> spec = map(document, "spec");
      String selector =
          switch (String.valueOf(document.get("kind"))) {
            case "Service" -> map(spec, "selector").toString();
            case "PodDisruptionBudget" -> map(map(spec, "selector"), "matchLabels").toString();
            case "NetworkPolicy" -> map(map(spec, "podSelector"), "matchLabels").toString();
            default -> "";
          };
      String inner = selector.replaceAll("[{}]", "");
      assertThat(labels).as(selector).anyMatch(label -> label.contains(inner));
    }
  }

  @Test
  void everyCommandOfTheComposeFileIsUnderstood() throws IOException {
    Map<?, ?> services = map(yaml(DIST.resolve("container/compose.yaml")).getFirst(), "services");
    int commands = 0;
    for (Object service : services.values()) {
      if (service instanceof Map<?, ?> map && map.containsKey("command")) {
        commands++;
        understood(list(map, "command"));
      }
    }
    assertThat(commands).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"parallax, up", "parallax-coordinator, coordinator", "parallax-probe, probe"})
  void whatAUnitStartsIsUnderstoodWithTheOptionsThatComeWithIt(String unit, String part)
      throws IOException {
    String environment = Files.readString(DIST.resolve("debian/env").resolve(part));
    String options =
        environment.lines().filter(line -> line.startsWith("PARALLAX_OPTIONS=")).findFirst().get();
    String start =
        Files.readString(DIST.resolve("systemd").resolve(unit + ".service"))
            .lines()
            .filter(line -> line.startsWith("ExecStart=/usr/bin/parallax "))
            .findFirst()
            .get();
    String command =
        start
            .substring("ExecStart=/usr/bin/parallax ".length())
            .replace("$PARALLAX_OPTIONS", options.substring("PARALLAX_OPTIONS=".length()));
    understood(List.of((Object[]) command.split(" +")));
  }

  @Test
  void theRecipeForProbesIsValidAndItsOptionsAreUnderstood() throws Exception {
    Path recipe = DIST.resolve("cloud-init/probe.yaml");
    String line =
        Files.readString(recipe)
            .lines()
            .map(String::strip)
            .filter(text -> text.startsWith("PARALLAX_OPTIONS="))
            .findFirst()
            .get();
    List<Object> arguments = new ArrayList<>(List.of("probe"));
    arguments.addAll(List.of(line.substring("PARALLAX_OPTIONS=".length()).split(" +")));
    understood(arguments);
    lint("cloud-init", "schema", "--config-file", recipe.toString());
  }

  @Test
  void composeTakesTheComposeFile() throws Exception {
    String file = DIST.resolve("container/compose.yaml").toString();
    lint("docker-compose", "-f", file, "config", "-q");
  }

  @Test
  void theLinterHasNothingToSayAgainstTheDockerfile() throws Exception {
    lint("dockerfilelint", DIST.resolve("container/Dockerfile").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "regions"})
  void kustomizeTakesWhatIsForIt(String part) throws Exception {
    lint("kubectl", "kustomize", DIST.resolve("kubernetes").resolve(part).toString());
  }

  private void lint(String... command) throws Exception {
    assumeTrue(Shell.find(command[0]).isPresent(), command[0] + " is not installed");
    Map<String, String> own =
        Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(), "LC_ALL", "C.UTF-8");
    Shell.Ended ended = new Shell(folder).run(own, List.of(command));
    assertThat(ended.status()).as(ended.said()).isZero();
  }

  private static void understood(List<?> arguments) {
    String[] words = arguments.stream().map(String::valueOf).toArray(String[]::new);
    assertThatCode(() -> ParallaxMain.commands().parseArgs(words))
        .as(String.join(" ", words))
        .doesNotThrowAnyException();
  }

  private static List<Map<?, ?>> kubernetes() throws IOException {
    List<Map<?, ?>> documents = new ArrayList<>();
    for (String file : List.of("base/coordinators", "base/network", "regions/probe")) {
      documents.addAll(yaml(DIST.resolve("kubernetes/" + file + ".yaml")));
    }
    return documents;
  }

  private static List<Map<?, ?>> yaml(Path file) throws IOException {
    Load load = new Load(LoadSettings.builder().setParseComments(false).build());
    Stream<Object> documents =
        StreamSupport.stream(load.loadAllFromString(Files.readString(file)).spliterator(), false);
    return documents.<Map<?, ?>>map(document -> (Map<?, ?>) document).toList();
  }

  private static Map<?, ?> map(Map<?, ?> in, String key) {
    return (Map<?, ?>) Objects.requireNonNull(in.get(key), key);
  }

  private static List<?> list(Map<?, ?> in, String key) {
    return (List<?>) Objects.requireNonNull(in.get(key), key);
  }
}
