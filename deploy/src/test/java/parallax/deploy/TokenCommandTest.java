package parallax.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;

/** {@code parallax token} as an operator types it, while the record is in use. */
final class TokenCommandTest {
  private static final String ID = "[0-9A-Za-z_-]{4,}";

  @TempDir Path folder;
  private Store running;

  private record Ran(int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  @BeforeEach
  void open() {
    running = SqliteStore.open(folder);
  }

  @AfterEach
  void close() {
    running.close();
  }

  private Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        ParallaxMain.run(
            new PrintWriter(out),
            new PrintWriter(err),
            Stream.concat(Stream.of("token"), Stream.of(arguments)).toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }

  private Ran onRecord(String... arguments) {
    return run(
        Stream.concat(Stream.of(arguments), Stream.of("--data=" + folder)).toArray(String[]::new));
  }

  private Ran create(String probe) {
    return onRecord("create", "--probe=" + probe);
  }

  /** What {@code token create} says beside the token: {@code token ID of probe NAME}. */
  private static String id(Ran created) {
    assertThat(created.status()).as(created.err()).isZero();
    assertThat(created.err()).matches("token " + ID + " of probe [a-z0-9-]+\\R");
    return created.err().split(" ")[1];
  }

  private List<JsonObject> listed(String... more) {
    Ran ran =
        onRecord(
            Stream.concat(Stream.of("list", "--json"), Stream.of(more)).toArray(String[]::new));
    assertThat(ran.status()).isZero();
    assertThat(ran.err()).isEmpty();
    return ran.lines().stream().map(JsonObject::new).toList();
  }

  @Test
  void twoAreMadeAndAThirdIsRefusedWithTheIdsOfBoth() {
    Ran one = create("oslo-1");
    Ran two = create("oslo-1");
    assertThat(id(one)).isNotEqualTo(id(two));
    assertThat(one.lines()).hasSize(1);
    assertThat(one.out()).isNotEqualTo(two.out());
    Ran three = create("oslo-1");
    assertThat(three.status()).isOne();
    assertThat(three.out()).isEmpty();
    assertThat(three.err())
        .contains("oslo-1", "two valid tokens", id(one), id(two), "token revoke --id");
    assertThat(create("oslo-2").status()).isZero();
  }

  @Test
  void theTokenIsShownOnceAndNowhereElse() {
    Ran made = create("oslo-1");
    String token = made.out().strip();
    assertThat(token).startsWith("plx_").hasSizeGreaterThan(30);
    String secret = token.substring(token.length() - 20);
    Ran other = create("oslo-1");
    Ran refused = create("oslo-1");
    Ran list = onRecord("list");
    Ran json = onRecord("list", "--json");
    Ran revoked = onRecord("revoke", "--id=" + id(made));
    for (Ran each : List.of(other, refused, list, json, revoked)) {
      assertThat(each.out()).doesNotContain(secret);
      assertThat(each.err()).doesNotContain(secret);
    }
    assertThat(made.err()).doesNotContain(secret);
  }

  @Test
  void showsAllOrThoseOfOneProbe() {
    String oslo = id(create("oslo-1"));
    String rome = id(create("rome-1"));
    Ran all = onRecord("list");
    assertThat(all.lines()).hasSize(2);
    assertThat(all.out()).contains(oslo, rome, "valid", "used never");
    Ran one = onRecord("list", "--probe=rome-1");
    assertThat(one.lines()).hasSize(1);
    assertThat(one.out()).startsWith(rome);
  }

  @Test
  void showsThemForPrograms() {
    String id = id(onRecord("create", "--probe=oslo-1", "--days=3"));
    JsonObject token = listed().getFirst();
    assertThat(token.getString("id")).isEqualTo(id);
    assertThat(token.getString("probe")).isEqualTo("oslo-1");
    assertThat(token.getString("state")).isEqualTo("valid");
    assertThat(token.fieldNames())
        .containsExactlyInAnyOrder("id", "probe", "state", "created", "expires");
    assertThat(token.getInstant("expires")).isAfter(token.getInstant("created"));
    assertThat(listed("--probe=nobody")).isEmpty();
  }

  @Test
  void oneThatIsTakenBackMakesRoomForAnother() {
    String first = id(create("oslo-1"));
    create("oslo-1");
    Ran revoked = onRecord("revoke", "--id=" + first);
    assertThat(revoked.status()).isZero();
    assertThat(revoked.out()).contains("revoked " + first + " of probe oslo-1");
    assertThat(create("oslo-1").status()).isZero();
    assertThat(listed().stream().filter(each -> each.getString("id").equals(first)))
        .singleElement()
        .satisfies(each -> assertThat(each.getString("state")).isEqualTo("revoked"));
    Ran again = onRecord("revoke", "--id=" + first);
    assertThat(again.status()).isOne();
    assertThat(again.err()).contains("counts no more already", first);
  }

  @Test
  void allOfAProbeAreTakenBackAtOnce() {
    create("oslo-1");
    create("oslo-1");
    create("rome-1");
    Ran revoked = onRecord("revoke", "--probe=oslo-1");
    assertThat(revoked.status()).isZero();
    assertThat(revoked.lines()).hasSize(2);
    assertThat(listed().stream().filter(each -> each.getString("state").equals("valid")))
        .singleElement()
        .satisfies(each -> assertThat(each.getString("probe")).isEqualTo("rome-1"));
    assertThat(onRecord("revoke", "--probe=oslo-1").status()).isOne();
  }

  @Test
  void anIdThatNobodyKnowsIsNamed() {
    Ran ran = onRecord("revoke", "--id=nothing");
    assertThat(ran.status()).isOne();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("there is no token nothing");
  }

  @Test
  void aWrongCommandLineIsNamed() {
    assertThat(run().status()).isEqualTo(2);
    assertThat(onRecord("create").err()).contains("--probe");
    assertThat(create("UPPER case").status()).isEqualTo(2);
    assertThat(onRecord("create", "--probe=oslo-1", "--days=0").err()).contains("--days");
    Ran both = onRecord("revoke", "--probe=oslo-1", "--id=x");
    assertThat(both.status()).isEqualTo(2);
    assertThat(both.err()).contains("--id").contains("--probe");
    assertThat(listed()).isEmpty();
  }
}
