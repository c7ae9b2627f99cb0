package parallax.deploy.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Programs;

/** The dashboards have the shape that Grafana 10 and later take as it is. */
final class DashboardsTest {
  /** Of Grafana 10.4; later ones take it and bring it up to date. */
  private static final int SCHEMA = 39;

  private static final int COLUMNS = 24;
  private static final String SOURCE = "${datasource}";
  private static final Set<String> TYPES =
      Set.of("timeseries", "stat", "table", "state-timeline", "heatmap", "bargauge");
  private static final Pattern LEFT = Pattern.compile("\\$\\w+|\\$\\{");

  private record Box(int x, int y, int w, int h) {
    boolean overlaps(Box other) {
      return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
    }
  }

  @Test
  void thereIsOneForEachThingThatIsLookedAt() {
    assertThat(Dashboards.all().sequencedKeySet())
        .containsExactly(
            "parallax-names",
            "parallax-overview",
            "parallax-probes",
            "parallax-routes",
            "parallax-target");
  }

  @Test
  void eachIsNamedAndChoosesItsSource() {
    for (Map.Entry<String, JsonObject> entry : Dashboards.all().entrySet()) {
      JsonObject dashboard = entry.getValue();
      assertThat(dashboard.getInteger("schemaVersion")).isEqualTo(SCHEMA);
      assertThat(dashboard.getString("uid")).isEqualTo(entry.getKey()).hasSizeLessThanOrEqualTo(40);
      assertThat(dashboard.getString("title")).startsWith("Parallax: ");
      assertThat(dashboard.containsKey("id")).isFalse();
      List<JsonObject> variables = Dashboards.variables(dashboard);
      assertThat(variables.getFirst().getString("type")).isEqualTo("datasource");
      assertThat(variables.getFirst().getString("query")).isEqualTo("prometheus");
      assertThat(variables.stream().map(each -> each.getString("name"))).doesNotHaveDuplicates();
      for (JsonObject variable : variables.subList(1, variables.size())) {
        assertThat(variable.getJsonObject("datasource").getString("uid")).isEqualTo(SOURCE);
        assertThat(variable.getJsonObject("query").getString("query")).startsWith("label_values(");
      }
    }
  }

  @Test
  void promtoolReadsEveryQuery(@TempDir Path folder) throws IOException {
    JsonArray rules = new JsonArray();
    for (JsonObject dashboard : Dashboards.all().values()) {
      for (JsonObject panel : Dashboards.panels(dashboard)) {
        for (JsonObject target : Dashboards.targets(panel)) {
          rules.add(
              new JsonObject()
                  .put("record", "query:" + rules.size())
                  .put("expr", Dashboards.sent(target.getString("expr"))));
        }
      }
    }
    JsonObject group = new JsonObject().put("name", "queries").put("rules", rules);
    Path file =
        Files.writeString(
            folder.resolve("queries.yml"),
            new JsonObject().put("groups", new JsonArray().add(group)).encode());
    String said =
        Programs.run(List.of(Programs.require("promtool"), "check", "rules", file.toString()));
    assertThat(said).contains("SUCCESS: " + rules.size() + " rules found");
  }

  @Test
  void panelsHaveIdsAndPlacesOfTheirOwn() {
    Dashboards.all()
        .forEach(
            (name, dashboard) -> {
              Set<Integer> ids = new HashSet<>();
              List<Box> boxes = new ArrayList<>();
              for (JsonObject panel : Dashboards.panels(dashboard)) {
                JsonObject grid = panel.getJsonObject("gridPos");
                Box box =
                    new Box(
                        grid.getInteger("x"),
                        grid.getInteger("y"),
                        grid.getInteger("w"),
                        grid.getInteger("h"));
                assertThat(box.x() + box.w()).isBetween(1, COLUMNS);
                assertThat(boxes).as(name).noneMatch(box::overlaps);
                boxes.add(box);
                assertThat(ids.add(panel.getInteger("id"))).as(name).isTrue();
              }
              assertThat(ids).isNotEmpty();
            });
  }

  @Test
  void panelsAskTheChosenSourceAndUseOnlyVariablesThatAreThere() {
    for (JsonObject dashboard : Dashboards.all().values()) {
      for (JsonObject panel : Dashboards.panels(dashboard)) {
        assertThat(TYPES).contains(panel.getString("type"));
        assertThat(panel.getString("title")).isNotBlank();
        assertThat(panel.getJsonObject("fieldConfig").getJsonObject("defaults").getString("unit"))
            .isNotBlank();
        assertThat(Dashboards.targets(panel).stream().map(each -> each.getString("refId")))
            .isNotEmpty()
            .doesNotHaveDuplicates();
        for (JsonObject target : Dashboards.targets(panel)) {
          assertThat(target.getJsonObject("datasource").getString("uid")).isEqualTo(SOURCE);
          String expression = target.getString("expr");
          for (JsonObject variable : Dashboards.variables(dashboard)) {
            expression = expression.replace("$" + variable.getString("name") + "\"", "\"");
          }
          expression = expression.replace("$__rate_interval", "").replace("$__range", "");
          assertThat(LEFT.matcher(expression).find()).as(target.getString("expr")).isFalse();
        }
      }
    }
  }
}
