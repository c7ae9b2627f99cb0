package parallax.deploy.carry.kuma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.draft.Names;
import parallax.deploy.carry.draft.Sheet;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.Node;

/**
 * Monitors of Uptime Kuma: the backup of version 1, and the list of monitors as its servers of any
 * version hand it out, which tools for version 2 save.
 */
public final class KumaImport {
  private static final String MONITORS = "monitorList";

  private final Draft draft;
  private final Map<String, String> receivers;
  private final Map<String, String> groups = new HashMap<>();

  private KumaImport(Draft draft, Map<String, String> receivers) {
    this.draft = draft;
    this.receivers = receivers;
  }

  public static void read(Node file, Draft draft) {
    Table top = Table.of(file);
    List<Node> monitors = monitors(file, top);
    if (monitors.isEmpty()) {
      draft.leftOut(file.place(), "there are no monitors; is it a backup of Uptime Kuma?");
    }
    Map<String, String> receivers =
        new KumaNotifications(draft).read(values(top.take("notificationList")));
    KumaImport all = new KumaImport(draft, receivers);
    monitors.forEach(node -> all.group(Table.of(node)));
    monitors.forEach(node -> all.monitor(Table.of(node)));
    if (top.take(MONITORS).isPresent()) {
      top.ignore("version");
      top.rest(draft, "");
    }
  }

  /** A list, or a mapping by identity, with or without the rest of a backup. */
  private static List<Node> monitors(Node file, Table top) {
    Optional<Node> list = top.take(MONITORS).or(() -> top.take("monitors"));
    return values(Optional.of(list.orElse(file))).stream()
        .filter(Node.Fields.class::isInstance)
        .filter(node -> Table.of(node).text("type").isPresent())
        .toList();
  }

  private static List<Node> values(Optional<Node> node) {
    List<Node> values = new ArrayList<>();
    node.ifPresent(
        it -> {
          switch (it) {
            case Node.Items items -> values.addAll(items.nodes());
            case Node.Fields fields -> fields.fields().forEach(field -> values.add(field.value()));
            case Node.Leaf _ -> {}
          }
        });
    return values;
  }

  private void group(Table monitor) {
    if (monitor.text("type").equals(Optional.of("group"))) {
      groups.put(monitor.text("id").orElse(""), monitor.text("name").orElse(""));
    }
  }

  private void monitor(Table monitor) {
    String type = monitor.text("type").orElse("");
    String name = monitor.text("name").orElse("monitor");
    if (type.equals("group")) {
      return;
    }
    if (monitor.isFalse("active")) {
      draft.leftOut(monitor.place(), "monitor '" + Table.shown(name) + "' is paused");
      return;
    }
    if (monitor.isTrue("upsideDown")) {
      draft.leftOut(
          monitor.placeOf("upsideDown"),
          "monitor '" + Table.shown(name) + "' is upside down: here what answers is up");
      return;
    }
    Sheet target = draft.target(name, monitor.placeOf("name"));
    if (!new KumaMonitor(draft, target, monitor).read(type)) {
      draft.drop(target);
      draft.leftOut(
          monitor.placeOf("type"),
          "monitor '"
              + Table.shown(name)
              + "': type '"
              + Table.shown(type)
              + "' has no counterpart");
      return;
    }
    labels(monitor, target);
    tell(monitor, target);
  }

  private void labels(Table monitor, Sheet target) {
    monitor
        .text("parent")
        .flatMap(parent -> Optional.ofNullable(groups.get(parent)))
        .ifPresent(
            group ->
                target
                    .at("labels", monitor.place())
                    .text("group", group, monitor.placeOf("parent")));
    for (Node node : monitor.nodes("tags")) {
      Table tag = Table.of(node);
      String key = Names.key(tag.text("name").orElse("tag"));
      String value = tag.text("value").orElse("yes");
      target.at("labels", monitor.place()).text(key, value, node.place());
    }
  }

  private void tell(Table monitor, Sheet target) {
    TreeSet<String> told = new TreeSet<>();
    monitor
        .table("notificationIDList")
        .ifPresent(
            list ->
                list.all()
                    .forEach(
                        field -> {
                          if (list.isTrue(field.key())) {
                            Optional.ofNullable(receivers.get(field.key())).ifPresent(told::add);
                          }
                        }));
    draft.tell(target, told);
  }
}
