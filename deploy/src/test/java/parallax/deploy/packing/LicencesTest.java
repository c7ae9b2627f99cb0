package parallax.deploy.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LicencesTest {
  @Test
  void ofSeveralLicencesOneThatWillDoIsEnough() {
    assertThat(Licences.of(part("two", "LGPL-2.1-only", "EPL-2.0"))).contains("EPL-2.0");
    assertThat(Licences.of(part("named", "Bouncy Castle Licence"))).contains("MIT");
  }

  @Test
  void whatMayNotBePassedOnIsNamed() {
    List<Part> parts = List.of(part("good", "MIT"), part("bad", "AGPL-3.0-only"), part("none"));
    assertThatThrownBy(() -> Licences.list(parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no licence that will do: bad [AGPL-3.0-only], none []");
  }

  @Test
  void theListNamesEachWorkWithItsVersionAndText() {
    assertThat(Licences.list(List.of(part("one", "MIT"))))
        .contains("| group:one | 1.0 | [MIT](licences/MIT.txt) | MIT |");
  }

  @Test
  void whatAPartNeedsIsFollowedThroughOthersAndRoundInCircles() {
    JsonArray edges =
        new JsonArray()
            .add(edge("ref-one", "ref-two"))
            .add(edge("ref-two", "ref-three", "ref-one"))
            .add(edge("ref-three"));
    JsonArray parts = new JsonArray();
    List.of("two", "three", "four").forEach(name -> parts.add(part(name, "MIT").json()));
    Bill bill =
        new Bill(
            new JsonObject()
                .put("specVersion", "1.6")
                .put("metadata", new JsonObject().put("component", part("one", "MIT").json()))
                .put("components", parts)
                .put("dependencies", edges));
    assertThat(bill.closure(Set.of("one"))).containsExactly("ref-one", "ref-three", "ref-two");
    JsonObject own = bill.of(Set.of("ref-two", "ref-four"), List.of());
    assertThat(Part.objects(own.getJsonArray("components")).map(json -> json.getString("name")))
        .containsExactly("two", "four");
    assertThat(own.getJsonArray("dependencies").encode()).doesNotContain("ref-one");
  }

  private static JsonObject edge(String from, String... to) {
    return new JsonObject().put("ref", from).put("dependsOn", new JsonArray(List.of(to)));
  }

  private static Part part(String name, String... licences) {
    JsonArray offered = new JsonArray();
    for (String licence : licences) {
      offered.add(new JsonObject().put("license", new JsonObject().put("name", licence)));
    }
    return new Part(
        new JsonObject()
            .put("group", "group")
            .put("name", name)
            .put("version", "1.0")
            .put("bom-ref", "ref-" + name)
            .put("licenses", offered));
  }
}
