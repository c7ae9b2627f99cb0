package parallax.deploy.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.classfile.attribute.LineNumberTableAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What compiled classes must keep: directions, purity, clocks, statics and sizes. */
final class ClassRules {
  static final int MAX_METHOD_LINES = 70;
  static final int MAX_PARAMETERS = 5;

  private static final Pattern OWN = Pattern.compile("parallax/[a-z/]*(?=/[A-Z])");

  /** Made by protoc from config's .proto files, for config's wire form alone: it shows secrets. */
  private static final String GENERATED = "parallax/uplink";

  /** Which module may see which: a package prefix and what it must never name. */
  private static final Map<String, List<String>> NEVER =
      Map.of(
          "parallax/config", List.of("parallax/probe", "parallax/coordinator", "parallax/deploy"),
          "parallax/probe", List.of("parallax/coordinator", "parallax/deploy", GENERATED),
          "parallax/coordinator", List.of("parallax/probe", "parallax/deploy", GENERATED),
          // Where only probes are installed there is no coordinator.
          "parallax/deploy/probe", List.of("parallax/coordinator"),
          "parallax/deploy/otlp", List.of("parallax/coordinator"),
          "parallax/deploy/check", List.of("parallax/coordinator"),
          "parallax/deploy/registration", List.of("parallax/coordinator"),
          "parallax/deploy/bgp", List.of("parallax/coordinator"),
          "parallax/deploy/ProbeMain", List.of("parallax/coordinator"));

  /** The only packages that may know Hazelcast. */
  private static final String CLUSTER = "parallax/coordinator/cluster";

  private static final String CORE = "parallax/coordinator/core";
  private static final List<String> CORE_MAY_NAME =
      List.of("java/", "org/jspecify/", "parallax/config/", CORE);
  private static final List<String> CORE_NEVER_NAMES =
      List.of(
          "java/io/",
          "java/nio/file/",
          "java/nio/channels/",
          "java/net/Inet",
          "java/net/Socket",
          "java/net/http/",
          "java/sql/",
          "java/util/concurrent/",
          "java/util/Random",
          "java/util/random/",
          "java/lang/Thread",
          "java/time/Clock",
          "java/time/InstantSource",
          "java/util/UUID",
          "java/security/SecureRandom");

  private static final List<String> CLOCK_READS =
      List.of(
          "java/time/Instant.now",
          "java/time/LocalDate.now",
          "java/time/LocalDateTime.now",
          "java/time/ZonedDateTime.now",
          "java/time/Clock.system",
          "java/time/InstantSource.system",
          "java/lang/System.currentTimeMillis",
          "java/lang/System.nanoTime");

  /** Where clocks are read: the composition roots, from where they are handed down. */
  private static final Pattern MAY_READ_CLOCKS =
      Pattern.compile(".*(Main|Node|Command)(\\$.*)?|.*/bench/.*");

  private final List<String> problems = new ArrayList<>();
  private final SortedMap<String, SortedSet<String>> packageUses = new TreeMap<>();

  /** Every problem of the classes under these roots, as {@code file:line: message}. */
  static List<String> problemsOf(List<Path> classRoots) {
    ClassRules rules = new ClassRules();
    for (Path root : classRoots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
          rules.examine(ClassFile.of().parse(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    rules.cycles();
    return rules.problems;
  }

  private void examine(ClassModel model) {
    String name = model.thisClass().asInternalName();
    if (name.equals("module-info") || within(name, GENERATED)) {
      return;
    }
    Map<String, Integer> lines = linesOfUse(model);
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry used -> judgeUse(new Place(model, lines), used.asInternalName());
        case Utf8Entry text -> judgeDescriptor(new Place(model, lines), text.stringValue());
        case MemberRefEntry member -> {
          judgeClock(new Place(model, lines), name, member);
          judgeSystem(new Place(model, lines), name, member);
        }
        default -> {}
      }
    }
    model.fields().forEach(field -> judgeField(model, name, field));
    model.methods().forEach(method -> judgeMethod(model, method));
  }

  /**
   * A class, with the first line of its code that names each other class or member; what only
   * signatures name has no line of code and is reported at the first line.
   */
  private record Place(ClassModel model, Map<String, Integer> lines) {
    String name() {
      return model.thisClass().asInternalName();
    }

    int line(String used) {
      return lines.getOrDefault(used, 1);
    }
  }

  private static Map<String, Integer> linesOfUse(ClassModel model) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (MethodModel method : model.methods()) {
      int line = 1;
      for (CodeElement element : method.code().map(code -> code.elementList()).orElse(List.of())) {
        switch (element) {
          case LineNumber number -> line = number.line();
          case InvokeInstruction call -> {
            String owner = call.owner().asInternalName();
            lines.putIfAbsent(owner, line);
            lines.putIfAbsent(owner + "." + call.name().stringValue(), line);
          }
          case FieldInstruction field -> lines.putIfAbsent(field.owner().asInternalName(), line);
          case NewObjectInstruction made ->
              lines.putIfAbsent(made.className().asInternalName(), line);
          default -> {}
        }
      }
    }
    return lines;
  }

  private void judgeDescriptor(Place place, String text) {
    if (text.startsWith("(") || text.startsWith("L")) {
      Matcher types = Pattern.compile("L([a-zA-Z0-9_/$]+)[;<]").matcher(text);
      while (types.find()) {
        judgeUse(place, types.group(1));
      }
    }
  }

