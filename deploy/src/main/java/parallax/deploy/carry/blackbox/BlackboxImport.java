package parallax.deploy.carry.blackbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Names;
import parallax.deploy.carry.draft.Note;
import parallax.deploy.carry.draft.Request;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.GoText;
import parallax.probe.blackbox.read.Node;

/**
 * Modules of a blackbox exporter with the targets that Prometheus has them probe. A module without
 * targets becomes one with an address that stands in for them.
 */
public final class BlackboxImport {
  /** Where nobody's servers are (RFC 2606 section 3). */
  private static final String STAND_IN = "example.com";

  private final Draft draft;
  private final Map<String, Node.Field> modules = new HashMap<>();

  private BlackboxImport(Draft draft) {
    this.draft = draft;
  }

  /** Gathers what {@code file} has, and the jobs of {@code prometheus} that use it. */
  public static void read(Node file, Optional<Node> prometheus, Draft draft) {
    BlackboxImport all = new BlackboxImport(draft);
    Table top = Table.of(file);
    List<Node.Field> modules = top.table("modules").map(Table::all).orElse(List.of());
    modules.forEach(field -> all.modules.put(field.key(), field));
    if (modules.isEmpty()) {
      draft.leftOut(file.place(), "there are no modules; is it a blackbox.yml?");
    }
    List<Probed> probed =
        prometheus.map(jobs -> Scrapes.read(jobs, draft)).orElseGet(() -> standIns(modules));
    probed.forEach(all::add);
    top.rest(draft, "");
  }

  private static List<Probed> standIns(List<Node.Field> modules) {
    List<Probed> probed = new ArrayList<>();
    for (Node.Field field : modules) {
      probed.add(
          new Probed(
              field.place(),
              field.key(),
              STAND_IN,
              field.key(),
              new TreeMap<>(),
              Optional.empty(),
              Optional.empty(),
              true));
    }
    return probed;
  }

  private void add(Probed probed) {
    Optional<Node.Field> field = Optional.ofNullable(modules.get(probed.module()));
    if (field.isEmpty()) {
      draft.leftOut(
          probed.place(), "module '" + Table.shown(probed.module()) + "' is not in the file");
      return;
    }
    Table module = Table.of(field.get().value());
    String prober = module.text("prober").orElse("");
    if (prober.equals("unix")) {
      draft.leftOut(
          field.get().place(),
          probed.module() + ": sockets of the probe's own machine are no target");
      return;
    }
    Sheet target = draft.target(probed.name(), probed.place());
    if (probed.standIn()) {
      draft.look(
          target,
          field.get().place(),
          "a module names no target, so " + STAND_IN + " stands in for one; see --prometheus");
    }
    Request request = new Request(draft, target);
    boolean fine = new Modules(draft, target, request, probed).kind(prober, module);
    if (!fine) {
      return;
    }
    probed.interval().ifPresent(time -> request.duration("interval", time, probed.place()));
    module
        .text("timeout")
        .flatMap(GoText::duration)
        .filter(time -> !time.isZero())
        .map(time -> shorter(time, probed.timeout().orElse(time)))
        .or(probed::timeout)
        .ifPresent(time -> request.duration("timeout", time, module.placeOf("timeout")));
    probed
        .labels()
        .forEach(
            (key, value) ->
                target.at("labels", probed.place()).text(Names.key(key), value, probed.place()));
    module.ignore("http", "tcp", "dns", "icmp", "grpc", "unix", "websocket", "timeout");
    module.rest(draft, target, probed.module() + ".");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Says that something of a target is not as it was. */
  static void leftOut(Draft draft, Sheet target, Table table, String key, String why) {
    table.take(key);
    draft.note(
        Note.Kind.LEFT_OUT,
        table.placeOf(key),
        target.read("name").orElse(""),
        "'" + key + "': " + why);
    target.remark("Not carried over: '" + key + "': " + why);
  }
}
