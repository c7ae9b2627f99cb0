package parallax.probe.blackbox.read;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Place;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.probe.blackbox.module.ProbeModule;

/** A blackbox.yml: {@code modules: {name: {prober: ..., timeout: ..., http: ...}}}. */
public final class ModulesReader {
  private static final int MAX_MODULES = 5_000;
  private static final List<String> PROBERS =
      List.of("http", "tcp", "dns", "icmp", "grpc", "unix", "websocket");

  private final Problems problems;

  private ModulesReader(Problems problems) {
    this.problems = problems;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * Every module is fine.
     *
     * @param shown the whole file as YAML, without secrets
     * @param warnings what cannot be done, in modules that are never used perhaps
     */
    record Good(Map<String, ProbeModule> modules, String shown, List<Problem> warnings)
        implements Outcome {
      public Good {
        warnings = List.copyOf(warnings);
        modules = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(modules));
      }
    }

    /** Something is wrong. */
    record Bad(List<Problem> problems) implements Outcome {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads the bytes of {@code file}. */
  public static Outcome read(Path file, byte[] bytes) {
    Problems problems = new Problems();
    Map<String, ProbeModule> modules = new LinkedHashMap<>();
    Optional<Node> root = Trees.read(file, bytes, problems);
    String shown = "";
    if (root.isPresent()) {
      Section top = Section.of(problems, "file", root.get());
      Section section = top.section("modules");
      if (!top.has("modules") && !problems.hasErrors()) {
        problems.error(
            Place.startOf(file), "'modules' is missing; write modules: {http_2xx: {prober: http}}");
      }
      shown = top.take("modules").map(node -> Shown.of("modules", node)).orElse("");
      new ModulesReader(problems).modules(section, modules);
      top.end();
    }
    return problems.hasErrors()
        ? new Outcome.Bad(problems.errors())
        : new Outcome.Good(modules, shown, problems.warnings());
  }

  private void modules(Section section, Map<String, ProbeModule> into) {
    List<Node.Field> all = section.all();
    if (all.size() > MAX_MODULES) {
      problems.error(section.place(), "more than " + MAX_MODULES + " modules");
      return;
    }
    for (Node.Field field : all) {
      module(field).ifPresent(module -> into.put(field.key(), module));
    }
  }

  private Optional<ProbeModule> module(Node.Field field) {
    Section section = Section.of(problems, field.key(), field.value());
    Optional<String> prober = section.text("prober");
    Optional<ProbeModule.Kind> kind = prober.flatMap(word -> kind(section, word));
    if (prober.isEmpty() && !section.has("prober")) {
      problems.error(
          field.place(),
          "'prober' is missing in module '"
              + field.key()
              + "'; it must be one of "
              + String.join(", ", PROBERS));
    }
    for (String other : PROBERS) {
      if (section.has(other) && !Optional.of(other).equals(prober)) {
        // Not used by the prober, and read all the same: for what is wrong in it.
        ProbeModule.Kind _ = kind(other, section.section(other));
      }
    }
    Optional<Duration> timeout = section.duration("timeout").filter(time -> !time.isZero());
    section.end();
    return kind.map(
        known ->
            new ProbeModule(field.key(), known, timeout, Shown.of(field.key(), field.value())));
  }

  private Optional<ProbeModule.Kind> kind(Section module, String prober) {
    if (!PROBERS.contains(prober)) {
      return module.wrong(
          "prober",
          module.take("prober").orElseThrow(),
          "must be one of " + String.join(", ", PROBERS));
    }
    return Optional.of(kind(prober, module.section(prober)));
  }

  private static ProbeModule.Kind kind(String prober, Section section) {
    return switch (prober) {
      case "http" -> HttpReader.read(section);
      case "dns" -> DnsReader.read(section);
      case "icmp" -> OtherReaders.echo(section);
      case "grpc" -> OtherReaders.grpc(section);
      case "websocket" -> OtherReaders.socket(section);
      default -> OtherReaders.stream(section, prober.equals("unix"));
    };
  }
}