  private void judgeUse(Place place, String used) {
    ClassModel model = place.model();
    String user = place.name();
    NEVER.forEach(
        (prefix, forbidden) -> {
          if (within(user, prefix) && forbidden.stream().anyMatch(p -> within(used, p))) {
            report(
                model,
                place.line(used),
                prefix.replace('/', '.') + " must not know " + dotted(used));
          }
        });
    if (within(used, "com/hazelcast") && !within(user, CLUSTER)) {
      report(model, place.line(used), "only the cluster may know " + dotted(used));
    }
    if (within(user, CORE) && !used.startsWith("[")) {
      boolean known = CORE_MAY_NAME.stream().anyMatch(used::startsWith);
      // The compiler itself names these for lambdas, records and string switches.
      boolean pure = CORE_NEVER_NAMES.stream().noneMatch(used::startsWith);
      if (!known || !pure) {
        report(model, place.line(used), "the pure core must not know " + dotted(used));
      }
    }
    Matcher from = OWN.matcher(user);
    Matcher to = OWN.matcher(used);
    if (from.lookingAt() && to.lookingAt() && !from.group().equals(to.group())) {
      packageUses.computeIfAbsent(from.group(), _ -> new TreeSet<>()).add(to.group());
    }
  }

  private void judgeClock(Place place, String name, MemberRefEntry member) {
    String called = member.owner().asInternalName() + "." + member.name().stringValue();
    if (CLOCK_READS.stream().anyMatch(called::startsWith)
        && !MAY_READ_CLOCKS.matcher(name).matches()) {
      report(
          place.model(),
          place.line(called),
          dotted(called) + " outside a composition root: take the clock as argument");
    }
  }

  /** To copy arrays is all that the pure core may ask of the system. */
  private void judgeSystem(Place place, String name, MemberRefEntry member) {
    String owner = member.owner().asInternalName();
    boolean copies = member.name().equalsString("arraycopy");
    if (within(name, CORE) && owner.equals("java/lang/System") && !copies) {
      int line = place.line(owner + "." + member.name().stringValue());
      report(place.model(), line, "the pure core must not know " + dotted(owner));
    }
  }

  private void judgeField(ClassModel model, String name, FieldModel field) {
    if (field.flags().has(AccessFlag.STATIC)
        && !field.flags().has(AccessFlag.FINAL)
        && !field.flags().has(AccessFlag.SYNTHETIC)) {
      report(model, 1, "static state that can change: " + dotted(name) + "." + field.fieldName());
    }
  }

  private void judgeMethod(ClassModel model, MethodModel method) {
    boolean synthetic =
        method.flags().has(AccessFlag.SYNTHETIC) || method.flags().has(AccessFlag.BRIDGE);
    boolean record = model.findAttribute(Attributes.record()).isPresent();
    boolean constructor = method.methodName().equalsString("<init>");
    int[] lines = lines(method);
    String name = method.methodName().stringValue();
    if (!synthetic && !(record && constructor) && !isEnumConstructor(model, constructor)) {
      int parameters =
          MethodTypeDesc.ofDescriptor(method.methodType().stringValue()).parameterCount();
      if (parameters > MAX_PARAMETERS) {
        report(
            model, lines[0], name + " has " + parameters + " parameters, at most 5: use a record");
      }
    }
    boolean initialiser = name.equals("<clinit>") || constructor;
    if (!initialiser && lines[1] - lines[0] + 1 > MAX_METHOD_LINES) {
      report(model, lines[0], name + " is longer than " + MAX_METHOD_LINES + " lines");
    }
  }

  private static boolean isEnumConstructor(ClassModel model, boolean constructor) {
    return constructor && model.flags().has(AccessFlag.ENUM);
  }

  private static int[] lines(MethodModel method) {
    int first = Integer.MAX_VALUE;
    int last = 0;
    if (method.code().isPresent()) {
      for (LineNumberTableAttribute table :
          method.code().get().findAttributes(Attributes.lineNumberTable())) {
        for (LineNumberInfo info : table.lineNumbers()) {
          first = Math.min(first, info.lineNumber());
          last = Math.max(last, info.lineNumber());
        }
      }
    }
    return new int[] {last == 0 ? 1 : first, Math.max(last, 1)};
  }

  /** Reports each group of packages that use each other, once. */
  private void cycles() {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    for (String start : packageUses.keySet()) {
      List<String> path = pathBack(start);
      if (!path.isEmpty()) {
        shown.putIfAbsent(String.join(" ", new TreeSet<>(path)), path);
      }
    }
    shown
        .values()
        .forEach(path -> problems.add("packages in a cycle: " + dotted(String.join(" -> ", path))));
  }

  /** A way from {@code start} through other packages back to it, or nothing. */
  private List<String> pathBack(String start) {
    Map<String, String> cameFrom = new LinkedHashMap<>();
    List<String> queue = new ArrayList<>(List.of(start));
    for (int next = 0; next < queue.size(); next++) {
      String here = queue.get(next);
      for (String used : packageUses.getOrDefault(here, new TreeSet<>())) {
        if (used.equals(start)) {
          List<String> path = new ArrayList<>(List.of(start));
          for (String at = here; !at.equals(start); at = cameFrom.getOrDefault(at, start)) {
            path.add(1, at);
          }
          path.add(start);
          return path;
        }
        if (!queue.contains(used)) {
          cameFrom.put(used, here);
          queue.add(used);
        }
      }
    }
    return List.of();
  }

  private void report(ClassModel model, int line, String message) {
    String name = model.thisClass().asInternalName();
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    String file =
        model
            .findAttribute(Attributes.sourceFile())
            .map(SourceFileAttribute::sourceFile)
            .map(Utf8Entry::stringValue)
            .orElse(name);
    String problem = folder + file + ":" + line + ": " + message;
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  private static boolean within(String name, String folder) {
    return name.startsWith(folder + "/");
  }

  private static String dotted(String name) {
    return name.replace('/', '.');
  }
}
